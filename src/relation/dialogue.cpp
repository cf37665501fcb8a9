#include "relation/dialogue.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/random.h"

namespace detente {
namespace {

// What the agreement is worth with the shortest war that deters; the war itself where none does.
std::array<double, 2> worth_of(const NoisyAgreement& agreement, const ForgivenessWindow& window) {
    if (window.best) return window.best->value;
    return {agreement.of(Side::a).war, agreement.of(Side::b).war};
}

// The lowest accuracy from which on it pays, to the last digit. Wars get shorter by whole periods, so that the value
// jumps: the stretch that reaches certainty is meant.
std::optional<double> pays_from(const std::function<bool(double accuracy)>& pays) {
    if (!pays(1.0)) return std::nullopt;
    constexpr int grid = 200, bisections = 40;
    double high = 1.0;
    for (int step = grid - 1; step >= 0; --step) {
        double low = 0.5 + 0.5 * step / grid;
        if (pays(low)) {
            high = low;
            continue;
        }
        for (int k = 0; k < bisections; ++k) {
            const double middle = 0.5 * (low + high);
            (pays(middle) ? high : low) = middle;
        }
        break;
    }
    return high;
}

int war_that_deters(const ForgivenessWindow& window) {
    return window.holds ? window.from : -1;
}

}  // namespace

DialogueReport dialogue(const StageGame& game, const Roles& roles, double fidelity_a, double fidelity_b,
                        double discount_a, double discount_b, double accuracy, const Job& job) {
    const Implementation implementation = lapse_implementation(game, roles, fidelity_a, fidelity_b);
    const auto agreement_with = [&](const Channel& channel) {
        return noisy_agreement(game, roles, implementation, channel);
    };
    const NoisyAgreement silent = agreement_with({}), told = agreement_with({accuracy});
    DialogueReport report;
    report.accuracy = accuracy;
    report.without = forgiveness_window(silent, discount_a, discount_b);
    report.with = forgiveness_window(told, discount_a, discount_b);
    const NoisyAgreement tossed = agreement_with({0.5});
    const std::array<double, 2> before = worth_of(silent, report.without), after = worth_of(told, report.with),
                                by_coin = worth_of(tossed, forgiveness_window(tossed, discount_a, discount_b));
    report.value = after;
    for (std::size_t k = 0; k < 2; ++k) report.worth[k] = after[k] - before[k], report.coin[k] = by_coin[k] - before[k];
    report.summits = breach_chance(implementation, roles.cooperate);
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        report.pays_from[k] = pays_from([&](double a) {
            job.check();
            const NoisyAgreement there = agreement_with({a});
            const ForgivenessWindow window = forgiveness_window(there, discount_a, discount_b);
            return window.holds && worth_of(there, window)[k] - before[k] > there.of(side).tolerance;
        });
    }
    report.threshold = fidelity_threshold(
        [&](double fidelity) {
            job.check();
            return noisy_agreement(game, roles, lapse_implementation(game, roles, fidelity, fidelity), {accuracy});
        },
        discount_a, discount_b);
    return report;
}

DialogueMap dialogue_map(const StageGame& game, const Roles& roles, const std::vector<double>& fidelity,
                         const std::vector<double>& accuracy, double discount_a, double discount_b, const Job& job) {
    require_dilemma(game, roles);
    DialogueMap map{fidelity, accuracy, {}};
    const auto rows = static_cast<Eigen::Index>(fidelity.size()), columns = static_cast<Eigen::Index>(accuracy.size());
    map.war = Eigen::MatrixXi::Constant(rows, columns, -1);
    for (Eigen::Index row = 0; row < rows; ++row) {
        const double phi = fidelity[static_cast<std::size_t>(row)];
        const Implementation implementation = lapse_implementation(game, roles, phi, phi);
        for (Eigen::Index column = 0; column < columns; ++column) {
            job.check();
            try {
                const Channel channel{accuracy[static_cast<std::size_t>(column)]};
                map.war(row, column) = war_that_deters(
                    forgiveness_window(noisy_agreement(game, roles, implementation, channel), discount_a, discount_b));
            } catch (const Error& error) {
                // Lapses so frequent that the agreement is worth no more than war.
                if (error.kind() != ErrorKind::input) throw;
            }
        }
    }
    return map;
}

PeaceHistory peace_history(const Implementation& implementation, const ActionPair& agreement, const Channel& channel,
                           int war_periods, int periods, std::uint64_t seed) {
    PeaceHistory history;
    history.seed = seed;
    RandomStream random(seed, 0);
    const double kept[] = {implementation.a(agreement.a, agreement.a), implementation.b(agreement.b, agreement.b)};
    int left = 0;
    for (int t = 0; t < periods; ++t) {
        int lapsed = 0;
        bool answered = false;
        for (int side = 0; side < 2; ++side) {
            const double done = random.uniform(), told = random.uniform();
            if (left > 0 || done < kept[side]) continue;
            lapsed |= side == 0 ? 1 : 2;
            answered = answered || !channel.accuracy || told >= *channel.accuracy;
        }
        history.war.push_back(left > 0 ? 1 : 0);
        history.lapse.push_back(lapsed);
        if (left > 0 && left != forever)
            --left;
        else if (answered)
            left = war_periods;
    }
    return history;
}

}  // namespace detente
