#include "reading/variants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/error.h"
#include "base/text.h"
#include "base/toml_reader.h"

namespace detente {
namespace {

// Blocks that a variant leaves alone: what a study says of itself and holds its numbers against, and other variants.
constexpr std::array unchanged = {"title", "description", "claim", "published", "variant", "uncertainty"};
// Tables that a study need not have for a variant to have them.
constexpr std::array optional_tables = {"model", "groups"};
// Keys of which one rules the other out: who gives one takes the other back.
constexpr std::array<std::array<const char*, 2>, 4> alternatives = {
    {{"name", "path"}, {"path", "name"}, {"horizon", "mean"}, {"mean", "horizon"}}};

bool is_one_of(const std::string& key, const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](const char* one) { return key == one; });
}

// Nodes are moved and not copied: only so do they keep the lines where they stand, for errors.
void put(toml::table& into, std::string_view key, toml::node& node) {
    node.visit([&](auto& value) { into.insert_or_assign(key, std::move(value)); });
}

// What `changes` has stands in `into` afterwards; tables in it are merged likewise.
void merge(toml::table& into, toml::table& changes, bool is_block) {
    for (auto&& [key, node] : changes) {
        toml::table* const old = into[key.str()].as_table();
        if (toml::table* const inner = node.as_table(); inner != nullptr && old != nullptr) {
            merge(*old, *inner, false);
            continue;
        }
        if (is_block)
            for (const auto& [given, other] : alternatives)
                if (key.str() == given && !changes.contains(other)) into.erase(other);
        put(into, key.str(), node);
    }
}

std::string name_of(const toml::table& block) {
    return block["name"].value_or(std::string());
}

// The changes of one variant, put into the text that it is read from.
class VariantChange {
public:
    VariantChange(toml::table& root, std::string file, Place place)
        : root_(root), file_(std::move(file)), place_(std::move(place)) {}

    void take(const std::string& block, toml::node& node) {
        toml::node* const own = root_.get(block);
        if (own == nullptr && node.as_table() != nullptr && is_one_of(block, optional_tables)) {
            put(root_, block, node);
            return;
        }
        if (own == nullptr || is_one_of(block, unchanged)) unknown_block(block, node);
        if (toml::table* const table = own->as_table()) {
            if (node.as_table() == nullptr) wrong(block, node, "a table of keys, as the study has it");
            merge(*table, *node.as_table(), true);
        } else if (toml::array* const list = own->as_array()) {
            take_list(block, *list, node);
        } else {
            unknown_block(block, node);
        }
    }

private:
    Place at(const std::string& key, const toml::node& node) const {
        return {file_, static_cast<int>(node.source().begin.line), place_.key + "." + key};
    }

    [[noreturn]] void wrong(const std::string& block, const toml::node& node, const std::string& expected) const {
        throw_input({at(block, node), "not what a variant can change there", "", expected, ""});
    }

    [[noreturn]] void unknown_block(const std::string& block, const toml::node& node) const {
        if (is_one_of(block, unchanged))
            throw_input({at(block, node), "not what a variant can change", block,
                         "economy, model, groups, scenarios, questions or relations", ""});
        std::vector<std::string> names;
        for (auto&& [key, value] : root_)
            if (!is_one_of(std::string(key.str()), unchanged) && !value.is_value()) names.emplace_back(key.str());
        for (const char* table : optional_tables)
            if (root_.get(table) == nullptr) names.emplace_back(table);
        throw_unknown_name(at(block, node), "block of this study", block, names);
    }

    void take_list(const std::string& block, toml::array& list, toml::node& node) {
        if (toml::table* const one = node.as_table()) {
            take_one(block, list, *one);
            return;
        }
        toml::array* const many = node.as_array();
        if (many == nullptr) wrong(block, node, "a block, or a list of blocks, each with its name");
        for (toml::node& one : *many) {
            if (one.as_table() == nullptr) wrong(block, one, "a block with its name");
            take_one(block, list, *one.as_table());
        }
    }

    // A block without a name is meant where there is but one.
    void take_one(const std::string& block, toml::array& list, toml::table& changes) {
        const std::string name = name_of(changes);
        if (name.empty() && list.size() != 1)
            throw_input({at(block, changes), "says not which of the study's blocks it changes", "",
                         "name = \"...\" of one of them", ""});
        std::vector<std::string> names;
        for (toml::node& node : list) {
            toml::table* const one = node.as_table();
            if (one == nullptr) continue;
            if (name.empty() || name_of(*one) == name) {
                merge(*one, changes, false);
                return;
            }
            names.push_back(name_of(*one));
        }
        throw_unknown_name(at(block, changes), "block", name, names);
    }

    toml::table& root_;
    std::string file_;
    Place place_;
};

[[noreturn]] void rethrow_in(const std::string& variant, const Error& error) {
    const InputProblem* const problem = error.problem();
    if (error.kind() != ErrorKind::input || problem == nullptr) throw;
    InputProblem told = *problem;
    told.problem += fmt::format(" (in the variant \"{}\")", variant);
    throw_input(told);
}

}  // namespace

void read_variants(const std::string& text, const std::string& file, const toml::table& parsed, Study& study,
                   const std::function<Study(const toml::table&)>& read) {
    TomlReader root(parsed, file, "");
    std::unordered_set<std::string> names;
    std::size_t position = 0;
    for (TomlReader& block : root.tables("variant")) {
        Variant variant;
        variant.place = block.place();
        variant.name = clean_name(block.text("name"), "variant", block.place("name"));
        variant.title = block.optional_text("title").value_or("");
        variant.description = block.optional_text("description").value_or("");
        if (!names.insert(variant.name).second)
            throw_input(variant.place, "the variant name \"" + variant.name + "\" stands twice");
        toml::table changed = parse_toml(text, file);
        toml::table changes = std::move(*changed["variant"].as_array()->get(position++)->as_table());
        for (const char* key : {"name", "title", "description"}) changes.erase(key);
        if (changes.empty())
            throw_input({variant.place, "changes nothing", '"' + variant.name + '"',
                         "a block with keys in place of the study's, such as model = { scale_economies = true }", ""});
        VariantChange change(changed, file, variant.place);
        for (auto&& [key, node] : changes) change.take(std::string(key.str()), node);
        for (const char* key : {"variant", "published", "uncertainty"}) changed.erase(key);
        try {
            variant.study = std::make_shared<const Study>(read(changed));
        } catch (const Error& error) {
            rethrow_in(variant.name, error);
        }
        study.variants.push_back(std::move(variant));
    }
}

}  // namespace detente
