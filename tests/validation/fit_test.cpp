// Slopes within groups, by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "validation/fit.h"

namespace detente::test {
namespace {

// Two groups. Less their means the observed are (-1, 1), (-1, 0, 1), the predicted (-1/2, 1/2), (-3/4, 1/4, 1/4).
FitData five_cells() {
    return {{1, 3, 0, 1, 2}, {0, 1, 0, 1, 1}, {1, 1, 1, 2, 1}, {0, 0, 1, 1, 1}};
}

TEST(ValidationFit, FiveCellsByHand) {
    const auto fit = fit_slope(five_cells());
    ASSERT_TRUE(fit);
    EXPECT_EQ(fit->cells, 5);
    EXPECT_EQ(fit->groups, 2);
    EXPECT_NEAR(fit->slope, 2.0 / 1.25, 1e-14);
    EXPECT_NEAR(fit->correlation, 2.0 / std::sqrt(4.0 * 1.25), 1e-14);
    EXPECT_NEAR(fit->r2_at_one, 1.0 - (4.0 - 2.0 * 2.0 + 1.25) / 4.0, 1e-14);
    EXPECT_NEAR(fit->r2_level, 1.0 - (16.0 - 2.0 * 7.0 + 4.0) / 16.0, 1e-14);
    // Scores w P (O - 1.6 P): 0.1, 0.1, -0.15, -0.2, 0.15; two degrees of freedom.
    const double error = std::sqrt(0.105 * 5.0 / 2.0) / 1.25, t = 0.6 / error;
    EXPECT_NEAR(fit->standard_error, error, 1e-14);
    EXPECT_NEAR(fit->p_one, 1.0 - t / std::sqrt(t * t + 2.0), 1e-12);  // Student's t with two degrees, in closed form
    const double quantile = 0.95 * std::sqrt(2.0 / (1.0 - 0.95 * 0.95));
    EXPECT_NEAR(fit->high - fit->slope, quantile * error, 1e-12);
    EXPECT_NEAR(fit->slope - fit->low, quantile * error, 1e-12);
}

TEST(ValidationFit, OnlyRatiosOfWeightsMatter) {
    FitData data = five_cells();
    for (double& weight : data.weight) weight *= 1e9;
    const auto a = fit_slope(five_cells()), b = fit_slope(data);
    EXPECT_NEAR(a->slope, b->slope, 1e-14);
    EXPECT_NEAR(a->standard_error, b->standard_error, 1e-14);
    EXPECT_NEAR(a->r2_level, b->r2_level, 1e-14);
}

TEST(ValidationFit, ThePredictionAsItsOwnInstrumentGivesTheSlope) {
    const FitData data = five_cells();
    const auto fit = fit_slope(data);
    const auto by_instrument = fit_instrument(data, data.predicted);
    ASSERT_TRUE(by_instrument);
    EXPECT_NEAR(by_instrument->ratio, fit->slope, 1e-14);
    EXPECT_NEAR(by_instrument->standard_error, fit->standard_error, 1e-14);
    EXPECT_NEAR(by_instrument->predicted_on_instrument, 1.0, 1e-14);
}

TEST(ValidationFit, TheRatioOfReducedFormsByHand) {
    // z less its means: (-1, 1), (-1, 0, 1); z o = 4, z p = 2, z z = 4.
    const auto fit = fit_instrument(five_cells(), {0, 2, 0, 1, 2});
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->observed_on_instrument, 1.0, 1e-14);
    EXPECT_NEAR(fit->predicted_on_instrument, 0.5, 1e-14);
    EXPECT_NEAR(fit->ratio, 2.0, 1e-14);
    // Scores w z (O - 2 P): 0, 0, -0.5, 0, 0.5.
    EXPECT_NEAR(fit->standard_error, std::sqrt(0.5 * 5.0 / 2.0) / 2.0, 1e-14);
}

TEST(ValidationFit, AnExactPredictionIsNotRefused) {
    FitData data = five_cells();
    data.observed = data.predicted;
    const auto fit = fit_slope(data);
    ASSERT_TRUE(fit);
    EXPECT_EQ(fit->slope, 1.0);
    EXPECT_EQ(fit->standard_error, 0.0);
    EXPECT_EQ(fit->p_one, 1.0);
    EXPECT_EQ(fit->r2_at_one, 1.0);
}

TEST(ValidationFit, NothingChangesHasNoExplainedPart) {
    FitData data = five_cells();
    for (double& p : data.predicted) p *= 1e-6;
    EXPECT_NEAR(fit_slope(data)->r2_at_one, 0.0, 1e-5);
    for (double& p : data.predicted) p *= -3e6;  // the wrong way: worse than predicting no change
    EXPECT_LT(fit_slope(data)->r2_at_one, 0.0);
}

TEST(ValidationFit, WithoutDifferencesWithinGroupsThereIsNoSlope) {
    FitData data = five_cells();
    data.predicted = {1, 1, 0.1, 0.1, 0.1};
    EXPECT_FALSE(fit_slope(data));
    EXPECT_FALSE(fit_instrument(data, {0, 2, 0, 1, 2}));
    EXPECT_FALSE(fit_instrument(five_cells(), {0.3, 0.3, 0.1, 0.1, 0.1}));
    FitData few = {{1, 2, 3}, {1, 3, 2}, {1, 1, 1}, {0, 0, 1}};  // three cells, two groups and a slope
    EXPECT_FALSE(fit_slope(few));
    EXPECT_FALSE(fit_slope({}));
}

}  // namespace
}  // namespace detente::test
