// The Beta distribution and what follows from it (Student's t).
//
// Source: Press, Teukolsky, Vetterling and Flannery (2007), Numerical Recipes, section 6.4 (Lentz's continued
// fraction); Abramowitz and Stegun (1964), 26.5 and 26.7.1.
#pragma once

namespace detente {

/// P(X <= x) for X ~ Beta(a, b), a and b positive, x in [0, 1].
double beta_cumulative(double x, double a, double b);
/// The x with P(X <= x) = p, p in [0, 1].
double beta_quantile(double p, double a, double b);
/// The p-quantile of Student's t with `freedom` > 0 degrees of freedom.
double student_quantile(double p, double freedom);

}  // namespace detente
