#include "library/sources.h"

#include "base/date.h"
#include "library/catalogue.h"

namespace detente::library {

Sources engine(const v1::Sources& sources) {
    Sources given;
    given.files = {sources.contents.begin(), sources.contents.end()};
    given.catalogue = engine(sources.catalogue);
    if (!sources.folder.empty()) given.folder = sources.folder;
    given.variable = [values = sources.variables](const std::string& name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
    if (!sources.today.empty()) {
        given.today = parse_date(sources.today);
        if (!given.today) throw_input({{"", 0, "today"}, "not a date", sources.today, "YYYY-MM-DD", ""});
    }
    return given;
}

}  // namespace detente::library
