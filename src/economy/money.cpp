#include "economy/money.h"

#include <regex>
#include <utility>

namespace detente {

double dollars_in(const std::string& unit) {
    for (const auto& [name, size] : {std::pair{million_us_dollars, 1e6}, {thousand_us_dollars, 1e3}, {us_dollars, 1.0}})
        if (unit.rfind(name, 0) == 0) return size;
    return 0.0;
}

namespace {

// As people write it beside an economy's own units: a power of ten and a year of prices before the currency.
double dollars_written(const std::string& unit) {
    static const std::regex form(R"(^(?:(thousand|million|billion|trillion) )?(?:\d{4} )?US dollars(?:,.*)?$)");
    std::smatch found;
    if (!std::regex_match(unit, found, form)) return dollars_in(unit);
    for (const auto& [name, size] :
         {std::pair{"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}, {"trillion", 1e12}})
        if (found[1] == name) return size;
    return 1.0;
}

}  // namespace

double money_in(const std::string& unit, const std::string& other) {
    if (!unit.empty() && unit == other) return 1.0;
    const double of = dollars_written(unit), over = dollars_written(other);
    return over > 0.0 ? of / over : 0.0;
}

}  // namespace detente
