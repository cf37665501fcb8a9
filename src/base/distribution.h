// Quantiles and chances that fidelity, beliefs, projections and tests need, by Boost.Math.
//
// Source: DiDonato and Morris (1992, ACM TOMS 18) for the incomplete beta function; Boost.Math's inverse of it.
#pragma once

namespace detente {

/// P(X <= x) for X ~ Beta(a, b), a and b positive, x in [0, 1] (values beyond count as its ends).
double beta_cumulative(double x, double a, double b);
/// The x in [0, 1] with P(X <= x) = p for X ~ Beta(a, b), a and b positive, p in [0, 1].
double beta_quantile(double p, double a, double b);
/// Mean of the density proportional to x^(a-1) (1-x)^(b-1) (-ln x)^k on (0, 1), a and b positive, k >= 0: Beta(a, b)
/// where k is 0, exp(-Gamma(1 + k, rate a)) where b is 1. To 1e-9.
double beta_log_mean(double a, double b, double k);
/// Its p-quantile, p in (0, 1), to 1e-9.
double beta_log_quantile(double p, double a, double b, double k);
/// The p-quantile of the Gamma distribution with `shape` > 0 and rate 1, p in [0, 1).
double gamma_quantile(double p, double shape);
/// The p-quantile of Student's t with `freedom` > 0 degrees of freedom, p in (0, 1).
double student_quantile(double p, double freedom);
/// P(|T| >= |t|) for Student's t with `freedom` > 0 degrees of freedom: the p-value of a two-sided test.
double student_two_sided(double t, double freedom);

}  // namespace detente
