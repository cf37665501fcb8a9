// From tables to the base equilibrium: what can be solved, the base itself, and how far it moved from the data.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "economy/check.h"
#include "equilibrium/base_tables.h"
#include "equilibrium/calibrate.h"
#include "equilibrium/model_table.h"
#include "equilibrium/system.h"

namespace detente {
namespace {

void check_options(const ModelOptions& options) {
    if (!(options.labour_supply >= 0.0) || !std::isfinite(options.labour_supply))
        refuse_economy(fmt::format("labour_supply is {}; it must be 0 or more", options.labour_supply));
    const Model& model = *options.model;
    if (options.labour_supply > 0.0 && model.find("labour_supply") == nullptr)
        refuse_economy(fmt::format(
            "the {} model has a fixed supply of labour; elastic labour is an option of the others", model.name));
    if (options.scale_economies && model.find("scale_economies") == nullptr)
        refuse_economy(fmt::format("scale_economies is not an option of the {} model", model.name));
}

World world_from_tables(const Economy& economy, const ModelOptions& options) {
    if (options.model->one_sector && economy.n_sectors() != 1)
        refuse_economy(
            fmt::format("the {} model has one sector, and this economy has {}; `detente economy aggregate` merges them",
                        options.model->name, economy.n_sectors()));
    return options.model->world(economy, options);
}

// Regions reachable from region 0 along flows (forward, backward, or both ways at once).
std::vector<char> reach(const Economy& economy, bool forward, bool backward) {
    const int n = economy.n_regions();
    std::vector<char> linked(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), 0);
    for (int s = 0; s < economy.n_sectors(); ++s)
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i)
                if (economy.trade(i, j, s) > 0.0) linked[static_cast<std::size_t>(i * n + j)] = 1;
    std::vector<char> seen(static_cast<std::size_t>(n), 0);
    std::vector<int> open = {0};
    seen[0] = 1;
    while (!open.empty()) {
        const int i = open.back();
        open.pop_back();
        for (int j = 0; j < n; ++j) {
            const bool link = (forward && linked[static_cast<std::size_t>(i * n + j)] != 0) ||
                              (backward && linked[static_cast<std::size_t>(j * n + i)] != 0);
            if (link && seen[static_cast<std::size_t>(j)] == 0)
                seen[static_cast<std::size_t>(j)] = 1, open.push_back(j);
        }
    }
    return seen;
}

void check_links(const Economy& economy, const ModelOptions& options) {
    const auto require = [&](const std::vector<char>& seen, const std::string& why) {
        for (int j = 0; j < economy.n_regions(); ++j)
            if (seen[static_cast<std::size_t>(j)] == 0)
                refuse_economy(fmt::format("{} and {} {}", economy.regions[0], economy.regions[j], why));
    };
    require(reach(economy, true, true),
            "are not linked by trade, directly or through others, so their relative wages are not determined");
    if (options.closure == Closure::balanced) {
        const std::string why = "trade in one direction only, which balanced trade cannot sustain";
        require(reach(economy, true, false), why);
        require(reach(economy, false, true), why);
    }
}

void check_markets(const World& world) {
    for (int j = 0; j < world.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        if (!(world.labour_income[at] > 0.0)) refuse_economy(fmt::format("{} has no value added", world.regions[j]));
        if (!(world.income[at] > 0.0))
            refuse_economy(fmt::format(
                "the income of {} is not positive: value added {:.6g}, tariff revenue {:.6g}, deficit {:.6g}",
                world.regions[j], world.labour_income[at], world.revenue[at], world.transfer[at]));
        for (int s = 0; s < world.n_sectors(); ++s) {
            if (world.expenditure(j, s) > 0.0) continue;
            double wanted = world.final_share(j, s) * world.income[at];
            for (int k = 0; k < world.n_sectors() && !world.input_share.empty(); ++k)
                wanted += std::max(0.0, world.input_share(j, s, k)) * world.output(j, k);
            if (wanted > 0.0)
                refuse_economy(fmt::format("{} demands {} ({:.4g}) and nobody supplies it", world.regions[j],
                                           world.sectors[s], wanted));
        }
    }
    const double total = std::accumulate(world.transfer.begin(), world.transfer.end(), 0.0);
    const double size = std::accumulate(world.labour_income.begin(), world.labour_income.end(), 0.0);
    if (std::abs(total) > 1e-9 * size) refuse_economy(fmt::format("deficits sum to {:.6g}, not to zero", total));
}

// Solves as close to rounding as it gets: the last digits cost a few passes, once per economy.
Equilibrium settle(const World& tables, const Shock& shock, Purpose purpose, const SolverOptions& solver,
                   const Equilibrium* start = nullptr) {
    FixedPointOptions steps;
    steps.tolerance = 1e-16;
    steps.acceptable = solver.tolerance;
    steps.patience = 12;
    return solve_with(tables, shock, start, solver, steps, purpose);
}

// Against the world at the tables: home sales that a model builds from GDP are no movement.
BaseMovement movement(const World& before, const World& world, const std::vector<double>& wage_hat) {
    BaseMovement moved;
    double change = 0.0, total = 0.0;
    for (int s = 0; s < world.n_sectors(); ++s) {
        double sector = 0.0, largest = 0.0;
        for (int j = 0; j < world.n_regions(); ++j) {
            for (int i = 0; i < world.n_regions(); ++i) {
                const double difference = std::abs(world.flow(i, j, s) - before.flow(i, j, s));
                sector += before.flow(i, j, s);
                change += difference;
                largest = std::max(largest, difference);
            }
        }
        total += sector;
        if (sector > 0.0) moved.trade = std::max(moved.trade, largest / sector);
    }
    moved.trade_total = total > 0.0 ? change / total : 0.0;
    for (std::size_t j = 0; j < wage_hat.size(); ++j) {
        moved.labour_income = std::max(moved.labour_income, std::abs(wage_hat[j] - 1.0));
        moved.deficit =
            std::max(moved.deficit, std::abs(world.transfer[j] - before.transfer[j]) / before.labour_income[j]);
    }
    return moved;
}

}  // namespace

/// One solve on the way from the tables to the base, and what it began from.
struct CalibrationStage {
    std::shared_ptr<const BaseTables> tables;
    std::shared_ptr<const Linearisation> derivative;
    Equilibrium reached;
};

/// The tables made an equilibrium, and where the closure is `balanced` without deficits.
struct CalibrationWay {
    CalibrationStage settled;
    std::optional<CalibrationStage> balanced;
    bool still = false;  ///< the tables are an equilibrium as they stand: with any parameters, since no hat moves
};

void refuse_economy(const std::string& reason) {
    throw Refusal{reason};
}

World world_of_flows(const Economy& economy, const ModelOptions& options) {
    const int n = economy.n_regions(), m = economy.n_sectors();
    const auto regions = static_cast<std::size_t>(n), sectors = static_cast<std::size_t>(m);
    World w;
    w.regions = economy.regions, w.sectors = economy.sectors, w.options = options, w.unit = economy.unit;
    w.tariff = economy.tariff;
    w.theta.assign(sectors, 1.0), w.psi.assign(sectors, 0.0), w.profit_share.assign(sectors, 0.0);
    w.marketing_share.assign(regions, 0.0), w.pass_through.assign(regions, 1.0);
    w.labour_income.assign(regions, 0.0), w.profit = w.revenue = w.transfer = w.income = w.labour_income;
    w.employment_gap.assign(regions, 0.0);
    w.expenditure = expenditure(economy), w.output = gross_output(economy);
    w.share = TradeTensor(n, m);
    for (int s = 0; s < m; ++s) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                w.revenue[static_cast<std::size_t>(j)] += economy.tariff(i, j, s) * economy.trade(i, j, s);
                if (w.expenditure(j, s) > 0.0)
                    w.share(i, j, s) = (1.0 + economy.tariff(i, j, s)) * economy.trade(i, j, s) / w.expenditure(j, s);
            }
            // A market without spending gets the price of home output and moves nothing.
            if (!(w.expenditure(j, s) > 0.0)) w.share(j, j, s) = 1.0;
        }
    }
    return w;
}

void spend_on_final_goods(World& w) {
    w.value_added_share = RegionSector(w.n_regions(), w.n_sectors(), 1.0);
    w.input_share = InputTensor();
    w.final_share = RegionSector(w.n_regions(), w.n_sectors());
    for (int j = 0; j < w.n_regions(); ++j) {
        double& total = w.income[static_cast<std::size_t>(j)];
        total = 0.0;
        for (int s = 0; s < w.n_sectors(); ++s) total += w.expenditure(j, s);
        if (!(total > 0.0)) refuse_economy(fmt::format("{} spends nothing", w.regions[j]));
        for (int s = 0; s < w.n_sectors(); ++s) w.final_share(j, s) = w.expenditure(j, s) / total;
    }
}

std::string BaseMovement::text() const {
    return fmt::format(
        "the base equilibrium differs from the source tables by {:.3g} % of all flows (largest: {:.3g} % of a sector's "
        "world flows), by up to {:.3g} % in a region's wage and {:.3g} % of its labour income in the transfers that "
        "the "
        "closure governs",
        100.0 * trade_total, 100.0 * trade, 100.0 * labour_income, 100.0 * deficit);
}

namespace {

// The tables' own residuals do not depend on elasticities: prices, shares and flows are those observed while every hat
// is one. Tables that settle without moving are an equilibrium whatever the parameters.
bool stands_still(const Equilibrium& e) {
    constexpr double rounding = 1e-13;
    const auto one = [](const std::vector<double>& hats) {
        return std::all_of(hats.begin(), hats.end(), [](double hat) { return std::abs(hat - 1.0) < rounding; });
    };
    return one(e.wage_hat) && one(e.employment_hat) && one(e.income_hat) && one(e.price_hat.data());
}

// With balanced trade the economy comes to an equilibrium with its deficits first.
ModelOptions with_deficits(ModelOptions options) {
    if (options.closure == Closure::balanced) options.closure = Closure::fixed;
    return options;
}

Shock without_deficits(const World& world) {
    Shock close;
    close.transfer.assign(world.transfer.size(), 0.0);
    return close;
}

// The numeraire of counterfactuals is the calibrated base's own: nothing of the way to it.
void finish_base(World& world, const ModelOptions& options, const Job& job) {
    world.options = options;
    if (!world.price_weight.empty()) {
        world.price_weight = world.income;
        world.numeraire = std::accumulate(world.income.begin(), world.income.end(), 0.0);
    }
    prepare(world, job);
}

Calibration calibrate_checked(const Economy& economy, const ModelOptions& options, const SolverOptions& solver) {
    const CheckReport check = check_economy(economy);
    if (!check.solvable()) refuse_economy(check.reasons());
    if (options.model->check != nullptr) options.model->check(economy, options);
    check_links(economy, options);

    check_options(options);
    const World tables = world_from_tables(economy, with_deficits(options));
    check_markets(tables);

    auto way = std::make_shared<CalibrationWay>();
    Calibration result;
    way->settled.reached = settle(tables, {}, Purpose::base, solver);
    way->settled.tables = tables.tables, way->settled.derivative = tables.linearisation;
    way->still = stands_still(way->settled.reached);
    result.world = rebase(tables, way->settled.reached);
    result.certificate = way->settled.reached.certificate;
    std::vector<double> wage_hat = way->settled.reached.wage_hat;
    if (options.closure == Closure::balanced) {
        // Caliendo and Parro's procedure: the base too is balanced; deficits go to zero from the observed ones.
        CalibrationStage& balanced = way->balanced.emplace();
        balanced.reached = settle(result.world, without_deficits(tables), Purpose::balanced_base, solver);
        balanced.tables = result.world.tables, balanced.derivative = result.world.linearisation;
        result.world = rebase(result.world, balanced.reached);
        for (std::size_t j = 0; j < wage_hat.size(); ++j) wage_hat[j] *= balanced.reached.wage_hat[j];
        result.certificate = balanced.reached.certificate;
    }
    finish_base(result.world, options, solver.job);
    result.certificate.closure = to_string(options.closure);
    result.moved = movement(tables, result.world, wage_hat);
    result.way = std::move(way);
    return result;
}

// Whether two worlds have the same unknowns, so that one may be steered by the other's derivative.
bool same_unknowns(const World& one, const World& other) {
    const auto scale = [](const World& w) {
        return std::any_of(w.psi.begin(), w.psi.end(), [](double psi) { return psi != 0.0; });
    };
    return scale(one) == scale(other) && (one.options.labour_supply == 0.0) == (other.options.labour_supply == 0.0);
}

// A derivative built anew costs twenty solves; with a neighbour's, each takes a few passes more.
void borrow(World& world, const World& near, const std::shared_ptr<const Linearisation>& derivative) {
    if (!same_unknowns(world, near)) return;
    world.linearisation = derivative;
    world.borrowed = true;
}

Calibration recalibrate_checked(const Economy& economy, const ModelOptions& options, const Calibration& near,
                                const SolverOptions& solver) {
    if (options.model->check != nullptr) options.model->check(economy, options);
    check_options(options);
    World world = world_from_tables(economy, with_deficits(options));
    check_markets(world);
    const CalibrationWay& way = *near.way;
    world.tables = way.settled.tables;
    borrow(world, near.world, way.settled.derivative);
    Calibration result;
    result.certificate = near.certificate, result.moved = near.moved, result.way = near.way;
    std::vector<double> wage_hat(world.income.size(), 1.0);
    World tables;
    if (!way.still || way.balanced) tables = world;
    if (!way.still) {
        const Equilibrium base = settle(tables, {}, Purpose::base, solver, &way.settled.reached);
        world = rebase(tables, base);
        wage_hat = base.wage_hat, result.certificate = base.certificate;
    }
    if (way.balanced) {
        borrow(world, near.world, way.balanced->derivative);
        const Equilibrium balanced =
            settle(world, without_deficits(world), Purpose::balanced_base, solver, &way.balanced->reached);
        world = rebase(world, balanced);
        for (std::size_t j = 0; j < wage_hat.size(); ++j) wage_hat[j] *= balanced.wage_hat[j];
        result.certificate = balanced.certificate;
    }
    borrow(world, near.world, near.world.linearisation);
    finish_base(world, options, solver.job);
    if (!way.still || way.balanced) result.moved = movement(tables, world, wage_hat);
    result.certificate.closure = to_string(options.closure);
    result.world = std::move(world);
    return result;
}

std::string unsolvable_transfers(const World& world, const Shock& shock) {
    if (shock.transfer.empty() && shock.payment.empty()) return "";
    const Closure closure = closure_of(world, shock);
    if (closure == Closure::world_share && !shock.payment.empty())
        return "payments between regions need closure \"fixed\" or \"balanced\"";
    if (shock.closure == Closure::balanced && !shock.transfer.empty())
        return "closure \"balanced\" leaves no deficits, and some are given";
    const double size = std::accumulate(world.labour_income.begin(), world.labour_income.end(), 0.0);
    for (const std::vector<double>* list : {&shock.transfer, &shock.payment}) {
        const double total = std::accumulate(list->begin(), list->end(), 0.0);
        if (!(std::abs(total) <= 1e-9 * size))
            return fmt::format("deficits must sum to zero; these sum to {:.6g}", total);
    }
    return "";
}

}  // namespace

namespace {

// Whatever speaks against it deep down, the message says which economy and which model.
template <class Act>
Calibration naming(const Economy& economy, const ModelOptions& options, const Act& act) {
    const std::string which = economy.title.empty() ? "" : fmt::format(" \"{}\"", economy.title);
    try {
        return act();
    } catch (const Interrupted&) {
        throw;
    } catch (const Refusal& refusal) {
        throw Error(ErrorKind::input, fmt::format("the economy{} cannot be solved with the {} model: {}", which,
                                                  options.model->name, refusal.reason));
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::solve) throw;
        throw Error(ErrorKind::solve, fmt::format("the economy{}: {}", which, error.what()));
    }
}

}  // namespace

Calibration calibrate(const Economy& economy, const ModelOptions& options, const SolverOptions& solver) {
    return naming(economy, options, [&] { return calibrate_checked(economy, options, solver); });
}

Calibration recalibrate(const Economy& economy, const ModelOptions& options, const Calibration& near,
                        const SolverOptions& solver) {
    if (near.way == nullptr || near.world.options.model != options.model ||
        near.world.options.closure != options.closure)
        throw Error(ErrorKind::input, "other parameters begin from a calibration by the same model and closure");
    return naming(economy, options, [&] { return recalibrate_checked(economy, options, near, solver); });
}

namespace {

// The first tariff that cannot be applied, in words.
std::string tariff_reason(const World& world, const TradeTensor& tariff) {
    const int n = world.n_regions(), m = world.n_sectors();
    const Eigen::Map<const Eigen::ArrayXd> all(tariff.data().data(), static_cast<Eigen::Index>(tariff.data().size()));
    const bool possible = (all > -1.0 && all <= highest_tariff).all();
    for (int s = 0; s < m; ++s) {
        for (int j = 0; j < n; ++j) {
            for (int i = possible ? j : 0; i < (possible ? j + 1 : n); ++i) {
                const double rate = tariff(i, j, s);
                const auto on = [&] { return world.regions[i] + " -> " + world.regions[j] + ", " + world.sectors[s]; };
                if (!std::isfinite(rate) || rate <= -1.0)
                    return fmt::format("a tariff of {} % on {} cannot be applied; it must stay above -100 %",
                                       100.0 * rate, on());
                if (rate > highest_tariff)
                    return fmt::format(
                        "a tariff of {:.6g} % on {} is beyond what can be solved; rates stay at or below {:.0e} %",
                        100.0 * rate, on(), 100.0 * highest_tariff);
                if (i == j && rate != world.tariff(i, j, s))
                    return fmt::format("{} cannot tax its own goods at its border ({})", world.regions[i],
                                       world.sectors[s]);
            }
        }
    }
    return "";
}

// Position of the first factor of costs or productivity that is out of bounds, or -1.
std::ptrdiff_t unusable(const std::vector<double>& factors) {
    const auto found = std::find_if(factors.begin(), factors.end(), [](double factor) {
        return !(factor >= 1.0 / largest_factor && factor <= largest_factor);
    });
    return found == factors.end() ? -1 : found - factors.begin();
}

}  // namespace

std::string unsolvable_reason(const World& world, const Shock& shock) {
    const auto bounds = [](double factor) {
        return fmt::format("is {}; it must be positive, from {:.0e} to {:.0e}", factor, 1.0 / largest_factor,
                           largest_factor);
    };
    if (!shock.tariff.empty()) {
        if (std::string reason = tariff_reason(world, shock.tariff); !reason.empty()) return reason;
    }
    if (unusable(shock.trade_cost.data()) >= 0) {
        for (int s = 0; s < world.n_sectors(); ++s)
            for (int j = 0; j < world.n_regions(); ++j)
                for (int i = 0; i < world.n_regions(); ++i)
                    if (const double factor = shock.trade_cost(i, j, s); unusable({factor}) >= 0)
                        return fmt::format("the trade cost factor on {} -> {}, {} {}", world.regions[i],
                                           world.regions[j], world.sectors[s], bounds(factor));
    }
    if (unusable(shock.productivity.data()) >= 0) {
        for (int s = 0; s < world.n_sectors(); ++s)
            for (int j = 0; j < world.n_regions(); ++j)
                if (const double factor = shock.productivity(j, s); unusable({factor}) >= 0)
                    return fmt::format("the productivity factor of {} in {} {}", world.sectors[s], world.regions[j],
                                       bounds(factor));
    }
    if (!shock.factor_supply.empty()) {
        if (!world.model().factor_supply)
            return fmt::format("the {} model has no factor supply that a scenario could change", world.model().name);
        if (shock.factor_supply.size() != static_cast<std::size_t>(world.n_regions()))
            return fmt::format("the factor supply has {} numbers for {} regions", shock.factor_supply.size(),
                               world.n_regions());
        if (const auto at = unusable(shock.factor_supply); at >= 0)
            return fmt::format("the factor supply of {} {}", world.regions[static_cast<int>(at)],
                               bounds(shock.factor_supply[static_cast<std::size_t>(at)]));
    }
    return unsolvable_transfers(world, shock);
}

Economy to_economy(const World& world, const Economy& like) {
    Economy out = like;
    out.tariff = world.tariff;
    out.trade = TradeTensor(world.n_regions(), world.n_sectors());
    for (int s = 0; s < world.n_sectors(); ++s)
        for (int j = 0; j < world.n_regions(); ++j)
            for (int i = 0; i < world.n_regions(); ++i) out.trade(i, j, s) = world.flow(i, j, s);
    const Model& model = world.model();
    if (model.note != nullptr) out.note += (out.note.empty() ? "" : " ") + model.note(world);
    if (model.intermediate_inputs) {
        out.value_added = world.labour_income;
        out.deficit = world.transfer;
    } else {
        // Without intermediate inputs incomes and deficits follow from the flows.
        out.value_added.clear(), out.deficit.clear();
        out.value_added_share = world.value_added_share, out.final_share = world.final_share;
        out.input_share = InputTensor(world.n_regions(), world.n_sectors());
    }
    return out;
}

}  // namespace detente
