#include "detente/version.h"

namespace detente::v1 {

std::string_view version() noexcept {
    return DETENTE_VERSION;
}

std::string_view instruction_set() noexcept {
#if defined(__AVX2__) && defined(__FMA__)
    return "x86-64-v3";
#else
    return "portable";
#endif
}

}  // namespace detente::v1
