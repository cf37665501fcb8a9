// Stationary laws of Markov chains, by elimination without subtraction: chances that span hundreds of orders of
// magnitude keep their digits.
//
// Source: Grassmann, Taksar and Heyman (1985, Operations Research 33).
#pragma once

#include <Eigen/Core>
#include <type_traits>

namespace detente {

/// Long-run shares of the states of an irreducible chain of n states, adding to 1. `rate` (n x n): chance, or rate in
/// continuous time, of going from the state of the row to that of the column; the diagonal is not read. `Number` is
/// double, or a type of positive numbers with +, * and / for which `Number{}` is 1. Where a state k cannot be left for
/// states before it, `stuck()` is called, which may throw; else the shares are no numbers.
template <class Number, class Stuck>
Eigen::Matrix<Number, Eigen::Dynamic, 1> stationary_law(Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic> rate,
                                                        const Stuck& stuck) {
    constexpr bool is_double = std::is_floating_point_v<Number>;
    // Sums of other types have no zero to begin with.
    const auto sum = [](const auto& list) -> Number {
        if constexpr (is_double)
            return list.sum();
        else
            return list.redux([](const Number& a, const Number& b) { return a + b; });
    };
    const Eigen::Index n = rate.rows();
    for (Eigen::Index k = n - 1; k > 0; --k) {
        const Number leave = sum(rate.row(k).head(k));
        if constexpr (is_double)
            if (!(leave > 0.0)) stuck();
        rate.col(k).head(k) /= leave;
        rate.topLeftCorner(k, k).noalias() += rate.col(k).head(k) * rate.row(k).head(k);
    }
    Eigen::Matrix<Number, Eigen::Dynamic, 1> law(n);
    if constexpr (is_double)
        law[0] = 1.0;
    else
        law[0] = Number{};
    for (Eigen::Index k = 1; k < n; ++k) {
        law[k] = sum(law.head(k).cwiseProduct(rate.col(k).head(k)));
        if constexpr (is_double)
            if (law[k] > 1e100) law.head(k + 1) /= law[k];  // shares of very different size stay within range
    }
    const Number total = sum(law);
    return law / total;
}

}  // namespace detente
