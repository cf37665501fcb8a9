// An ordered set of names: the labels of one dimension.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"

namespace detente {

/// Names in a fixed order, each once, with their positions from 0.
class IndexSet {
public:
    IndexSet() = default;
    /// `kind` names the dimension in errors ("region", "sector"), `place` where the names come from. Names are kept
    /// without surrounding blanks; throws on a repeated name and on one that `clean_name` refuses.
    IndexSet(std::string kind, std::vector<std::string> names, const Place& place = {});

    /// Number of names.
    int size() const { return static_cast<int>(names_.size()); }
    const std::string& operator[](int i) const { return names_[static_cast<std::size_t>(i)]; }
    /// The names in order, what they name (for errors), and whether `name` is one of them.
    const std::vector<std::string>& names() const { return names_; }
    const std::string& kind() const { return kind_; }
    bool contains(const std::string& name) const;

    /// Position of `name`; throws an input error with the nearest name where there is none.
    int at(const std::string& name, const Place& place = {}) const;

    bool operator==(const IndexSet& other) const { return names_ == other.names_; }

private:
    std::unordered_map<std::string, int>::const_iterator find(const std::string& name) const;

    std::string kind_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, int> position_;
};

/// The one rule for names, whatever file they come from: without surrounding blanks ("USA " is USA). Throws an input
/// error where the text is empty, "*", longer than 256 bytes, not UTF-8, or has a control character.
std::string clean_name(std::string_view text, const std::string& kind, const Place& place);

}  // namespace detente
