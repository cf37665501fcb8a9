// Calendar dates: days that can be subtracted, read and printed as 2026-07-24.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace detente {

/// A day of the proleptic Gregorian calendar.
using Date = std::chrono::sys_days;

/// The day written as YYYY-MM-DD, nothing where the text is not a day of the calendar.
std::optional<Date> parse_date(std::string_view text);
/// YYYY-MM-DD.
std::string to_string(Date date);
/// Days from `from` to `to`, negative where `to` is earlier.
double days_between(Date from, Date to);
/// Today in universal time.
Date today();

}  // namespace detente
