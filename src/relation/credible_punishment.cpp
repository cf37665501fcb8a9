#include "relation/credible_punishment.h"

#include <vector>

#include "relation/agreement.h"
#include "relation/continuation_program.h"
#include "relation/payoff_scale.h"

namespace detente {
namespace {

using Eigen::Vector2d;

Vector2d payoffs_at(const StageGame& game, const ActionPair& pair) {
    return {payoff(game, Side::a, pair), payoff(game, Side::b, pair)};
}

bool exact(const Implementation& implementation) {
    return implementation.a.isIdentity(0.0) && implementation.b.isIdentity(0.0);
}

// The program over what follows each realised pair other than the agreement. With V what the agreement is worth,
//   V = (1-delta) u_C + delta (pi(C) V + sum_y pi(y) w(y)),
// a deliberate breach d does not pay iff
//   V (1 - delta pi_d(C)) - delta sum_y pi_d(y) w(y) >= (1-delta) u_d,
// and with V put in from the first line both are linear in the promises w(y) alone.
class Program {
public:
    Program(const StageGame& game, const ActionPair& agreement, const Implementation& implementation,
            const Vector2d& discount)
        : scale_(game), discount_(discount) {
        const StageGame expected = expected_game(game, implementation);
        const auto signal = [&](const ActionPair& chosen) -> Eigen::VectorXd {
            return outcome_probability(implementation, chosen).reshaped();
        };
        const auto kept = static_cast<Eigen::Index>(agreement.b) * game.n_a() + agreement.a;
        const Eigen::VectorXd probability = signal(agreement);
        agreement_ = scale_.to(payoffs_at(expected, agreement));
        peace_ = probability(kept);
        Eigen::VectorXd seen = probability;
        std::vector<Incentive> incentives;
        for (const Side side : sides) {
            const auto player = static_cast<Eigen::Index>(side);
            const double delta = discount[player];
            for (int action = 0; action < actions_of(game, side); ++action) {
                if (action == own_action(agreement, side)) continue;
                const ActionPair breach = deviate(agreement, side, action);
                const Eigen::VectorXd after = signal(breach);
                seen += after;
                const double ratio = (1.0 - delta * after(kept)) / (1.0 - delta * peace_);
                const double gain = scale_.to(payoffs_at(expected, breach))[player] - ratio * agreement_[player];
                incentives.push_back({player, delta * (ratio * probability - after), (1.0 - delta) * gain});
            }
        }
        std::vector<Eigen::Index> signals;
        for (Eigen::Index y = 0; y < seen.size(); ++y)
            if (y != kept && seen(y) > 0.0) signals.push_back(y);
        for (Incentive& incentive : incentives) incentive.weight = incentive.weight(signals).eval();
        probability_ = probability(signals);
        incentives_ = std::move(incentives);
    }

    std::optional<Vector2d> best(const ConvexSet& equilibria) const {
        Promise promise;
        if (probability_.size() > 0) {
            ConvexSet scaled;
            for (const Vector2d& v : equilibria.vertices) scaled.vertices.push_back(scale_.to(v));
            ContinuationProgram program(probability_, incentives_);
            if (!program.reset(scaled)) return std::nullopt;
            promise = program.solve(discount_.cwiseQuotient(Vector2d::Ones() - peace_ * discount_));
            if (!promise.feasible) return std::nullopt;
        }
        const Vector2d now = (Vector2d::Ones() - discount_).cwiseProduct(agreement_);
        return scale_.from(
            (now + discount_.cwiseProduct(promise.mean)).cwiseQuotient(Vector2d::Ones() - peace_ * discount_));
    }

private:
    PayoffScale scale_;
    Vector2d discount_, agreement_;
    double peace_ = 1.0;
    Eigen::VectorXd probability_;
    std::vector<Incentive> incentives_;
};

}  // namespace

std::optional<Vector2d> held_up_by_equilibria(const StageGame& game, const ActionPair& agreement,
                                              const Implementation& implementation, const ConvexSet& equilibria,
                                              double discount_a, double discount_b) {
    check_implementation(game, implementation);
    const bool tempted =
        deviation_gain(game, Side::a, agreement) > 0.0 || deviation_gain(game, Side::b, agreement) > 0.0;
    if (exact(implementation)) {
        const Vector2d kept = payoffs_at(game, agreement);
        if (!tempted) return kept;
        if (equilibria.empty()) return std::nullopt;
        const Vector2d slack = optimal_slack(game, agreement, lower_corner(equilibria), discount_a, discount_b);
        const Vector2d tolerance{payoff_tolerance(game, Side::a), payoff_tolerance(game, Side::b)};
        return (slack + tolerance).minCoeff() >= 0.0 ? std::optional(kept) : std::nullopt;
    }
    if (equilibria.empty()) return std::nullopt;
    return Program(game, agreement, implementation, {discount_a, discount_b}).best(equilibria);
}

}  // namespace detente
