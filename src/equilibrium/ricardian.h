// The `ricardian` model: Caliendo and Parro (2015, REStud 82) in exact hat algebra (Dekle, Eaton and Kortum 2008).
//
// i exporter, j importer, s and k sectors; N regions, S sectors; a hat is a ratio to the base equilibrium.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/anderson.h"
#include "base/index_set.h"
#include "base/tensor.h"
#include "economy/economy.h"
#include "equilibrium/certificate.h"

namespace detente {

/// What happens to trade deficits in a counterfactual. `fixed`: D' = D in units of the numeraire (world value
/// added). `world_share`: D'/D = world income'/world income. `balanced`: D' = 0, in the base too.
enum class Closure { fixed, world_share, balanced };

const std::vector<std::string>& closure_names();
std::string to_string(Closure closure);

struct RicardianOptions {
    Closure closure = Closure::fixed;
    /// External (Marshallian) scale economies with the economy's `psi` (Lashkaripour and Lugovskyy 2023);
    /// needs theta * psi < 1 in every sector.
    bool scale_economies = false;
    /// Largest relative residual accepted. The default is three digits above rounding on the built-in economies.
    double tolerance = 1e-12;
    /// Off: the residuals are the solver's own, and the certificate costs nothing beside the solve.
    bool independent_certificate = true;
};

/// A calibrated economy: the base equilibrium and the parameters around it.
struct RicardianWorld {
    IndexSet regions, sectors;
    RicardianOptions options;
    std::string unit;

    TradeTensor share;                  ///< pi, expenditure shares with tariffs; sums to 1 over exporters
    TradeTensor tariff;                 ///< t, ad valorem
    RegionSector value_added_share;     ///< beta
    InputTensor input_share;            ///< gamma(region, input, sector)
    RegionSector final_share;           ///< alpha
    std::vector<double> theta, psi;     ///< psi is 0 without scale economies
    RegionSector expenditure;           ///< E, with tariffs, money
    RegionSector output;                ///< Y, money
    std::vector<double> labour_income;  ///< w L, money
    std::vector<double> deficit;        ///< D, money
    std::vector<double> revenue;        ///< R, money
    std::vector<double> income;         ///< I = w L + R + D, money

    double numeraire = 0.0;  ///< world value added, what every counterfactual holds fixed, money

    int n_regions() const { return regions.size(); }
    int n_sectors() const { return sectors.size(); }
    /// Flow net of tariffs, X = pi E / (1 + t), money.
    double flow(int i, int j, int s) const { return share(i, j, s) * expenditure(j, s) / (1.0 + tariff(i, j, s)); }
    /// The derivative of the equilibrium at this base, shared by all counterfactuals from it (built on demand).
    mutable std::shared_ptr<const struct RicardianLinearisation> linearisation;
};

/// A counterfactual. Empty members mean no change.
struct Shock {
    TradeTensor tariff;           ///< t', the level (not the change)
    TradeTensor trade_cost;       ///< iceberg factors d hat, > 0
    RegionSector productivity;    ///< T hat, > 0: weights in shares; unit cost falls by T^(-1/theta)
    std::vector<double> deficit;  ///< D' (closure `fixed`), money; must sum to zero
};

/// An equilibrium relative to its base. Hats are ratios; money is in units of the numeraire (world value added).
struct Equilibrium {
    std::vector<double> wage_hat;  ///< w hat, N
    RegionSector price_hat;        ///< P hat by market
    RegionSector cost_hat;         ///< c hat: unit cost, productivity and scale effects aside
    RegionSector labour_hat;       ///< sector labour L hat (1 without output)
    RegionSector expenditure;      ///< E'
    RegionSector output;           ///< Y'
    TradeTensor share;             ///< pi'
    TradeTensor tariff;            ///< t'
    std::vector<double> labour_income, revenue, deficit, income;  ///< w'L, R', D', I'
    std::vector<double> income_hat, consumer_price_hat, real_wage_hat;
    std::vector<double> welfare_hat;  ///< exact: I hat / P hat
    Certificate certificate;

    double flow(int i, int j, int s) const { return share(i, j, s) * expenditure(j, s) / (1.0 + tariff(i, j, s)); }
};

/// How far the base equilibrium stands from the published tables.
struct BaseMovement {
    double trade = 0.0;          ///< largest change of a flow over world trade in its sector... see docs/accuracy.md
    double trade_total = 0.0;    ///< sum of |changes of flows| over world flows
    double labour_income = 0.0;  ///< largest |w hat - 1|
    double deficit = 0.0;        ///< largest change of a deficit over labour income
    std::string text() const;
};

struct Calibration {
    RicardianWorld world;
    Certificate certificate;
    BaseMovement moved;
};

/// Solves the base equilibrium of the data (base tariffs, the closure's deficits, no shock) and calibrates to it.
/// Throws an input error, with the reason, where the economy cannot be solved; a solve error where it should be
/// possible and was not done.
Calibration calibrate_ricardian(const Economy& economy, const RicardianOptions& options = {});

/// Solves a counterfactual from the base, or from `start` (an equilibrium of the same world, as a first guess).
/// Throws an input error for a shock that cannot be solved and a solve error (block, region and sector, what to
/// try) where the tolerance was not reached.
Equilibrium solve(const RicardianWorld& world, const Shock& shock, const Equilibrium* start = nullptr);

/// Builds what all counterfactuals from this base share. Done by `calibrate_ricardian`; call it after `rebase`
/// and before solving from several threads.
void prepare(const RicardianWorld& world);

/// The equilibrium as a new base: hats from it compose with hats to it.
RicardianWorld rebase(const RicardianWorld& world, const Equilibrium& equilibrium);

/// The calibrated world as an economy that can be written to a file; `like` gives names, columns and sources.
Economy to_economy(const RicardianWorld& world, const Economy& like);

/// Why a shock cannot be solved from this world, or "" where nothing speaks against it.
std::string unsolvable_reason(const RicardianWorld& world, const Shock& shock);

/// Residuals of every equation as printed in the design, from the hats alone: the independent check.
Certificate certify(const RicardianWorld& world, const Shock& shock, const Equilibrium& equilibrium);

}  // namespace detente
