// Quantiles and chances that fidelity, beliefs, projections and tests need, by Boost.Math.
//
// Source: DiDonato and Morris (1992, ACM TOMS 18) for the incomplete beta function; Boost.Math's inverse of it.
#pragma once

namespace detente {

/// P(X <= x) for X ~ Beta(a, b), a and b positive, x in [0, 1] (values beyond count as its ends).
double beta_cumulative(double x, double a, double b);
/// The x in [0, 1] with P(X <= x) = p for X ~ Beta(a, b), a and b positive, p in [0, 1].
double beta_quantile(double p, double a, double b);
/// The p-quantile of Student's t with `freedom` > 0 degrees of freedom, p in (0, 1).
double student_quantile(double p, double freedom);
/// P(|T| >= |t|) for Student's t with `freedom` > 0 degrees of freedom: the p-value of a two-sided test.
double student_two_sided(double t, double freedom);

}  // namespace detente
