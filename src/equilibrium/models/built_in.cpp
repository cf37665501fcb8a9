#include "equilibrium/models/built_in.h"

namespace detente {

const ModelTable& built_in_models() {
    static const ModelTable table({&ricardian_model(), &krugman_model(), &melitz_model()});
    return table;
}

const Model& default_model() {
    return ricardian_model();
}

}  // namespace detente
