#include <fmt/format.h>

#include <algorithm>

#include "base/progress.h"
#include "strategy/cooperation.h"
#include "study/relation_answers.h"

namespace detente {
namespace {

constexpr int steps = 8;  // of patience, from none to what holds up full cooperation

class Tracer {
public:
    Tracer(CooperationProgram& program, CooperationCurve& curve) : program_(program), curve_(curve) {}

    void trace() {
        // Down from full cooperation, each search from the last one's tariffs.
        std::vector<std::optional<CooperativeTariffs>> at(steps + 1);
        at.back() = solve(1.0, 1.0);
        if (!at.back()) return;
        const std::vector<double> critical = program_.critical_discount(*at.back());
        curve_.full_discount = std::max(critical[0], critical[1]);
        const auto patience = [&](std::size_t k) { return curve_.full_discount * static_cast<double>(k) / steps; };
        for (std::size_t k = steps; k-- > 0;) at[k] = solve(patience(k), patience(k));
        // What holds at some patience holds at more: a search that found less goes on from there.
        const CooperativeTariffs* less = nullptr;
        for (std::size_t k = 0; k <= steps; ++k) {
            constexpr double margin = 1e-5;
            if (less != nullptr && k < steps && (!at[k] || at[k]->share < less->share - margin)) {
                program_.start_from(less->shock);
                at[k] = solve(patience(k), patience(k));
            }
            if (at[k])
                add(patience(k), *at[k]), less = &*at[k];
            else
                curve_.not_found.push_back(patience(k));
        }
        if (curve_.full_discount < 1.0) add(1.0, *at.back());
        program_.start_from(at.back()->shock);
    }

    void now(const double (&discount)[2]) {
        const std::optional<CooperativeTariffs> here = solve(discount[0], discount[1]);
        if (!here) return;
        CooperationNow& now = curve_.now.emplace();
        now.share = here->share;
        for (std::size_t p = 0; p < 2; ++p) {
            now.rate[p] = here->means[p].trade_weighted;
            now.slack[p] = here->slack[p], now.shadow_price[p] = here->shadow_price[p];
        }
    }

private:
    std::optional<CooperativeTariffs> solve(double discount_a, double discount_b) {
        try {
            CooperativeTariffs found = program_.at({discount_a, discount_b});
            curve_.violation = std::max(curve_.violation, found.certificate.violation);
            curve_.stationarity = std::max(curve_.stationarity, found.certificate.stationarity);
            return found;
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            curve_.failure = error.what();
            return std::nullopt;
        }
    }

    void add(double discount, const CooperativeTariffs& tariffs) {
        curve_.discount.push_back(discount);
        curve_.share.push_back(tariffs.share);
        for (std::size_t p = 0; p < 2; ++p) curve_.rate[p].push_back(tariffs.means[p].trade_weighted);
    }

    CooperationProgram& program_;
    CooperationCurve& curve_;
};

}  // namespace

CooperationCurve cooperation_curve(const StudyResult& run, const RelationQuestion& question,
                                   const double (&discount)[2], int threads) {
    CooperationCurve curve;
    CooperationOptions options;
    options.threads = threads;
    try {
        CooperationProgram program(run.base.world, shock_at(run, question.cooperate), shock_at(run, question.war),
                                   question.players, options);
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
