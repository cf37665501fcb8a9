#include "base/index_set.h"

#include <utility>

namespace detente {

IndexSet::IndexSet(std::string kind, std::vector<std::string> names)
    : kind_(std::move(kind)), names_(std::move(names)) {
    for (int i = 0; i < size(); ++i) {
        const std::string& name = names_[static_cast<std::size_t>(i)];
        if (name.empty()) throw_input(Place{}, "empty " + kind_ + " name");
        if (!position_.emplace(name, i).second) throw_input(Place{}, "repeated " + kind_ + " name \"" + name + "\"");
    }
}

int IndexSet::at(const std::string& name, const Place& place) const {
    const auto found = position_.find(name);
    if (found == position_.end()) throw_unknown_name(place, kind_, name, names_);
    return found->second;
}

}  // namespace detente
