#include "equilibrium/model.h"

namespace detente {

const std::vector<std::string>& model_names() {
    static const std::vector<std::string> names = {"ricardian", "krugman", "melitz"};
    return names;
}

const std::vector<std::string>& closure_names() {
    static const std::vector<std::string> names = {"fixed", "world_share", "balanced"};
    return names;
}

std::string to_string(ModelKind kind) {
    return model_names()[static_cast<std::size_t>(kind)];
}

std::string to_string(Closure closure) {
    return closure_names()[static_cast<std::size_t>(closure)];
}

std::string numeraire_name(ModelKind kind) {
    return kind == ModelKind::melitz    ? "world consumer prices"
           : kind == ModelKind::krugman ? "world labour income"
                                        : "world value added";
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

ModelOptions model_options(ModelKind kind) {
    ModelOptions options;
    options.kind = kind;
    if (kind == ModelKind::krugman) options.closure = Closure::balanced;
    if (kind == ModelKind::melitz) {
        options.closure = Closure::world_share;
        options.labour_supply = 0.5;
        options.revenue = Revenue::income_tax;
    }
    return options;
}

}  // namespace detente
