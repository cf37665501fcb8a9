// The units that published economies count money in.
#pragma once

#include <string>

namespace detente {

/// As `Economy::unit` has them.
inline constexpr const char *us_dollars = "US dollars", *thousand_us_dollars = "thousand US dollars",
                            *million_us_dollars = "million US dollars";

/// The US dollars in one unit of an economy's money (1e6 for "million US dollars, at the prices of 2014"), or 0 where
/// the unit does not say.
double dollars_in(const std::string& unit);

}  // namespace detente
