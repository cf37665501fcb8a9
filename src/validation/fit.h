// How well predicted changes fit observed ones, within groups: slope, test, correlation, R2 at slope 1.
#pragma once

#include <optional>
#include <vector>

namespace detente {

/// Observed and predicted changes of n cells, their weights (> 0), and the group (sector of an importer) of each,
/// numbered from 0.
struct FitData {
    std::vector<double> observed, predicted, weight;
    std::vector<int> group;
};

/// Observed on predicted changes. O and P are the observed and predicted changes less their weighted means in the
/// group, u = O - slope P:
///   slope = sum w O P / sum w P^2,  correlation = sum w O P / sqrt(sum w O^2 sum w P^2),
///   R2 at slope 1 = 1 - sum w (O - P)^2 / sum w O^2   (below 0: worse than predicting no change),
///   level R2 = 1 - sum w (o - p)^2 / sum w o^2 with o and p as they are, group effects not taken out.
/// The standard error is robust to heteroskedasticity (White 1980, with the factor n / (n - groups - 1)): the root of
/// sum (w P u)^2, over sum w P^2.
struct SlopeFit {
    int cells = 0, groups = 0;
    double slope = 0.0, standard_error = 0.0;
    double low = 0.0, high = 0.0;  ///< 95 % interval of the slope, Student's t with n - groups - 1 degrees of freedom
    double p_one = 0.0;            ///< of the two-sided test of slope = 1
    double correlation = 0.0, r2_at_one = 0.0, r2_level = 0.0;
};

/// Nothing where the cells are too few (no degree of freedom), or where predictions or observations do not differ
/// within any group.
std::optional<SlopeFit> fit_slope(const FitData& data);

/// Both changes on an instrument z, within groups: the ratio of the two reduced forms is the slope by instrument,
/// sum w Z O / sum w Z P, with the robust standard error of the same.
struct InstrumentFit {
    int cells = 0;
    double observed_on_instrument = 0.0, predicted_on_instrument = 0.0;  ///< the reduced forms
    double ratio = 0.0, standard_error = 0.0, p_one = 0.0;
};

/// Nothing where `fit_slope` gives nothing, or the instrument does not move the predictions.
std::optional<InstrumentFit> fit_instrument(const FitData& data, const std::vector<double>& instrument);

/// `values` less their weighted means by group.
std::vector<double> within_groups(const FitData& data, const std::vector<double>& values);

}  // namespace detente
