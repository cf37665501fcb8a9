// The ledger: what was promised, and what was seen of it.
//
// Two plain tables that a person can keep by hand (TOML, or CSV named by the TOML file), checked on reading.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"

namespace detente {

/// What a commitment asks for.
enum class CommitmentKind {
    at_least,  ///< reach `quantity`
    at_most,   ///< stay at or below `quantity`
    by_date,   ///< do it (quantity 1) by the due date
    refrain,   ///< not do it (quantity 0 breaches) until the due date
};
/// The kinds as ledgers write them, in the order of the enumeration.
const std::vector<std::string>& commitment_kind_names();
/// Units that a ledger may use; others are errors.
const std::vector<std::string>& ledger_units();

/// Bounds of what a ledger holds: amounts from 0 to this; years of its dates.
constexpr double most_amount = 1e15;
constexpr int first_year = 1000, last_year = 2999;

/// A due date that the counterpart itself put off.
struct MovedDate {
    Date to{};     ///< the date that holds now
    Date known{};  ///< from here on: the day on which it was moved, by default the old due date
    std::string by, source;
};

/// One promise of a text: who, to whom, how much of what, until when.
struct Commitment {
    std::string id, actor, counterpart, field, text, measure;
    CommitmentKind kind = CommitmentKind::at_least;
    double quantity = 0.0;
    std::string unit;
    /// What the same period would have held without the commitment, and how it is defined.
    std::optional<double> baseline;
    std::string baseline_definition;
    bool cumulative = true;  ///< the measure adds up over the period; false: a level that holds at a date
    Date from{};
    std::optional<Date> due;  ///< none: open-ended (only `refrain`)
    /// Shares of equal stretches from `from` to `due`, adding to 1: a seasonal profile; empty: pro rata by days.
    std::vector<double> profile;
    /// The due date is `due` until the move is known, then `moved->to`.
    std::optional<MovedDate> moved;
    /// Ended here by an act outside the actor's choice (a court's ruling, say), and why: censored from here on.
    std::optional<Date> ended;
    std::string ended_reason;
    bool counted = true;  ///< enters the estimate of fidelity; false for sums and restatements of other rows
    std::string counted_reason;
    std::string source;
    Place place;

    /// The same as it stands on a day: an end or a move that nobody knows of yet is none, a move that is known is the
    /// due date.
    Commitment on(Date day) const;
    /// The last day on which it is judged: the due date, or the day it ended.
    std::optional<Date> last_day() const;
    /// Share of the quantity that the profile, or pro rata, holds due by the end of `date`: 0 before, 1 at the due
    /// date.
    double expected_share(Date date) const;
};

/// What a reporter says was done by a day.
struct Observation {
    int commitment = 0;               ///< position in the ledger
    Date date{};                      ///< the last day it covers
    double value = 0.0;               ///< in the commitment's unit, cumulative from `from`
    std::optional<double> low, high;  ///< where the source gives a range; `value` is then its middle
    std::string reporter, source, note;
    Place place;
};

/// Promises and what was seen of them.
struct Ledger {
    std::string title, file;
    std::vector<Commitment> commitments;
    std::vector<Observation> observations;  ///< cumulative, by date within commitment and reporter

    /// Every actor once, in the order of the ledger.
    std::vector<std::string> actors() const;
};

/// Reads and checks a ledger. Throws an input error (file, line, key) for an unknown unit, kind, key or commitment, a
/// date out of order, a repeated id or observation, an amount out of its bounds, a baseline that a target does not
/// exceed, a value of an act other than 0 and 1, a cumulative value that falls without `revised = true`, two values of
/// one reporter at one date, keys that say nothing of a row, and control characters; a file error where a file cannot
/// be read.
Ledger read_ledger(const std::filesystem::path& path);
/// The same from text in memory, which errors call `name`; its rows stand in the text itself.
Ledger read_ledger(const std::string& text, const std::string& name);

}  // namespace detente
