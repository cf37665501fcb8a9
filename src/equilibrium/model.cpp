#include "equilibrium/model.h"

namespace detente {

const std::vector<std::string>& closure_names() {
    static const std::vector<std::string> names = {"fixed", "world_share", "balanced"};
    return names;
}

const std::vector<std::string>& revenue_names() {
    static const std::vector<std::string> names = {"lump_sum", "income_tax"};
    return names;
}

std::string to_string(Closure closure) {
    return closure_names()[static_cast<std::size_t>(closure)];
}

std::string to_string(Revenue revenue) {
    return revenue_names()[static_cast<std::size_t>(revenue)];
}

Closure closure_of(const World& world, const Shock& shock) {
    return shock.closure.value_or(world.options.closure);
}

std::vector<double> received(const World& world, const Shock& shock) {
    std::vector<double> list = shock.transfer.empty() ? world.transfer : shock.transfer;
    if (shock.closure == Closure::balanced) list.assign(world.transfer.size(), 0.0);
    for (std::size_t j = 0; j < shock.payment.size(); ++j) list[j] += shock.payment[j];
    return list;
}

}  // namespace detente
