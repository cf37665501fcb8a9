// The model table: one row a model, with all that differs between them for the engine, studies, results and reports.
//
// A further model is one file with its equations and its row, and its name in the table (models/built_in.cpp, or a
// table of one's own: `built_in_models().with(row)`).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "equilibrium/model.h"

namespace detente {

class Linearisation;
struct MarketTables;
struct ShadowPrices;

/// An option of a model: a key of [model] in a study file, and under the same key in results.
struct ModelOption {
    /// What its value is: yes or no, a number, one of `choices`, the name of a region.
    enum class Kind { flag, number, choice, region };
    std::string name;
    Kind kind = Kind::number;
    std::string text;             ///< what it is, half a sentence for help and the manual
    OptionValue otherwise = 0.0;  ///< the value where none is given, of the kind's type
    /// Where the default follows from other options: the value, and in words how.
    double (*derived)(const ModelOptions&) = nullptr;
    std::string derivation;
    double low = 0.0, high = 0.0;      ///< bounds of a number, both allowed
    std::vector<std::string> choices;  ///< of a choice
    /// It stands for the theta of the economy's one sector: a study that sets that one sets this one.
    bool stands_for_theta = false;
    /// Whether a region has to be one of the economy under the other options; null: always.
    bool (*applies)(const ModelOptions&) = nullptr;
    /// Where the value stands, for options that the engine itself reads; null: in `ModelOptions::own`.
    OptionValue (*get)(const ModelOptions&) = nullptr;
    void (*set)(ModelOptions&, const OptionValue&) = nullptr;

    /// The value in force: as given, or the default.
    OptionValue value(const ModelOptions& options) const;
    /// Its default in words ("0.5", "\"USA\"", "0.67 / trade_elasticity"), and what it may be ("0.1 to 100").
    std::string default_text() const;
    std::string range_text() const;
};

/// The options that more than one model has, with the default of its paper.
ModelOption scale_economies_option();
ModelOption labour_supply_option(double otherwise);
ModelOption revenue_option(Revenue otherwise);

/// The options whose value has to be a region of the economy, as far as they apply.
std::vector<const ModelOption*> named_regions(const ModelOptions& options);

/// What a closure governs, in words.
struct TransferWords {
    std::string subject = "Trade deficits", several = "trade deficits";
    bool singular = false;  ///< of `subject`
};

/// A row of the model table. Functions that may be null say so; the others are needed.
struct Model {
    std::string name;                  ///< in studies and results ("krugman")
    std::string title;                 ///< whose it is ("Ossa (2014)")
    std::string numeraire;             ///< what every counterfactual holds fixed, in words
    Closure closure = Closure::fixed;  ///< of its paper
    std::vector<ModelOption> options;  ///< beyond `closure`, in the order of results

    // What it has. Results that a model lacks are left out.
    bool one_sector = false;               ///< it takes economies of one sector alone
    bool intermediate_inputs = false;      ///< spending is on inputs too; without them it is all out of income
    bool sector_scale = false;             ///< scale economies come with the labour of a sector, not of the region
    bool profits = false;                  ///< firms keep a part of sales
    bool deficits_follow_trade = false;    ///< deficits are more than transfers, which alone the closure governs
    bool transfers_follow_labour = false;  ///< under `world_share` transfers follow labour income, not all income
    bool factor_supply = false;            ///< its equations have the factor supply of a shock; else one is refused
    bool accumulation = false;             ///< what its regions work with can be built over years: it has paths
    bool welfare_parts = false;            ///< the first-order formula and the decomposition of welfare.h hold for it

    /// Checks what the model asks of an economy, before anything else of it is looked at; throws a `Refusal`. May be
    /// null.
    void (*check)(const Economy&, const ModelOptions&) = nullptr;
    /// The world at the economy's tables (see calibrate.h); throws a `Refusal`.
    World (*world)(const Economy&, const ModelOptions&) = nullptr;
    /// Its equations and their derivative, transposed too (see system.h).
    std::shared_ptr<Linearisation> (*linearise)(const World&, const Job&) = nullptr;
    /// The independent check of an equilibrium: all equations as printed (see certificate.h); the driver fills in
    /// iterations, closure and numeraire.
    Certificate (*certify)(const World&, const Shock&, const Equilibrium&) = nullptr;
    /// Multiplies the trade elasticity of each sector by a factor, and where `hold_product` the scale elasticity by its
    /// inverse, wherever they stand for this model. Null: they are the economy's (see `scale_elasticities`).
    void (*scale_elasticities)(Economy&, ModelOptions&, const std::vector<double>& factor, bool hold_product) = nullptr;
    /// Adds, by sector, what an elasticity moves beyond shares and prices: whatever the world calibrates from it. May
    /// be null.
    void (*add_theta)(const World&, const Equilibrium&, const MarketTables&, const ShadowPrices&,
                      std::vector<double>& theta) = nullptr;

    /// What it assumes: goes on behind "Model: " and the title, and ends the sentence. `world` is calibrated.
    std::string (*assumptions)(const World&, const Economy&) = nullptr;
    /// What the closure governs where that is not the whole deficit. May be null.
    TransferWords (*transfers)(const ModelOptions&) = nullptr;
    /// What the note of a calibrated economy says of data that the model built. May be null.
    std::string (*note)(const World&) = nullptr;

    /// The option of a name, or null.
    const ModelOption* find(const std::string& option) const;
    std::vector<std::string> option_names() const;
};

/// Models by name, the default first. Rows outlive the table.
class ModelTable {
public:
    /// Throws an input error for a table without rows, for a name that stands twice, and for a row that lacks what is
    /// needed.
    explicit ModelTable(std::vector<const Model*> rows);

    /// All rows, and their names, in order.
    const std::vector<const Model*>& rows() const { return rows_; }
    std::vector<std::string> names() const;
    /// Throws an input error, with the nearest name, where there is no such model.
    const Model& at(const std::string& name, const Place& place = {"", 0, "model"}) const;
    /// The names of all options of all models, each once.
    std::vector<std::string> option_names() const;
    /// This table with a further row.
    ModelTable with(const Model& row) const;

private:
    std::vector<const Model*> rows_;
};

/// Multiplies the trade elasticity of each sector (theta, and sigma - 1) by a factor; with `hold_product` scale
/// elasticities by its inverse, so that theta psi stays. Throws an input error where a model's option leaves its
/// bounds.
void scale_elasticities(Economy& economy, ModelOptions& options, const std::vector<double>& factor, bool hold_product);

/// The models of the program, the default first.
const ModelTable& built_in_models();

}  // namespace detente
