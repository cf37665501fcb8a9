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

/// How many of the money `other` one of the money `unit` is: "billion 2019 US dollars" are 1000 "million US dollars",
/// at the prices that each has. Units that are the same text are one of each other; 0 where that cannot be said.
double money_in(const std::string& unit, const std::string& other);

}  // namespace detente
