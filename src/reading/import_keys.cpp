// The options of an import as keys of [economy].
#include "reading/import_keys.h"

namespace detente {
namespace {

std::map<std::string, std::string> names_of(TomlReader& block, const std::string& key) {
    std::map<std::string, std::string> names;
    auto inner = block.table(key);
    if (!inner) return names;
    for (const std::string& name : inner->keys()) names[name] = inner->text(name);
    return names;
}

// A number for all, or a table of numbers with a default.
std::map<std::string, double> values_of(TomlReader& block, const std::string& key) {
    if (!block.has(key) || !block.is_table(key)) {
        const auto number = block.optional_number(key);
        return number ? std::map<std::string, double>{{"*", *number}} : std::map<std::string, double>();
    }
    TomlReader inner = *block.table(key);
    if (inner.has("default") && inner.has("*")) throw_input(inner.place("*"), "the default is given twice");
    std::map<std::string, double> values;
    for (const std::string& name : inner.keys()) values[name == "default" ? "*" : name] = inner.number(name);
    return values;
}

// Tables beside an import are read by their path.
std::filesystem::path file_on_disk(const Sources& sources, const std::string& name, const Place& place) {
    const SourceFile source = find_source(sources, name, place);
    if (source.content != nullptr)
        throw_input({place, "a table of an import is read from the disk", '"' + name + "\", in memory",
                     "a file on the disk", ""});
    return source.path;
}

}  // namespace

ImportOptions read_import_options(TomlReader& block, const Sources& sources) {
    using Kind = ImportOption::Kind;
    ImportOptions options;
    for (const ImportOption& option : import_option_list()) {
        const std::string key = option.key();
        const bool given = block.has(key);
        ImportValue value;
        switch (option.kind) {
            case Kind::flag:
                if (!block.flag(key, false)) continue;
                break;
            case Kind::number:
            case Kind::year:
                value.number = block.optional_number(key).value_or(0.0);
                break;
            case Kind::text:
                value.text = block.optional_text(key).value_or("");
                break;
            case Kind::file:
                if (const auto file = block.optional_text(key))
                    value.file = file_on_disk(sources, *file, block.place(key));
                break;
            case Kind::choice:
                value.text = block.choice(key, option.choices, option.choices.front());
                break;
            case Kind::names:
                value.names = names_of(block, key);
                break;
            case Kind::values:
                value.values = values_of(block, key);
                break;
        }
        if (!given) continue;
        options.places[option.name] = block.place(key);
        option.set(options, value, block.place(key));
    }
    return options;
}

void find_elasticities(ImportOptions& options, const Sources& sources) {
    const auto named = options.places.find("elasticities");
    if (named == options.places.end()) return;
    const std::string& name = options.elasticities;
    const bool path = Catalogue::is_elasticity_path(name) || name.find("${") != std::string::npos;
    options.elasticity_set = std::make_shared<const ElasticitySet>(
        path ? read_elasticity_set(file_on_disk(sources, name, named->second), sources.job)
             : sources.catalogue.load_elasticities(name, named->second, sources.job));
}

}  // namespace detente
