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
