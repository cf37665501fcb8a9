// What counts as equal between payoffs.
#pragma once

namespace detente {

/// What is smaller than this beside the terms that it comes from is rounding: equal, binding, a tie.
inline constexpr double rounding = 1e-12;

}  // namespace detente
