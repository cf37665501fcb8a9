// Where a running total will stand at a date: a local-level model of its rate.
//
// Source: Durbin and Koopman (2012), Time Series Analysis by State Space Methods, chapter 2; Harvey (1989) for uneven
// spacing.
#pragma once

#include <optional>
#include <vector>

namespace detente {

/// One assumption in a line, for tables and reports.
extern const char* const projection_assumption;

/// A running total: days since its beginning, and its value there. Days rise; the total is 0 at day 0.
struct TotalAt {
    double day = 0.0, total = 0.0;
};

/// What a running total comes to, in its own unit.
struct Projection {
    double mean = 0.0;
    /// Interval of the chosen level; none with fewer than three increments, which cannot tell noise from change.
    std::optional<double> low, high;
    int increments = 0;
    double signal_to_noise = 0.0;  ///< variance of the daily change of the rate over that of a day's noise
};

/// The total at `horizon` (a day not before the last observation), with an interval of probability `level`.
/// The rate r follows r' = r + w a day; an increment over k days is k r plus noise of variance k s^2. The ratio of the
/// two variances is the maximum of the likelihood, s^2 is concentrated out, and the interval is Student's t.
Projection project_total(const std::vector<TotalAt>& observed, double horizon, double level = 0.9);

}  // namespace detente
