// The files of the report, built into the program (see cmake/report.cmake).
#pragma once

#include <string_view>

namespace detente::report_assets {

/// The files of the report as they were built in.
std::string_view page();
std::string_view style();
std::string_view script();

}  // namespace detente::report_assets
