// The files of the report, built into the program (see cmake/report.cmake).
#pragma once

#include <string_view>

namespace detente::report_assets {

std::string_view page();    ///< the page, with a marker for each of the others and for the results
std::string_view style();   ///< its style sheet
std::string_view script();  ///< its modules and the charts that they use, as one script

}  // namespace detente::report_assets
