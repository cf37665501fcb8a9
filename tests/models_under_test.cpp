#include "models_under_test.h"

namespace detente::testing {

const ModelTable& models_under_test() {
    static const ModelTable table = built_in_models().with(armington_model());
    return table;
}

ModelOptions options_for(const Model& model, const Economy& economy) {
    ModelOptions options = model_options(model);
    for (const ModelOption& option : model.options)
        if (option.kind == ModelOption::Kind::region) options.set(option.name, economy.regions[0]);
    return options;
}

ModelOptions options_for(const Model& model, const Economy& economy, Closure closure) {
    ModelOptions options = options_for(model, economy);
    options.closure = closure;
    return options;
}

Economy suited_to(const Model& model, const Economy& economy) {
    if (!model.one_sector || economy.n_sectors() == 1) return economy;
    const int n = economy.n_regions();
    Economy one = economy;
    one.sectors = IndexSet("sector", {economy.sectors[0]});
    for (auto* list : {&one.theta, &one.sigma, &one.psi})
        if (!list->empty()) list->resize(1);
    if (!one.sector_titles.empty()) one.sector_titles.resize(1);
    if (!one.goods.empty()) one.goods.resize(1);
    one.trade = one.tariff = TradeTensor(n, 1);
    one.value_added_share = one.final_share = RegionSector(n, 1, 1.0);
    one.input_share = InputTensor(n, 1);
    for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i)
            one.trade(i, j, 0) = economy.trade(i, j, 0), one.tariff(i, j, 0) = economy.tariff(i, j, 0);
    return one;
}

RandomSpec suited_to(const Model& model, RandomSpec spec) {
    if (model.one_sector) spec.min_sectors = spec.max_sectors = 1;
    return spec;
}

}  // namespace detente::testing
