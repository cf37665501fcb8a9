#include "relation/beliefs.h"

#include <fmt/format.h>

#include <cmath>

#include "base/distribution.h"

namespace detente {
namespace {

double log_sum(const Eigen::ArrayXXd& logs) {
    const double top = logs.maxCoeff();
    if (!std::isfinite(top)) return top;
    return top + std::log((logs - top).exp().sum());
}

void check_distribution(const Eigen::VectorXd& chances, const char* key) {
    if (chances.size() == 0 || !(chances.minCoeff() >= 0.0) || std::abs(chances.sum() - 1.0) > 1e-9)
        throw_input({{"", 0, key},
                     "not a distribution",
                     fmt::format("a sum of {:g}", chances.size() ? chances.sum() : 0.0),
                     "chances of at least 0 that add to 1",
                     ""});
}

const AutomatonState& now(const BeliefModel& model, const Belief& belief, Eigen::Index type) {
    const auto t = static_cast<std::size_t>(type);
    return model.types[t].states[static_cast<std::size_t>(belief.state[t])];
}

double seen_to_cooperate(const BeliefModel& model, double intended, double lapse) {
    const double against = model.failure == Failure::error ? lapse * (1.0 - intended) : 0.0;
    return (1.0 - lapse) * intended + against;
}

// The sum of its own terms, not one less the other: a small chance keeps its digits.
double seen_to_defect(const BeliefModel& model, double intended, double lapse) {
    const double meant = model.failure == Failure::error ? (1.0 - lapse) * (1.0 - intended) : 1.0 - intended;
    return meant + lapse * intended;
}

// mu <- (1 - k) mu + k mu0 for every lapse rate: a new government, the same administration.
void drift(const BeliefModel& model, Belief& belief) {
    if (model.drift <= 0.0) return;
    for (Eigen::Index r = 0; r < belief.log_weight.cols(); ++r) {
        const double total = log_sum(belief.log_weight.col(r).array());
        if (!std::isfinite(total)) continue;
        const Eigen::ArrayXd kept = (1.0 - model.drift) * (belief.log_weight.col(r).array() - total).exp();
        belief.log_weight.col(r) = (kept + model.drift * model.prior.array()).log() + total;
    }
}

}  // namespace

void set_beta_lapse(BeliefModel& model, double a, double b, int points) {
    if (!(a > 0.0 && b > 0.0) || points < 1)
        throw_input({{"", 0, "lapse"},
                     "not a Beta prior on a grid",
                     fmt::format("Beta({:g}, {:g}), {} points", a, b, points),
                     "positive parameters and at least one point",
                     ""});
    model.lapse.resize(points);
    for (int k = 0; k < points; ++k) model.lapse[k] = beta_quantile((k + 0.5) / points, a, b);
    model.lapse_prior = Eigen::VectorXd::Constant(points, 1.0 / points);
}

Belief initial_belief(const BeliefModel& model) {
    check_distribution(model.prior, "prior");
    check_distribution(model.lapse_prior, "lapse_prior");
    if (static_cast<Eigen::Index>(model.types.size()) != model.prior.size() ||
        model.lapse.size() != model.lapse_prior.size())
        throw_input({"", 0, "prior"}, "as many chances as types, and as lapse rates, are needed");
    if (!(model.lapse.minCoeff() >= 0.0 && model.lapse.maxCoeff() <= 1.0))
        throw_input({"", 0, "lapse"}, "not a probability");
    if (!(model.drift >= 0.0 && model.drift <= 1.0)) throw_input({"", 0, "drift"}, "not a probability");
    Belief belief;
    belief.log_weight = (model.prior * model.lapse_prior.transpose()).array().log();
    for (const Automaton& type : model.types) {
        check_automaton(type);
        belief.state.push_back(type.start);
    }
    return belief;
}

void observe(const BeliefModel& model, Belief& belief, bool we_cooperated, bool partner_cooperated) {
    const int outcome = outcome_of(!partner_cooperated, !we_cooperated);
    Eigen::MatrixXd updated = belief.log_weight;
    for (Eigen::Index t = 0; t < updated.rows(); ++t) {
        const double intended = now(model, belief, t).cooperate;
        for (Eigen::Index r = 0; r < updated.cols(); ++r) {
            const double cooperates = seen_to_cooperate(model, intended, model.lapse[r]);
            const double defects = seen_to_defect(model, intended, model.lapse[r]);
            updated(t, r) += std::log(partner_cooperated ? cooperates : defects);
        }
    }
    const double total = log_sum(updated.array());
    if (!std::isfinite(total)) throw_input({"", 0, "history"}, "no type of partner could have done what was seen");
    belief.log_weight = updated.array() - total;
    drift(model, belief);
    for (std::size_t t = 0; t < model.types.size(); ++t)
        belief.state[t] =
            model.types[t].states[static_cast<std::size_t>(belief.state[t])].next[static_cast<std::size_t>(outcome)];
}

Eigen::VectorXd type_posterior(const Belief& belief) {
    return belief.log_weight.array().exp().rowwise().sum();
}

Eigen::VectorXd lapse_posterior(const Belief& belief) {
    return belief.log_weight.array().exp().colwise().sum().transpose();
}

double expected_lapse(const BeliefModel& model, const Belief& belief) {
    return lapse_posterior(belief).dot(model.lapse);
}

double chance_of_cooperation(const BeliefModel& model, const Belief& belief) {
    double chance = 0.0;
    for (Eigen::Index t = 0; t < belief.log_weight.rows(); ++t)
        for (Eigen::Index r = 0; r < belief.log_weight.cols(); ++r)
            chance += std::exp(belief.log_weight(t, r)) *
                      seen_to_cooperate(model, now(model, belief, t).cooperate, model.lapse[r]);
    return chance;
}

}  // namespace detente
