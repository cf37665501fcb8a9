// A study: an economy, scenarios and questions in one text, answered at once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detente/economy.h"
#include "detente/equilibrium.h"
#include "detente/export.h"
#include "detente/job.h"
#include "detente/world.h"

namespace detente {
DETENTE_V1_BEGIN

/// What a study's text refers to, by the names it uses: economies, ledgers. No other file is read, but for the
/// economies that come with the library, and those of `folder` where it is given.
struct Sources {
    std::map<std::string, std::string, std::less<>> contents = {};  ///< name ("ledgers/deal.toml") -> the file's bytes
    Catalogue catalogue = Catalogue::beside_library();  ///< where economies are that the study asks for by name
    std::string folder = {};  ///< where relative paths on the disk start; empty: nothing is read from the disk
    std::map<std::string, std::string> variables = {};  ///< values of `${NAME}` in paths
    std::string today =
        {};  ///< the day on which a ledger is judged where the study says none, YYYY-MM-DD; empty: today
};

/// A study as read: every name is resolved, nothing is solved yet. Cheap to copy; never changes.
class DETENTE_PUBLIC Study {
public:
    /// From its text (docs/study-file.md). `name` stands in errors and results. Throws one input error (source, line,
    /// key, found, expected, nearest) for the first thing that is wrong.
    static Study parse(std::string_view text, const std::string& name = "study", const Sources& sources = {});
    /// From a file; what it refers to is read from the file system, relative to its folder. Throws a file error where a
    /// file cannot be read.
    static Study load(const std::string& path, const Catalogue& catalogue = Catalogue::beside_library());
    /// The same with variables in paths, and a day; `folder` stays the file's own.
    static Study load(const std::string& path, const Sources& sources);

    const std::string& name() const noexcept;    ///< short, of its file or as given
    const std::string& title() const noexcept;   ///< for a person
    const Economy& economy() const noexcept;     ///< with the overrides of the study
    std::vector<std::string> scenarios() const;  ///< names, in the study's order
    std::vector<std::string> questions() const;  ///< names

    struct Impl;
    explicit Study(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }  ///< the library's own

private:
    std::shared_ptr<const Impl> impl_;
};

/// How a study is run.
struct RunOptions {
    std::vector<std::string> only = {};  ///< names of scenarios and questions, with what they refer to; empty: all
    int threads = 0;                     ///< 0: as many as the machine has; the answers do not depend on it
    Job job = {};
};

/// One number over draws of parameters, where the study has [uncertainty].
struct Band {
    int draws = 0;                  ///< that have the number
    double mean = 0.0, sd = 0.0;    ///< over them
    std::vector<double> quantiles;  ///< at 5, 25, 50, 75 and 95 %; empty from a quadrature
    double positive = 0.0;          ///< the chance that it is above 0
    double error = 0.0;             ///< Monte Carlo standard error of the mean; NaN where there is none
};

/// A claim of a study, held against its results.
struct ClaimVerdict {
    std::string text;
    std::string verdict;   ///< "holds", "fails", "undecided"
    std::string overturn;  ///< what would turn it
    std::string reason;    ///< why undecided
    std::string in_draws;  ///< over draws of parameters: "holds in 93 of 100"; empty without [uncertainty]
};

/// The answers to a study. Cheap to copy; never changes. Strings are the bytes that `detente run` writes into files.
class DETENTE_PUBLIC Results {
public:
    bool complete() const;  ///< every scenario and question asked for was answered
    /// What failed, by name, with the reason.
    std::map<std::string, std::string> failures() const;
    const World& world() const noexcept;

    std::vector<std::string> outcomes() const;  ///< scenarios and questions that have an equilibrium, and were answered
    /// The equilibrium of a scenario or question by name ("base": the base). Throws an input error with the nearest
    /// name.
    Equilibrium outcome(const std::string& name) const;
    std::vector<ClaimVerdict> claims() const;
    /// A number over draws of parameters: `key` of a region ("welfare_percent") under a scenario or question. Throws an
    /// input error with the nearest name, and where the study draws nothing.
    Band band(const std::string& outcome, const std::string& region, const std::string& key) const;
    /// The same of a figure of a question's answer ("self_enforcing", whose mean is the probability that it holds).
    Band figure_band(const std::string& question, const std::string& figure) const;

    std::string json() const;                           ///< results.json (docs/results.md, docs/results.schema.json)
    std::string text() const;                           ///< the tables that the command prints
    std::string times() const;                          ///< times.json: the seconds that everything took
    std::string report() const;                         ///< report.html, self-contained
    std::string netcdf() const;                         ///< the bytes of results.nc; empty where nothing was answered
    std::map<std::string, std::string> tables() const;  ///< tidy CSV tables by name ("regions")
    /// Writes results.json, results.nc, tables/ and report.html: all of them or none. Throws a file error.
    void save(const std::string& folder) const;

    struct Impl;
    explicit Results(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }  ///< the library's own

private:
    std::shared_ptr<const Impl> impl_;
};

/// What `Results` gives as text and bytes: enough to write its files in another program, where the run is not.
struct ResultFiles {
    std::string json, times, report;            ///< as the functions of these names
    std::string netcdf;                         ///< empty: none
    std::map<std::string, std::string> tables;  ///< by name
};
/// Writes them as `Results::save` does: all of them or none. Throws a file error; an input error for a table that is no
/// part of a study's results.
DETENTE_PUBLIC void save(const ResultFiles& files, const std::string& folder);

/// Answers a study. A scenario or question that fails keeps its reason and does not stop the others; where the base
/// itself fails, throws. A job that is stopped returns what was finished.
DETENTE_PUBLIC Results run(const Study& study, const RunOptions& options = {});

DETENTE_V1_END
}  // namespace detente
