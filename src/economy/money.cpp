#include "economy/money.h"

#include <utility>

namespace detente {

double dollars_in(const std::string& unit) {
    for (const auto& [name, size] : {std::pair{million_us_dollars, 1e6}, {thousand_us_dollars, 1e3}, {us_dollars, 1.0}})
        if (unit.rfind(name, 0) == 0) return size;
    return 0.0;
}

}  // namespace detente
