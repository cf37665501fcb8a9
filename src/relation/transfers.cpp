#include "relation/transfers.h"

#include <algorithm>
#include <limits>

#include "relation/payoff_file.h"

namespace detente {
namespace {

// A pair: what both together gain by breaking it, its joint payoff, and each side's best reply to it.
struct Play {
    ActionPair pair;
    double liquidity = 0.0, joint = 0.0, reply_a = 0.0, reply_b = 0.0;
};

std::vector<Play> plays_by_liquidity(const StageGame& game) {
    const Eigen::RowVectorXd best_a = game.payoff_a.colwise().maxCoeff();
    const Eigen::VectorXd best_b = game.payoff_b.rowwise().maxCoeff();
    const double width = std::max(game.payoff_a.maxCoeff() - game.payoff_a.minCoeff(),
                                  game.payoff_b.maxCoeff() - game.payoff_b.minCoeff());
    std::vector<Play> plays;
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            const double joint = game.payoff_a(a, b) + game.payoff_b(a, b);
            double needed = best_a(b) + best_b(a) - joint;
            if (needed <= 1e-14 * width) needed = 0.0;  // a stage equilibrium but for rounding
            plays.push_back({{a, b}, needed, joint, best_a(b), best_b(a)});
        }
    }
    std::stable_sort(plays.begin(), plays.end(),
                     [](const Play& x, const Play& y) { return x.liquidity < y.liquidity; });
    return plays;
}

// For every prefix of the plays: the stage that it makes up, and the discount factor at which it can pay for itself.
struct Prefix {
    TransferStage stage;
    double liquidity = 0.0;
};

std::vector<Prefix> prefixes(const std::vector<Play>& plays) {
    std::vector<Prefix> result;
    TransferStage stage;
    stage.joint = -std::numeric_limits<double>::infinity();
    stage.punishment_a = stage.punishment_b = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < plays.size(); ++k) {
        const Play& play = plays[k];
        if (play.joint > stage.joint) stage.joint = play.joint, stage.agreement = play.pair;
        if (play.reply_a < stage.punishment_a) stage.punishment_a = play.reply_a, stage.punish_a = play.pair;
        if (play.reply_b < stage.punishment_b) stage.punishment_b = play.reply_b, stage.punish_b = play.pair;
        // Pairs that need the same come together.
        if (k + 1 < plays.size() && plays[k + 1].liquidity == play.liquidity) continue;
        const double surplus = stage.joint - stage.punishment_a - stage.punishment_b;
        // L <= delta/(1-delta) surplus iff delta >= L/(L + surplus).
        stage.discount = play.liquidity == 0.0 ? 0.0
                         : surplus > 0.0       ? play.liquidity / (play.liquidity + surplus)
                                               : 1.0;
        result.push_back({stage, play.liquidity});
    }
    return result;
}

}  // namespace

std::vector<TransferStage> transfer_stages(const StageGame& game) {
    check_stage_game(game);
    const std::vector<Prefix> all = prefixes(plays_by_liquidity(game));
    // The larger prefix counts wherever it pays for itself; a smaller one only below every larger one's start.
    std::vector<TransferStage> stages;
    double lowest = 1.0;
    for (auto prefix = all.rbegin(); prefix != all.rend(); ++prefix) {
        if (prefix->stage.discount >= lowest) continue;
        lowest = prefix->stage.discount;
        stages.push_back(prefix->stage);
    }
    std::reverse(stages.begin(), stages.end());
    return stages;
}

const TransferStage* stage_at(const std::vector<TransferStage>& stages, double discount) {
    const TransferStage* found = nullptr;
    for (const TransferStage& stage : stages)
        if (stage.discount <= discount) found = &stage;
    return found;
}

double critical_discount_with_transfers(const StageGame& game, const ActionPair& pair) {
    check_stage_game(game);
    const std::vector<Play> plays = plays_by_liquidity(game);
    const auto play = std::find_if(plays.begin(), plays.end(), [&](const Play& p) { return p.pair == pair; });
    double lowest = 1.0;
    for (const Prefix& prefix : prefixes(plays))
        if (prefix.liquidity >= play->liquidity) lowest = std::min(lowest, prefix.stage.discount);
    return lowest;
}

}  // namespace detente
