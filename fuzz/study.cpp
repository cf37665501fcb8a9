// A study (TOML), over a small economy that stands beside it; a ledger may be a part of the input.
#include <cstdlib>

#include "economy/economy_io.h"
#include "fuzz.h"
#include "questions/built_in.h"

namespace detente::fuzz {
namespace {

void prepare() {
    write_economy(small_economy(), folder() / "small.nc");
    std::filesystem::create_directories(folder() / "economies");
    write_economy(small_economy(), folder() / "economies" / "built-in.nc");
    export_csv(small_economy(), folder() / "tables");
    ::setenv("DETENTE_ECONOMIES", (folder() / "economies").c_str(), 1);
    ::unsetenv("DETENTE_SHARED");
}

}  // namespace
}  // namespace detente::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    static const bool prepared = (prepare(), true);
    (void)prepared;
    const Parts parts = split(as_text(data, size));
    std::string_view study;
    for (const auto& [name, content] : parts) {
        if (name.empty()) study = content;
        if (name == "ledger.toml") put(name, content);
    }
    const auto path = put("study.toml", study);
    reads([&] {
        const detente::Study read = detente::read_study(path);
        if (read.scenarios.empty() && read.questions.empty()) broken("a study that asks nothing was taken");
    });
    return 0;
}
