// Models, and economies calibrated to them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "detente/economy.h"
#include "detente/export.h"
#include "detente/job.h"
#include "detente/table.h"

namespace detente {
DETENTE_V1_BEGIN
/// The value of a model's option: a number, a yes or no, or a word.
class OptionValue {
public:
    OptionValue(bool value) : value_(value) {}
    OptionValue(int value) : value_(static_cast<double>(value)) {}
    OptionValue(double value) : value_(value) {}
    OptionValue(const char* value) : value_(std::string(value)) {}
    OptionValue(std::string value) : value_(std::move(value)) {}
    const std::variant<bool, double, std::string>& get() const noexcept { return value_; }

private:
    std::variant<bool, double, std::string> value_;
};

/// A model and its options, by the names that a study uses under [model] (docs/study-file.md):
///
///     Model{"ricardian", {{"closure", "world_share"}, {"labour_supply", 0.5}}}
struct Model {
    std::string name = "ricardian";
    std::map<std::string, OptionValue> options = {};  ///< what is left out is as in the model's paper
};

/// An option of a model, as a key of [model] in a study and of `Model::options`.
struct ModelOptionInfo {
    std::string name, text;            ///< what it is, half a sentence
    std::string kind;                  ///< "flag", "number", "choice" or "region" (a name of the economy's)
    std::string otherwise, range;      ///< its default and what it may be, in words
    std::vector<std::string> choices;  ///< of a choice
};

/// A model of the library.
struct ModelInfo {
    std::string name, title;               ///< "krugman", "Ossa (2014)"
    std::string numeraire;                 ///< what every counterfactual holds fixed, in words
    std::string closure;                   ///< of its paper: the default
    std::vector<ModelOptionInfo> options;  ///< beyond `closure`
};

/// The models, the default first.
DETENTE_PUBLIC std::vector<ModelInfo> models();

/// How equilibria are solved.
struct SolveOptions {
    double tolerance = 1e-12;  ///< largest relative residual of any equation
    /// Residuals by the equations as printed, apart from the solver. Off, they are the solver's own and cost
    /// nothing.
    bool independent_certificate = true;
    Job job = {};
};

/// Evidence that a result solves its equations.
struct Certificate {
    bool converged = false;
    double residual = 0.0;                               ///< the largest of `blocks`
    std::vector<std::pair<std::string, double>> blocks;  ///< largest relative residual by block of equations
    double walras = 0.0;                                 ///< residual of the one condition that the others imply
    std::string dropped;                                 ///< the region of that condition
    int passes = 0, path_steps = 0;  ///< readings of the trade table; steps in which the shock was taken
    double seconds = 0.0;
    std::string closure, numeraire;  ///< what happens to deficits; what is held fixed
};

/// How far the calibrated base stands from the economy's tables.
struct BaseMovement {
    double trade_total = 0.0;    ///< sum of |changes of flows| over world flows
    double labour_income = 0.0;  ///< largest |wage hat - 1|
    double deficit = 0.0;        ///< largest change of a deficit over labour income
    std::string text;            ///< in words
};

/// An economy calibrated to a model: the base equilibrium from which counterfactuals depart. Cheap to copy; never
/// changes; safe to use from several threads at once.
class DETENTE_PUBLIC World {
public:
    const Economy& economy() const noexcept;                   ///< the tables that it was calibrated to
    const std::vector<std::string>& regions() const noexcept;  ///< N names
    const std::vector<std::string>& sectors() const noexcept;  ///< S codes
    const std::string& unit() const noexcept;                  ///< of money
    const std::string& model() const noexcept;
    const Certificate& certificate() const noexcept;  ///< of the base
    const BaseMovement& moved() const noexcept;

    Table trade() const;        ///< exporter, importer, sector: flows of the base, net of tariffs, money (made on call)
    Table trade_share() const;  ///< exporter, importer, sector: of the importer's spending, sums to 1 over exporters
    Table tariff() const;       ///< exporter, importer, sector: ad valorem rates
    Table income() const;       ///< region: labour income, profits, tariff revenue and transfers, money
    Table labour_income() const;  ///< region, money
    Table transfer() const;       ///< region: received from abroad, money
    Table revenue() const;        ///< region: of tariffs, money

    struct Impl;
    explicit World(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }                         ///< the library's own
    const std::shared_ptr<const Impl>& share() const noexcept { return impl_; }  ///< the library's own

private:
    std::shared_ptr<const Impl> impl_;
};

/// Solves the base equilibrium of the economy under the model and calibrates to it. Throws an input error for an
/// unknown model or option (nearest name) or a value out of range, and, with the reason, where the economy cannot
/// be solved; a solve error where it should be possible and was not done.
DETENTE_PUBLIC World calibrate(const Economy& economy, const Model& model = {}, const SolveOptions& options = {});

DETENTE_V1_END
}  // namespace detente
