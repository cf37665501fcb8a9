// What the models share in options, base, shock and result, and the verbs on them. Which models there are, and what
// differs between them, is the model table (equilibrium/model_table.h).
//
// All models are in exact hat algebra (Dekle, Eaton and Kortum 2008): i exporter, j importer, s and k sectors; N
// regions, S sectors; a hat is a ratio to the base equilibrium.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/index_set.h"
#include "base/tensor.h"
#include "economy/economy.h"
#include "equilibrium/certificate.h"
#include "equilibrium/solver_options.h"

namespace detente {

/// A row of the model table.
struct Model;
/// The model of options that name none: `ricardian`.
const Model& default_model();

/// What happens to international transfers in a counterfactual; a transfer is the trade deficit or, where foreigners
/// market with labour of the destination, the part of the deficit beyond those payments. `fixed`: T' = T in units of
/// the numeraire. `world_share`: T'/T = world income'/world income. `balanced`: T' = 0, in the base too.
enum class Closure { fixed, world_share, balanced };

/// Where tariff revenue goes: `lump_sum` to households, or `income_tax`: it replaces an income tax of the same
/// yield, which raises what work pays (only with elastic labour does that make a difference).
enum class Revenue { lump_sum, income_tax };

/// Names in studies and results, in the order of the enumerations.
const std::vector<std::string>& closure_names();
const std::vector<std::string>& revenue_names();
std::string to_string(Closure closure);
std::string to_string(Revenue revenue);

/// The value of an option of a model: yes or no, a number, or a name.
using OptionValue = std::variant<bool, double, std::string>;

/// A model with what can be chosen about it. Which options a model has, their defaults and bounds, are in its row.
struct ModelOptions {
    const Model* model = &default_model();  ///< its row, which outlives the options; never null
    Closure closure = Closure::fixed;
    /// External (Marshallian) scale economies with the economy's `psi` (Lashkaripour and Lugovskyy 2023); needs
    /// theta * psi < 1 in every sector.
    bool scale_economies = false;
    /// kappa, the elasticity of labour supply to the real wage after tax; 0: fixed supply.
    double labour_supply = 0.0;
    Revenue revenue = Revenue::lump_sum;
    /// What only the model's own equations read, by name, as far as it was given: see `set`.
    std::map<std::string, OptionValue> own;

    /// The value in force of an option of the model: as given, or its default. Throws an input error for a name that
    /// is no option of the model.
    OptionValue value(const std::string& option) const;
    double number(const std::string& option) const { return std::get<double>(value(option)); }
    std::string text(const std::string& option) const { return std::get<std::string>(value(option)); }
    /// True where a value was given to an option of the model's own.
    bool gives(const std::string& option) const { return own.count(option) > 0; }
    /// Sets an option of the model. Throws an input error for a name that is no option of it, for a value of another
    /// kind, and for one out of bounds.
    void set(const std::string& option, const OptionValue& value);
};

/// The options that a model's paper uses.
ModelOptions model_options(const Model& model);
/// The same by the name of a built-in model; throws an input error for a name that is none's.
ModelOptions model_options(const std::string& built_in);

/// A calibrated economy: the base equilibrium and the parameters around it.
struct World {
    IndexSet regions, sectors;
    ModelOptions options;
    std::string unit;

    TradeTensor share;               ///< pi, expenditure shares with tariffs; sums to 1 over exporters
    TradeTensor tariff;              ///< t, ad valorem
    RegionSector value_added_share;  ///< beta
    InputTensor input_share;         ///< gamma(region, input, sector)
    RegionSector final_share;        ///< alpha
    /// Elasticity of trade to cost: theta; sigma - 1 in `krugman`; epsilon in `melitz`. psi: 0 without scale.
    std::vector<double> theta, psi;
    std::vector<double> profit_share;     ///< of sales, by sector: 1 / sigma in `krugman`, 0 without profits
    std::vector<double> marketing_share;  ///< nu, by destination: paid to labour there; 0 without marketing
    std::vector<double> pass_through;     ///< phi, by importer: tariff elasticity over theta; 1 where it is full
    RegionSector expenditure;             ///< E, with tariffs, money
    RegionSector output;                  ///< Y, money
    std::vector<double> labour_income;    ///< w L, money
    std::vector<double> profit;           ///< money; 0 without profits
    std::vector<double> transfer;         ///< D, what the closure governs, received from abroad, money
    std::vector<double> revenue;          ///< R, money
    std::vector<double> income;           ///< I = w L + profit + R + transfer, money

    /// What every counterfactual holds fixed: world labour income or, where there are price weights, their sum.
    double numeraire = 0.0;
    /// Base spending times the price reached, by region, where world consumer prices are the numeraire; else empty.
    std::vector<double> price_weight;
    /// ln of what the labour supply equation asks for over employment; 0 but on the way along a path.
    std::vector<double> employment_gap;

    /// The row of its model.
    const Model& model() const { return *options.model; }
    /// Lengths of `regions` and `sectors`.
    int n_regions() const { return regions.size(); }
    int n_sectors() const { return sectors.size(); }
    /// Flow net of tariffs, X = pi E / (1 + t), money.
    double flow(int i, int j, int s) const { return share(i, j, s) * expenditure(j, s) / (1.0 + tariff(i, j, s)); }
    /// The tables above in the layout of the kernels, without parameters (built on demand).
    mutable std::shared_ptr<const struct BaseTables> tables;
    /// The derivative that steers all counterfactuals from this base, shared by them (built on demand). Equations never
    /// read parameters from it: it may be `borrowed` from a world near this one, of the same unknowns.
    mutable std::shared_ptr<const class Linearisation> linearisation;
    bool borrowed = false;
};

/// The highest tariff, 1e9 (1e11 %): nothing has been left of a flow for long there, and beyond numbers end. And the
/// largest factor of a cost or productivity; the smallest is its inverse.
constexpr double highest_tariff = 1e9, largest_factor = 1e100;

/// A counterfactual. Empty members mean no change.
struct Shock {
    TradeTensor tariff;         ///< t', the level (not the change)
    TradeTensor trade_cost;     ///< iceberg factors d hat, > 0
    RegionSector productivity;  ///< T hat, > 0: weights in shares; unit cost falls by T^(-1/theta)
    /// V hat, > 0, by region: how much of its factor (labour, with the capital that it works with) there is to work.
    std::vector<double> factor_supply;
    /// The transfers received in place of the base's, money; they sum to zero. Under closure `world_share` what they
    /// would be at the base's world income.
    std::vector<double> transfer;
    /// What a deal moves between regions on top of the transfers, received, money; sums to zero. Not with
    /// `world_share`.
    std::vector<double> payment;
    std::optional<Closure> closure;  ///< of this counterfactual; without a value the world's
};

/// An equilibrium relative to its base. Hats are ratios; money is in units of the numeraire.
struct Equilibrium {
    std::vector<double> wage_hat;  ///< w hat, N
    RegionSector price_hat;        ///< P hat by market
    RegionSector cost_hat;         ///< c hat: unit cost, productivity and scale effects aside
    RegionSector labour_hat;       ///< sector labour L hat (1 without output)
    RegionSector expenditure;      ///< E'
    RegionSector output;           ///< Y'
    TradeTensor share;             ///< pi'
    TradeTensor tariff;            ///< t'
    std::vector<double> labour_income, profit, revenue, transfer, income;  ///< w'L', profits', R', D', I'
    std::vector<double> employment_hat;  ///< L hat of the region: V hat of its shock with fixed supply
    std::vector<double> factor_supply;   ///< V hat of its shock; 1 without
    std::vector<double> tax_relief;      ///< tau hat: what a wage is worth after tax, ratio to the base
    std::vector<double> income_hat, consumer_price_hat, real_wage_hat;
    std::vector<double> welfare_hat;   ///< exact: I hat / P hat; with elastic labour net of the cost of work
    Closure closure = Closure::fixed;  ///< of its shock
    Certificate certificate;

    /// Flow net of tariffs, X' = pi' E' / (1 + t'), money.
    double flow(int i, int j, int s) const { return share(i, j, s) * expenditure(j, s) / (1.0 + tariff(i, j, s)); }
};

/// The income of the base that `welfare_hat` is a ratio to, money: all of it, with elastic labour less the cost of work
/// kappa/(1+kappa) w L that the income pays for (Ignatenko et al. 2025, section 3).
double welfare_income(const World& world, std::size_t region);

/// A change of welfare as money at the base's prices (equivalent variation): with elastic labour the change of real
/// income less that of the cost of work, which the percentage is taken from, too.
double equivalent_variation(const World& world, const Equilibrium& e, std::size_t region);

/// How far the base equilibrium stands from the published tables.
struct BaseMovement {
    double trade = 0.0;          ///< largest change of a flow over world trade in its sector
    double trade_total = 0.0;    ///< sum of |changes of flows| over world flows
    double labour_income = 0.0;  ///< largest |w hat - 1|
    double deficit = 0.0;        ///< largest change of a deficit over labour income
    std::string text() const;
    /// More than a hundredth of all flows: results compare with another economy than the tables show.
    bool large() const { return trade_total > 0.01; }
};

/// A base, the evidence that it solves its equations, and how far it stands from the tables.
struct Calibration {
    World world;
    Certificate certificate;
    BaseMovement moved;
    /// The solves that led here; `recalibrate` begins from them.
    std::shared_ptr<const struct CalibrationWay> way;
};

/// The closure under which `shock` is solved.
Closure closure_of(const World& world, const Shock& shock);
/// Transfers and payments received under `shock` by region, money; under `world_share` at the base's world income.
std::vector<double> received(const World& world, const Shock& shock);

/// Solves the base equilibrium of the data (base tariffs, the closure's deficits, no shock) and calibrates to it.
/// Throws an input error, with the reason, where the economy cannot be solved; a solve error where it should be
/// possible and was not done.
Calibration calibrate(const Economy& economy, const ModelOptions& options = {}, const SolverOptions& solver = {});

/// The same tables with other parameters: elasticities of `economy`, options. Equal to `calibrate(economy, options)` to
/// the solver's tolerance, and much faster: it shares what parameters do not change with `near`, a calibration of the
/// same tables by the same model and closure, begins from its equilibria and is steered by its derivative. Throws as
/// `calibrate` does.
Calibration recalibrate(const Economy& economy, const ModelOptions& options, const Calibration& near,
                        const SolverOptions& solver = {});

/// Solves a counterfactual from the base, or from `start` (an equilibrium of the same world or one near it, as a first
/// guess).
/// Throws an input error for a shock that cannot be solved and a solve error (block, region and sector, what to
/// try) where the tolerance was not reached.
Equilibrium solve(const World& world, const Shock& shock, const SolverOptions& options = {},
                  const Equilibrium* start = nullptr);

/// Builds what all counterfactuals from this base share. Done by `calibrate`; call it after `rebase`
/// and before solving from several threads.
void prepare(const World& world, const Job& job = {});

/// The equilibrium as a new base: hats from it compose with hats to it.
World rebase(const World& world, const Equilibrium& equilibrium);

/// The calibrated world as an economy that can be written to a file; `like` gives names, columns and sources.
Economy to_economy(const World& world, const Economy& like);

/// Why a shock cannot be solved from this world, or "" where nothing speaks against it.
std::string unsolvable_reason(const World& world, const Shock& shock);

/// Residuals of every equation as printed in the design, from the hats alone: the independent check.
Certificate certify(const World& world, const Shock& shock, const Equilibrium& equilibrium);

}  // namespace detente
