// The files of the report, built into the program (see cmake/report.cmake).
#pragma once

#include <string_view>

namespace detente::report_assets {

std::string_view page();
std::string_view style();
std::string_view parts();
std::string_view scenarios();
std::string_view games();
std::string_view relation();
std::string_view closing();
std::string_view echarts();

}  // namespace detente::report_assets
