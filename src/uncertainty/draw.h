// One draw: parameters of a study moved to a point, and the study answered there.
#pragma once

#include <string>
#include <vector>

#include "study/run.h"

namespace detente {

/// The numbers that every draw gives, in the order of a row: of each outcome the region keys, [key][region], and then
/// the figures of answers.
struct RowLayout {
    /// The figures of one answer.
    struct Figures {
        const Answer* answer = nullptr;  ///< of the study itself
        std::vector<std::string> names;
    };
    std::vector<std::string> keys;
    std::vector<std::string> outcomes;  ///< names
    std::vector<Figures> answers;       ///< those that have figures
    std::size_t regions = 0;

    /// `only`: the names that draws answer.
    RowLayout(const StudyResult& run, const std::vector<std::string>& only);
    std::size_t outcome_at(std::size_t outcome) const { return outcome * keys.size() * regions; }
    std::size_t size() const;
    /// The study's own numbers, NaN where it has none.
    std::vector<double> row(const StudyResult& run) const;
};

/// What one draw gives.
struct DrawnRow {
    std::vector<double> numbers;        ///< by the layout; NaN where there is none
    std::vector<char> verdicts;         ///< of claims, as `Verdict`; empty where the draw failed
    std::string failure;                ///< why the draw has no answer at all
    std::vector<std::string> failures;  ///< by outcome and then by answer with figures; empty: answered
};

/// Answers draws of one study, one after the other; a thread has its own.
class DrawWorker {
public:
    /// `near`: the study answered at its own parameters. `options.near` is it, and `options.only` what draws answer.
    DrawWorker(const StudyResult& near, const RunOptions& options, const RowLayout& layout,
               const std::vector<UncertainInput>& inputs);
    /// The draw whose inputs have these values. What it gives depends on them alone. Throws `Interrupted`.
    DrawnRow answer(const std::vector<double>& values);

private:
    double set_parameters(const std::vector<double>& values);
    void collect(DrawnRow& row) const;

    const StudyResult& near_;
    const RunOptions& options_;
    const RowLayout& layout_;
    const std::vector<UncertainInput>& inputs_;
    StudyResult run_;
};

}  // namespace detente
