// A toy fourth model: Armington's (1969) world of one good that differs by origin, made from labour alone, with a
// constant elasticity of substitution across origins, lump-sum revenue, and deficits as the closure says. It is here to
// show what a model takes: this file, and a row of a table. All of it is written once in plain loops for any scalar
// type, and derivatives are taken by complex steps: nothing is shared with the program's own models but the
// certificate.
#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numeric>

#include "equilibrium/adjoint.h"
#include "equilibrium/calibrate.h"
#include "equilibrium/models/variety_system.h"
#include "models_under_test.h"

namespace detente::testing {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// One shock in the units of the equations, matrices by (exporter, importer).
struct Given {
    MatrixXd weight, tariff;  ///< pi (tau hat d hat)^-theta T hat; t'
    VectorXd transfer;        ///< at the base's world income under `world_share`
    bool world_share = false;

    Given(const World& w, const Shock& shock)
        : weight(w.n_regions(), w.n_regions()),
          tariff(weight),
          world_share(closure_of(w, shock) == Closure::world_share) {
        const std::vector<double> list = received(w, shock);
        transfer = Eigen::Map<const VectorXd>(list.data(), w.n_regions());
        for (int j = 0; j < w.n_regions(); ++j) {
            for (int i = 0; i < w.n_regions(); ++i) {
                tariff(i, j) = shock.tariff.empty() ? w.tariff(i, j, 0) : shock.tariff(i, j, 0);
                double cost =
                    tariff(i, j) == w.tariff(i, j, 0) ? 1.0 : (1.0 + tariff(i, j)) / (1.0 + w.tariff(i, j, 0));
                if (!shock.trade_cost.empty()) cost *= shock.trade_cost(i, j, 0);
                weight(i, j) = w.share(i, j, 0) * (cost == 1.0 ? 1.0 : std::pow(cost, -w.theta[0]));
                if (!shock.productivity.empty()) weight(i, j) *= shock.productivity(i, 0);
            }
        }
    }
    /// What an equilibrium was solved for, transfers as they came out.
    Given(const World& w, const Equilibrium& e) : weight(w.n_regions(), w.n_regions()), tariff(weight) {
        transfer = Eigen::Map<const VectorXd>(e.transfer.data(), w.n_regions());
        world_share = e.closure == Closure::world_share;
        for (int j = 0; j < w.n_regions(); ++j) {
            for (int i = 0; i < w.n_regions(); ++i) {
                tariff(i, j) = e.tariff(i, j, 0);
                weight(i, j) = e.share(i, j, 0) * std::pow(e.wage_hat[static_cast<std::size_t>(i)], w.theta[0]);
            }
        }
    }
};

/// All quantities at ln w hat (N) and ln E hat (N).
template <class T>
struct Point {
    std::vector<T> labour, spending, log_price, revenue, earned, paid, budget;
    std::vector<T> share, flow;  ///< [importer][exporter]
    T numeraire = T(0), followed = T(0);

    /// `followed_before`: the income that transfers have as their share under `world_share`.
    Point(const World& w, const Given& g, const std::vector<T>& x, double followed_before) {
        using std::exp;
        using std::log;
        using std::pow;
        const auto n = static_cast<std::size_t>(w.n_regions());
        share.resize(n * n), flow.resize(n * n);
        earned.assign(n, T(0)), paid = revenue = earned;
        for (std::size_t j = 0; j < n; ++j) {
            labour.push_back(exp(x[j]) * w.labour_income[j]);
            spending.push_back(exp(x[n + j]) * w.income[j]);
            numeraire += labour[j];
        }
        numeraire = numeraire / w.numeraire - 1.0;
        for (std::size_t j = 0; j < n; ++j) {
            T sum = T(0);
            for (std::size_t i = 0; i < n; ++i)
                sum += share[j * n + i] =
                    g.weight(static_cast<Index>(i), static_cast<Index>(j)) * exp(-w.theta[0] * x[i]);
            log_price.push_back(-log(sum) / w.theta[0]);
            for (std::size_t i = 0; i < n; ++i) {
                const double rate = g.tariff(static_cast<Index>(i), static_cast<Index>(j));
                share[j * n + i] /= sum;
                flow[j * n + i] = share[j * n + i] * spending[j] / (1.0 + rate);
                revenue[j] += rate * flow[j * n + i];
                if (i != j) earned[i] += flow[j * n + i], paid[j] += flow[j * n + i];
            }
        }
        for (std::size_t j = 0; j < n; ++j) followed += labour[j] + revenue[j];
        for (std::size_t j = 0; j < n; ++j) {
            const T received = g.transfer[static_cast<Index>(j)] * (g.world_share ? followed / followed_before : T(1));
            (g.transfer[static_cast<Index>(j)] > 0.0 ? earned : paid)[j] +=
                g.transfer[static_cast<Index>(j)] > 0.0 ? received : -received;
            budget.push_back(labour[j] + revenue[j] + received - spending[j]);
        }
    }

    /// The 2N conditions in money, the numeraire in the place of the dropped balance.
    T condition(std::size_t row, std::size_t dropped) const {
        const std::size_t n = labour.size();
        if (row >= n) return budget[row - n];
        return row == dropped ? numeraire : earned[row] - paid[row];
    }
};

double world_income(const World& w) {
    return std::accumulate(w.labour_income.begin(), w.labour_income.end(), 0.0) +
           std::accumulate(w.revenue.begin(), w.revenue.end(), 0.0);
}

using Complex = std::complex<double>;

/// Calls `take(k, point)` for every unknown with the point moved by `step` i in it.
template <class Take>
void complex_steps(const World& w, const Given& g, const VectorXd& x, double followed, double step, const Take& take) {
    for (Index k = 0; k < x.size(); ++k) {
        std::vector<Complex> moved(x.data(), x.data() + x.size());
        moved[static_cast<std::size_t>(k)] += Complex(0.0, step);
        take(k, Point<Complex>(w, g, moved, followed));
    }
}
constexpr double step_size = 1e-30;

MatrixXd jacobian(const World& w, const Given& g, const VectorXd& x, double followed, Index dropped) {
    MatrixXd out(x.size(), x.size());
    complex_steps(w, g, x, followed, step_size, [&](Index k, const Point<Complex>& p) {
        for (Index r = 0; r < x.size(); ++r)
            out(r, k) = p.condition(static_cast<std::size_t>(r), static_cast<std::size_t>(dropped)).imag() / step_size;
    });
    return out;
}

class ArmingtonLinearisation final : public Linearisation {
public:
    explicit ArmingtonLinearisation(const World& w) : scale(2 * w.n_regions()) {
        const Index n = w.n_regions();
        const Given base(w, Shock{});
        const Point<double> here(w, base, std::vector<double>(static_cast<std::size_t>(2 * n), 0.0), world_income(w));
        for (Index i = 0; i < n; ++i) {
            scale[i] =
                std::max(here.paid[static_cast<std::size_t>(i)], 1e-9 * here.labour[static_cast<std::size_t>(i)]);
            scale[n + i] = w.income[static_cast<std::size_t>(i)];
        }
        scale.head(n).maxCoeff(&dropped);
        scale[dropped] = 1.0;
        const MatrixXd relative =
            scale.cwiseInverse().asDiagonal() * jacobian(w, base, VectorXd::Zero(2 * n), world_income(w), dropped);
        inverse = relative.inverse();
    }
    std::unique_ptr<EquilibriumSystem> system(const World& w, const Shock& shock, BalanceForm form) const override;
    std::unique_ptr<AdjointSystem> adjoint(const World& w, const Equilibrium& e) const override;
    double sensitivity() const override { return inverse.cwiseAbs().rowwise().sum().maxCoeff(); }

    MatrixXd inverse;  ///< of the conditions over `scale`
    VectorXd scale;    ///< what a region pays abroad, and its income
    Index dropped = 0;
};

class ArmingtonSystem final : public EquilibriumSystem {
public:
    ArmingtonSystem(const World& w, const ArmingtonLinearisation& d, const Shock& shock, BalanceForm form)
        : world_(w), d_(d), given_(w, shock), tariff_(shock.tariff.empty() ? w.tariff : shock.tariff), form_(form) {}

    Index size() const override { return d_.scale.size(); }
    const ArrayXd& weights() const override { return weights_; }
    bool admissible(const ArrayXd& x) const override { return (x.abs() < 30.0).all(); }
    double distance(double residual) const override { return std::max(residual, farthest_); }
    std::string worst() const override { return "conditions of " + world_.regions[worst_]; }

    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        const Index n = size() / 2;
        const Point<double> p = at(x);
        VectorXd residual(size());
        double largest = std::abs(p.numeraire);
        farthest_ = 0.0;
        for (Index r = 0; r < size(); ++r) {
            const auto j = static_cast<std::size_t>(r % n);
            residual[r] = p.condition(static_cast<std::size_t>(r), static_cast<std::size_t>(d_.dropped)) / d_.scale[r];
            if (form_ == BalanceForm::logarithm && r < n && r != d_.dropped) {
                residual[r] = std::log(p.earned[j] / p.paid[j]);
                farthest_ = std::max(farthest_, std::abs(residual[r]));
            }
            const double gap =
                std::abs(r < n ? p.earned[j] - p.paid[j] : p.budget[j]) / (r < n ? p.labour[j] : p.spending[j]);
            if (gap > largest || !std::isfinite(gap)) largest = gap, worst_ = static_cast<int>(j);
        }
        step = -(d_.inverse * residual).array();
        return residual.allFinite() ? largest : std::numeric_limits<double>::quiet_NaN();
    }

    ArrayXd start() const override { return ArrayXd::Zero(size()); }
    ArrayXd point(const Equilibrium& e) const override {
        const Index n = size() / 2;
        ArrayXd x(size());
        x.head(n) = Eigen::Map<const ArrayXd>(e.wage_hat.data(), n).log();
        x.tail(n) = Eigen::Map<const ArrayXd>(e.income_hat.data(), n).log();
        return x;
    }

    Equilibrium equilibrium(const ArrayXd& x, bool) override {
        const int n = static_cast<int>(size() / 2);
        const Point<double> p = at(x);
        Equilibrium e;
        e.tariff = tariff_;
        e.employment_hat.assign(static_cast<std::size_t>(n), 1.0);
        e.price_hat = e.cost_hat = e.expenditure = e.output = e.labour_hat = RegionSector(n, 1);
        e.share = TradeTensor(n, 1);
        for (int j = 0; j < n; ++j) {
            const auto at = static_cast<std::size_t>(j);
            e.wage_hat.push_back(std::exp(x[j]));
            e.cost_hat(j, 0) = e.wage_hat.back();
            e.price_hat(j, 0) = std::exp(p.log_price[at]);
            e.expenditure(j, 0) = p.spending[at];
            for (int i = 0; i < n; ++i) {
                const std::size_t cell = at * static_cast<std::size_t>(n) + static_cast<std::size_t>(i);
                e.share(i, j, 0) = p.share[cell];
                e.output(i, 0) += p.flow[cell];
            }
        }
        for (int i = 0; i < n; ++i)
            e.labour_hat(i, 0) = e.output(i, 0) / (world_.output(i, 0) * e.wage_hat[static_cast<std::size_t>(i)]);
        return e;
    }

private:
    Point<double> at(const ArrayXd& x) const {
        return {world_, given_, std::vector<double>(x.data(), x.data() + x.size()), world_income(world_)};
    }

    const World& world_;
    const ArmingtonLinearisation& d_;
    Given given_;
    TradeTensor tariff_;
    BalanceForm form_;
    ArrayXd weights_ = ArrayXd::Ones(d_.scale.size());
    double farthest_ = 0.0;
    int worst_ = 0;
};

/// The multipliers of all conditions, by one solve with the transposed derivative at the equilibrium.
class ArmingtonAdjoint final : public AdjointSystem {
public:
    ArmingtonAdjoint(const World& w, const ArmingtonLinearisation& d, const Equilibrium& e)
        : AdjointSystem(w, e),
          world_(w),
          given_(w, e),
          dropped_(d.dropped),
          at_(2 * w.n_regions()),
          weights_(ArrayXd::Ones(at_.size())) {
        const Index n = w.n_regions();
        at_.head(n) = Eigen::Map<const ArrayXd>(e.wage_hat.data(), n).log().matrix();
        at_.tail(n) = Eigen::Map<const ArrayXd>(e.income_hat.data(), n).log().matrix();
        // Transfers are those that came out, so that they follow world income from where it stands.
        followed_ = std::accumulate(e.labour_income.begin(), e.labour_income.end(), 0.0) +
                    std::accumulate(e.revenue.begin(), e.revenue.end(), 0.0);
        jacobian_ = jacobian(w, given_, at_, followed_, dropped_);
        transposed_.compute(jacobian_.transpose());
    }

    Index size() const override { return at_.size(); }
    const ArrayXd& weights() const override { return weights_; }
    bool newton() const override { return true; }

    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        const Index n = size() / 2;
        VectorXd gap = jacobian_.transpose() * x.matrix();
        complex_steps(world_, given_, at_, followed_, step_size, [&](Index k, const Point<Complex>& p) {
            Complex value = 0.0;
            for (Index j = 0; j < n; ++j) {
                const auto at = static_cast<std::size_t>(j);
                value += scalar_.log_price[j] * p.log_price[at] + scalar_.revenue[j] * p.revenue[at];
                for (Index i = 0; i < n; ++i)
                    value += (scalar_.sale[i] + scalar_.flow[j * markets_.shape.padded + i]) *
                             p.flow[at * static_cast<std::size_t>(n) + static_cast<std::size_t>(i)];
            }
            gap[k] += value.imag() / step_size + (k < n ? scalar_.log_wage[k] : scalar_.log_income[k - n]);
        });
        step = -transposed_.solve(gap).array();
        return gap.cwiseAbs().maxCoeff() / scalar_.size;
    }

    ShadowPrices shadow_prices(const ArrayXd& x) override {
        const kernels::Shape& shape = markets_.shape;
        const Index n = shape.regions;
        ArrayXd balance = x.head(n);
        const ArrayXd budget = x.tail(n);
        balance[dropped_] = 0.0;
        double followed = 0.0;
        if (given_.world_share) followed = ((balance + budget) * given_.transfer.array()).sum() / followed_;
        ShadowPrices p;
        p.numeraire = x[dropped_];
        p.sale = scalar_.sale;
        p.pair = p.spread = p.supply = p.price = ArrayXd::Zero(shape.flat());
        p.pair = ArrayXd::Zero(n * shape.padded);
        p.price.head(n) = scalar_.log_price.head(n);
        ArrayXd market = p.price;
        const ArrayXd price_over_theta = p.price / markets_.theta;
        for (Index j = 0; j < n; ++j) {
            auto row = p.pair.segment(j * shape.padded, n);
            row = balance - (balance[j] + budget[j] + scalar_.revenue[j] + followed) +
                  scalar_.flow.segment(j * shape.padded, n);
            p.transfer.push_back(balance[j] + budget[j]);
            p.profit.push_back(budget[j] + followed);
            p.wage_bill.push_back(budget[j] + followed + p.numeraire / world_.numeraire);
            p.consumer_price.push_back(scalar_.log_price[j]);
        }
        kernels::sweep_adjoint(shape, {&markets_.flow, &markets_.share, &p.sale, &p.pair, &price_over_theta, &market,
                                       &p.spread, &p.supply});
        return p;
    }

private:
    const World& world_;
    Given given_;
    Index dropped_;
    VectorXd at_;
    ArrayXd weights_;
    double followed_ = 0.0;
    MatrixXd jacobian_;
    Eigen::PartialPivLU<MatrixXd> transposed_;
};

std::unique_ptr<EquilibriumSystem> ArmingtonLinearisation::system(const World& w, const Shock& shock,
                                                                  BalanceForm form) const {
    return std::make_unique<ArmingtonSystem>(w, *this, shock, form);
}

std::unique_ptr<AdjointSystem> ArmingtonLinearisation::adjoint(const World& w, const Equilibrium& e) const {
    return std::make_unique<ArmingtonAdjoint>(w, *this, e);
}

std::shared_ptr<Linearisation> linearise_armington(const World& w, const Job&) {
    return std::make_shared<ArmingtonLinearisation>(w);
}

World armington_world(const Economy& economy, const ModelOptions& options) {
    World w = world_of_flows(economy, options);
    spend_on_final_goods(w);
    w.theta.assign(1, options.number("substitution") - 1.0);
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        w.labour_income[at] = w.output(j, 0);
        w.transfer[at] = w.income[at] - w.revenue[at] - w.labour_income[at];
    }
    w.numeraire = std::accumulate(w.labour_income.begin(), w.labour_income.end(), 0.0);
    return w;
}

std::string assumptions(const World& w, const Economy&) {
    return fmt::format(
        ": one good that differs by origin, elasticity of substitution {:g}, made from labour alone; tariff revenue "
        "returned to the region that raises it.",
        w.options.number("substitution"));
}

}  // namespace

const Model& armington_model() {
    static const Model row = [] {
        ModelOption substitution;
        substitution.name = "substitution", substitution.otherwise = 5.0;
        substitution.low = 1.01, substitution.high = 50.0;
        substitution.text = "elasticity of substitution across origins";
        Model m;
        m.name = "armington", m.title = "Armington (1969)", m.numeraire = "world labour income";
        m.options = {substitution};
        m.one_sector = m.welfare_parts = true;
        m.world = armington_world, m.linearise = linearise_armington, m.certify = certify_variety;
        m.assumptions = assumptions;
        return m;
    }();
    return row;
}

}  // namespace detente::testing
