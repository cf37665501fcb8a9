// An ordered set of names: the labels of one dimension.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"

namespace detente {

class IndexSet {
public:
    IndexSet() = default;
    /// `kind` names the dimension in errors ("region", "sector"). Throws on an empty or repeated name.
    IndexSet(std::string kind, std::vector<std::string> names);

    int size() const { return static_cast<int>(names_.size()); }
    const std::string& operator[](int i) const { return names_[static_cast<std::size_t>(i)]; }
    const std::vector<std::string>& names() const { return names_; }
    const std::string& kind() const { return kind_; }
    bool contains(const std::string& name) const { return position_.count(name) > 0; }

    /// Position of `name`; throws an input error with the nearest name where there is none.
    int at(const std::string& name, const Place& place = {}) const;

    bool operator==(const IndexSet& other) const { return names_ == other.names_; }

private:
    std::string kind_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, int> position_;
};

}  // namespace detente
