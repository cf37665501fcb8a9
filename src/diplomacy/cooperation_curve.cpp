#include "diplomacy/cooperation_curve.h"

#include <algorithm>

#include "strategy/cooperation.h"

namespace detente {
namespace {

constexpr std::size_t steps = 8;  // of patience, from none to what holds up full cooperation

// One search: tariffs, or that nothing holds, or why neither is known.
struct Found {
    std::optional<CooperativeTariffs> tariffs;
    bool nothing = false;
    std::string failure;
};

class Tracer {
public:
    Tracer(CooperationProgram& program, CooperationCurve& curve) : program_(program), curve_(curve) {
        curve_.moves_money = program.moves_money();
    }

    void trace() {
        const Found full = search(1.0, 1.0);
        if (!full.tariffs) return note(1.0, full);
        const std::vector<double> critical = program_.critical_discount(*full.tariffs);
        const double enough = std::max(critical[0], critical[1]);
        curve_.full_discount = enough;
        const auto patience = [&](std::size_t k) { return enough * static_cast<double>(k) / steps; };
        // Down from full cooperation, each search from the last one's tariffs. Where nothing holds, nothing does with
        // less patience.
        std::vector<Found> at(steps + 1);
        at.back() = full;
        for (std::size_t k = steps; k-- > 0;) at[k] = at[k + 1].nothing ? at[k + 1] : search(patience(k), patience(k));
        // What holds at some patience holds at more: a search that found less goes on from there.
        const CooperativeTariffs* less = nullptr;
        for (std::size_t k = 0; k <= steps; ++k) {
            constexpr double margin = 1e-5;
            const auto behind = [&](const Found& one) {
                return less != nullptr && (!one.tariffs || one.tariffs->share < less->share - margin);
            };
            if (k < steps && behind(at[k])) {
                program_.start_from(less->shock);
                at[k] = search(patience(k), patience(k));
                if (behind(at[k])) at[k].tariffs.reset(), at[k].failure = "a search found less than with less patience";
            }
            note(patience(k), at[k]);
            if (at[k].tariffs) less = &*at[k].tariffs;
        }
        if (enough < 1.0) note(1.0, full);
        program_.start_from(full.tariffs->shock);
    }

    void now(const double (&discount)[2]) {
        const Found here = search(discount[0], discount[1]);
        curve_.nothing_now = here.nothing;
        if (!here.failure.empty()) curve_.failure = here.failure;
        if (!here.tariffs) return;
        CooperationNow& now = curve_.now.emplace();
        now.share = here.tariffs->share, now.paid = here.tariffs->paid;
        for (std::size_t p = 0; p < 2; ++p) {
            now.rate[p] = here.tariffs->means[p].trade_weighted;
            now.slack[p] = here.tariffs->slack[p], now.shadow_price[p] = here.tariffs->shadow_price[p];
        }
        certify(here.tariffs->certificate);
    }

private:
    Found search(double discount_a, double discount_b) {
        Found found;
        try {
            CooperativeTariffs tariffs = program_.at({discount_a, discount_b});
            found.nothing = !tariffs.holds;
            if (tariffs.holds) found.tariffs = std::move(tariffs);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            found.failure = error.what();
        }
        return found;
    }

    void note(double discount, const Found& found) {
        if (found.nothing) return curve_.nothing.push_back(discount);
        if (!found.tariffs) {
            curve_.not_found.push_back(discount);
            curve_.failure = found.failure;
            return;
        }
        curve_.discount.push_back(discount);
        curve_.share.push_back(found.tariffs->share), curve_.paid.push_back(found.tariffs->paid);
        for (std::size_t p = 0; p < 2; ++p) curve_.rate[p].push_back(found.tariffs->means[p].trade_weighted);
        certify(found.tariffs->certificate);
    }

    void certify(const CooperationCertificate& certificate) {
        curve_.violation = std::max(curve_.violation, certificate.violation);
        curve_.stationarity = std::max(curve_.stationarity, certificate.stationarity);
    }

    CooperationProgram& program_;
    CooperationCurve& curve_;
};

}  // namespace

CooperationCurve cooperation_curve(const World& world, const Agreement& agreement, const double (&discount)[2],
                                   int threads, const SolverOptions& solver) {
    CooperationCurve curve;
    CooperationOptions options;
    options.threads = threads, options.solver = solver;
    // The same outcomes as in the stage game: third countries as under `others`.
    const auto both = [&](const Shock& policy) {
        return policy_pair(world, agreement.regions(), policy, policy, agreement.others, true);
    };
    try {
        CooperationProgram program(world, both(agreement.kept), both(agreement.fought), agreement.players, options);
        Tracer tracer(program, curve);
        tracer.trace();
        tracer.now(discount);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        curve.failure = error.what();
    }
    return curve;
}

}  // namespace detente
