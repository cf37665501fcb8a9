// The built-in economy us-china-2017 as its source was compiled.
#pragma once

#include "economy/catalogue.h"

namespace detente::test {

/// us-china-2017 with the elasticities of its source: what was published of it, and recomputed apart from the engine,
/// is with these, whatever the built-in file holds.
inline Economy us_china_2017_as_compiled() {
    const Catalogue catalogue = Catalogue::beside_program();
    Economy economy = catalogue.load("us-china-2017");
    apply_elasticities(economy, catalogue.load_elasticities("lashkaripour-lugovskyy"), nullptr, {});
    return economy;
}

}  // namespace detente::test
