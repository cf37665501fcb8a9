// Ledgers: TOML with tables in CSV beside it, read and tracked.
#include <nlohmann/json.hpp>

#include "commitment/fidelity.h"
#include "commitment/ledger.h"
#include "commitment/track_text.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    std::string_view ledger;
    for (const auto& [name, content] : split(as_text(data, size))) {
        if (name.empty()) ledger = content;
        if (name == "commitments.csv" || name == "observations.csv") put(name, content);
    }
    const auto path = put("ledger.toml", ledger);
    reads([&] {
        const detente::Ledger read = detente::read_ledger(path);
        for (const detente::Observation& seen : read.observations)
            if (seen.commitment < 0 || seen.commitment >= static_cast<int>(read.commitments.size()))
                broken("an observation of no commitment");
        for (const char* day : {"2020-06-30", "2027-01-01"}) {
            const auto report = detente::track(read, *detente::parse_date(day));
            const auto fidelity = estimate_fidelity(read, report);
            (void)detente::track_text(read, report, fidelity, {});
            (void)detente::track_json(read, report, fidelity, {}).dump();
        }
    });
    return 0;
}
