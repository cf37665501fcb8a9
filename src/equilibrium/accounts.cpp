// Incomes, revenue, price indices and welfare: the accounts that every model keeps in the same way.
#include <cmath>

#include "equilibrium/system.h"

namespace detente {
namespace {

double revenue_from_tariffs(const Equilibrium& e, int j) {
    double revenue = 0.0;
    for (int s = 0; s < e.expenditure.sectors(); ++s) {
        const double *share = e.share.market(j, s), *rate = e.tariff.market(j, s);
        double per_spending = 0.0;
        for (int i = 0; i < e.share.regions(); ++i)
            if (rate[i] != 0.0) per_spending += share[i] * rate[i] / (1.0 + rate[i]);
        revenue += per_spending * e.expenditure(j, s);
    }
    return revenue;
}

// Without intermediate inputs all spending is out of income; the certificate compares it with what is earned.
double spending(const Equilibrium& e, int j) {
    double total = 0.0;
    for (int s = 0; s < e.expenditure.sectors(); ++s) total += e.expenditure(j, s);
    return total;
}

// ln P = sum_s alpha_s ln P_s, and with a pass-through of phi (1 - phi) ln (E hat / w hat): how many firms find it
// worth to come.
double log_consumer_price(const World& world, const Equilibrium& e, std::size_t j) {
    double log_price = 0.0;
    for (int s = 0; s < world.n_sectors(); ++s)
        log_price += world.final_share(static_cast<int>(j), s) * std::log(e.price_hat(static_cast<int>(j), s));
    if (world.pass_through[j] != 1.0)
        log_price += (1.0 - world.pass_through[j]) * std::log(e.income_hat[j] / e.wage_hat[j]);
    return log_price;
}

// Real income; with elastic labour net of the disutility of work, W = d e/P + (1-d) w l/P with
// d = I / (I - kappa/(1+kappa) (1-tau) w L) (Ignatenko et al. 2025, section 3; (1-tau) is 1 / tau hat).
double welfare(const World& world, const Equilibrium& e, std::size_t j) {
    const double real_income = e.income_hat[j] / e.consumer_price_hat[j];
    if (world.options.labour_supply == 0.0) return real_income;
    const double weight = world.income[j] / (world.income[j] - cost_of_work(world, e.tax_relief[j], j));
    return weight * real_income + (1.0 - weight) * e.real_wage_hat[j] * e.employment_hat[j];
}

}  // namespace

double cost_of_work(const World& world, double tax_relief, std::size_t region) {
    const double kappa = world.options.labour_supply;
    return kappa == 0.0 ? 0.0 : kappa / (1.0 + kappa) * world.labour_income[region] / tax_relief;
}

double welfare_income(const World& world, std::size_t region) {
    return world.income[region] - cost_of_work(world, 1.0, region);
}

double equivalent_variation(const World& world, const Equilibrium& e, std::size_t region) {
    const double income = world.income[region] - cost_of_work(world, e.tax_relief[region], region);
    return income * (e.welfare_hat[region] - 1.0);
}

Shock with_transfers_in_full(const World& world, const Shock& shock) {
    Shock full = shock;
    if (!shock.closure && shock.payment.empty()) return full;
    full.transfer = received(world, shock);
    full.payment.clear();
    if (shock.closure == Closure::balanced) full.closure = Closure::fixed;
    return full;
}

void complete_accounts(const World& world, const Shock& shock, Equilibrium& e) {
    const auto size = static_cast<std::size_t>(world.n_regions());
    for (auto* list : {&e.labour_income, &e.profit, &e.revenue, &e.transfer, &e.income}) list->assign(size, 0.0);
    for (auto* list : {&e.tax_relief, &e.income_hat, &e.consumer_price_hat, &e.real_wage_hat, &e.welfare_hat})
        list->assign(size, 1.0);
    e.factor_supply = shock.factor_supply.empty() ? std::vector<double>(size, 1.0) : shock.factor_supply;
    const Model& model = world.model();
    double now = 0.0, before = 0.0;
    for (std::size_t j = 0; j < size; ++j) {
        e.labour_income[j] = e.wage_hat[j] * e.employment_hat[j] * world.labour_income[j];
        e.revenue[j] = revenue_from_tariffs(e, static_cast<int>(j));
        for (int s = 0; s < world.n_sectors(); ++s)
            e.profit[j] += world.profit_share[static_cast<std::size_t>(s)] * e.output(static_cast<int>(j), s);
        now += closure_income(model, e.labour_income[j], e.profit[j], e.revenue[j]);
        before += closure_income(model, world.labour_income[j], world.profit[j], world.revenue[j]);
    }
    const double scale = closure_of(world, shock) == Closure::world_share ? now / before : 1.0;
    const std::vector<double> targets = received(world, shock);
    e.closure = closure_of(world, shock);
    for (std::size_t j = 0; j < size; ++j) {
        e.transfer[j] = scale * targets[j];
        e.income[j] = model.intermediate_inputs ? e.labour_income[j] + e.revenue[j] + e.transfer[j]
                                                : spending(e, static_cast<int>(j));
        e.income_hat[j] = e.income[j] / world.income[j];
        e.consumer_price_hat[j] = std::exp(log_consumer_price(world, e, j));
        e.real_wage_hat[j] = e.wage_hat[j] / e.consumer_price_hat[j];
        if (world.options.revenue == Revenue::income_tax)
            e.tax_relief[j] =
                (1.0 - world.revenue[j] / world.labour_income[j]) / (1.0 - e.revenue[j] / e.labour_income[j]);
        e.welfare_hat[j] = welfare(world, e, j);
    }
}

}  // namespace detente
