#include "base/index_set.h"

#include <utility>

#include "base/text.h"

namespace detente {

IndexSet::IndexSet(std::string kind, std::vector<std::string> names, const Place& place)
    : kind_(std::move(kind)), names_(std::move(names)) {
    for (int i = 0; i < size(); ++i) {
        std::string& name = names_[static_cast<std::size_t>(i)];
        name = clean_name(name, kind_, place);
        if (!position_.emplace(name, i).second) throw_input(place, "repeated " + kind_ + " name \"" + name + "\"");
    }
}

bool IndexSet::contains(const std::string& name) const {
    return find(name) != position_.end();
}

// Names are looked up as they are kept: without surrounding blanks.
std::unordered_map<std::string, int>::const_iterator IndexSet::find(const std::string& name) const {
    const auto found = position_.find(name);
    if (found != position_.end()) return found;
    return position_.find(std::string(trimmed(name)));
}

std::string clean_name(std::string_view text, const std::string& kind, const Place& place) {
    const std::string fault = name_fault(text);
    if (!fault.empty()) throw_input(place, "the name of a " + kind + " " + fault);
    return std::string(trimmed(text));
}

int IndexSet::at(const std::string& name, const Place& place) const {
    const auto found = find(name);
    if (found == position_.end()) throw_unknown_name(place, kind_, name, names_);
    return found->second;
}

}  // namespace detente
