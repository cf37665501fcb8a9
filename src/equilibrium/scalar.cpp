#include "equilibrium/scalar.h"

#include <cmath>

#include "equilibrium/system.h"

namespace detente {
namespace {

void add_list(std::vector<double>& to, const std::vector<double>& from, double factor) {
    for (std::size_t j = 0; j < to.size(); ++j) to[j] += factor * from[j];
}

double flow(const Equilibrium& e, int exporter, int importer) {
    double total = 0.0;
    for (int s = 0; s < e.expenditure.sectors(); ++s) total += e.flow(exporter, importer, s);
    return total;
}

}  // namespace

Scalar::Scalar(int regions) {
    for (auto* list : {&log_income, &log_price, &log_wage, &log_employment, &revenue})
        list->assign(static_cast<std::size_t>(regions), 0.0);
}

void Scalar::add(const Scalar& other, double factor) {
    value += factor * other.value;
    add_list(log_income, other.log_income, factor);
    add_list(log_price, other.log_price, factor);
    add_list(log_wage, other.log_wage, factor);
    add_list(log_employment, other.log_employment, factor);
    add_list(revenue, other.revenue, factor);
    if (!other.sale.empty()) {
        if (sale.empty()) sale = RegionSector(other.sale.regions(), other.sale.sectors());
        add_list(sale.data(), other.sale.data(), factor);
    }
    if (other.flow.size() > 0) {
        if (flow.size() == 0) flow = Eigen::MatrixXd::Zero(other.flow.rows(), other.flow.cols());
        flow += factor * other.flow;
    }
}

// W = d e/P + (1-d) w l/P with d = I / (I - kappa/(1+kappa) w L / tau hat), and 1 / tau hat = (1 - R'/w'L') / (1 -
// R/wL) where revenue replaces an income tax (Ignatenko et al. 2025); d = 1 with fixed labour.
Scalar log_welfare(const World& world, const Equilibrium& e, int region) {
    Scalar scalar(world.n_regions());
    const auto j = static_cast<std::size_t>(region);
    scalar.value = std::log(e.welfare_hat[j]);
    scalar.log_price[j] = -1.0;
    const double kappa = world.options.labour_supply;
    if (kappa == 0.0) {
        scalar.log_income[j] = 1.0;
        return scalar;
    }
    const double weight = world.income[j] / (world.income[j] - cost_of_work(world, e.tax_relief[j], j));
    const double real_income = e.income_hat[j] / e.consumer_price_hat[j];
    const double real_wages = e.real_wage_hat[j] * e.employment_hat[j];
    const double part = weight * real_income / e.welfare_hat[j];
    scalar.log_income[j] = part;
    scalar.log_wage[j] = scalar.log_employment[j] = 1.0 - part;
    if (world.options.revenue == Revenue::income_tax) {
        // d weight / d work = weight^2 / income; work falls with R' / w'L'.
        const double per_tax = -kappa / (1.0 + kappa) * world.labour_income[j] /
                               (1.0 - world.revenue[j] / world.labour_income[j]) * weight * weight / world.income[j] *
                               (real_income - real_wages) / e.welfare_hat[j];
        scalar.revenue[j] = per_tax / e.labour_income[j];
        const double per_wage = -per_tax * e.revenue[j] / e.labour_income[j];
        scalar.log_wage[j] += per_wage, scalar.log_employment[j] += per_wage;
    }
    return scalar;
}

Scalar log_welfare(const World& world, const Equilibrium& e, const std::vector<double>& weight) {
    Scalar scalar(world.n_regions());
    for (int j = 0; j < world.n_regions(); ++j)
        if (weight[static_cast<std::size_t>(j)] != 0.0)
            scalar.add(log_welfare(world, e, j), weight[static_cast<std::size_t>(j)]);
    return scalar;
}

Scalar tariff_revenue(const Equilibrium& e, int region) {
    Scalar scalar(e.expenditure.regions());
    scalar.value = e.revenue[static_cast<std::size_t>(region)];
    scalar.revenue[static_cast<std::size_t>(region)] = 1.0;
    return scalar;
}

Scalar bilateral_deficit(const Equilibrium& e, int importer, int exporter) {
    const int n = e.expenditure.regions();
    Scalar scalar(n);
    scalar.flow = Eigen::MatrixXd::Zero(n, n);
    scalar.flow(exporter, importer) = 1.0;
    scalar.flow(importer, exporter) = -1.0;
    scalar.value = flow(e, exporter, importer) - flow(e, importer, exporter);
    return scalar;
}

}  // namespace detente
