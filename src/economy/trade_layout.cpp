#include "economy/trade_layout.h"

#include <algorithm>
#include <set>

#include "economy/money.h"

namespace detente {
namespace {

struct ColumnFilter {
    const char* column;
    std::vector<std::string> values;
};

// A published table: it is this one where all of `marks` stand in the header. Names in small letters.
struct Layout {
    const char* name;
    std::vector<std::string> marks;
    Aliases exporter, importer, value, year, product;
    const char* unit;
    bool statistics = false, levels = false;
    const char* direction = nullptr;
    std::vector<ColumnFilter> filters = {};
};

// BACI: Gaulier and Zignago (2010); Gravity: Conte, Cotterlaz and Mayer (2022); ITPD-E: Borchert, Larch, Shikher and
// Yotov (2021); Comtrade's exports in the layouts since 2023 and before; the World Bank's WITS.
const std::vector<Layout>& layouts() {
    static const std::vector<Layout> all = {
        {"BACI (CEPII)", {"t", "i", "j", "v"}, {"i"}, {"j"}, {"v"}, {"t"}, {"k", "hs6"}, thousand_us_dollars, true},
        {"Gravity (CEPII)",
         {"iso3_o", "iso3_d", "tradeflow_baci"},
         {"iso3_o"},
         {"iso3_d"},
         {"tradeflow_baci"},
         {"year"},
         {},
         thousand_us_dollars,
         true,
         false,
         nullptr,
         {{"country_exists_o", {"1", ""}}, {"country_exists_d", {"1", ""}}}},
        {"ITPD-E (USITC)",
         {"exporter_iso3", "importer_iso3", "industry_id", "trade"},
         {"exporter_iso3"},
         {"importer_iso3"},
         {"trade"},
         {"year"},
         {"industry_id"},
         million_us_dollars},
        {"Comtrade (United Nations)",
         {"reporteriso", "partneriso", "flowcode", "primaryvalue"},
         {"reporteriso"},
         {"partneriso"},
         {"primaryvalue"},
         {"refyear"},
         {"cmdcode"},
         us_dollars,
         true,
         true,
         "flowcode",
         {{"partner2code", {"0", ""}}, {"customscode", {"C00", ""}}, {"motcode", {"0", ""}}}},
        {"Comtrade (United Nations)",
         {"reporter iso", "partner iso", "trade flow", "trade value (us$)"},
         {"reporter iso"},
         {"partner iso"},
         {"trade value (us$)"},
         {"year"},
         {"commodity code"},
         us_dollars,
         true,
         true,
         "trade flow"},
        {"WITS (World Bank)",
         {"reporteriso3", "partneriso3", "tradeflowname", "tradevalue in 1000 usd"},
         {"reporteriso3"},
         {"partneriso3"},
         {"tradevalue in 1000 usd"},
         {"year"},
         {"productcode"},
         thousand_us_dollars,
         true,
         true,
         "tradeflowname"},
    };
    return all;
}

// Tables of one's own, and what Stata and R people call the columns of theirs.
const Layout& plain() {
    static const Layout names = {
        "",
        {},
        {"exporter", "iso3_o", "iso_o", "origin", "orig", "exporter_iso3", "iso3_exporter", "iso_orig", "iso3_orig",
         "exp"},
        {"importer", "iso3_d", "iso_d", "destination", "dest", "importer_iso3", "iso3_importer", "iso_dest",
         "iso3_dest", "imp"},
        {"value", "trade", "flow", "v", "tradeflow", "trade_flow", "trade_value"},
        {"year", "refyear"},
        {"product", "industry", "sector", "industry_id", "hs6", "hs2", "hs4", "k", "sitc", "isic", "cmdcode"},
        ""};
    return names;
}

const Layout& layout_of(const std::vector<std::string>& columns) {
    std::set<std::string> names;
    for (const std::string& column : columns) names.insert(lower(column));
    for (const Layout& layout : layouts()) {
        const bool all = std::all_of(layout.marks.begin(), layout.marks.end(),
                                     [&](const std::string& mark) { return names.count(mark) > 0; });
        if (all) return layout;
    }
    return plain();
}

}  // namespace

FlowColumns flow_columns(const std::vector<std::string>& columns, const Place& header, const ColumnChoice& chosen) {
    const Layout& layout = layout_of(columns);
    FlowColumns found;
    found.layout = layout.name;
    found.statistics = layout.statistics;
    found.levels = layout.levels;
    found.exporter = need_column(columns, header, "exporter", layout.exporter, chosen);
    found.importer = need_column(columns, header, "importer", layout.importer, chosen);
    found.value = need_column(columns, header, "value", layout.value, chosen);
    found.year = find_column(columns, header, "year", layout.year, chosen);
    found.product = find_column(columns, header, "product", layout.product, chosen);
    found.gdp_exporter = find_column(columns, header, "gdp_o", {"gdp_o"}, chosen);
    found.gdp_importer = find_column(columns, header, "gdp_d", {"gdp_d"}, chosen);
    // A column that a person chose may be in another unit.
    if (chosen.count("value") == 0) {
        found.unit = layout.unit;
        found.dollars = dollars_in(layout.unit);
    }
    if (layout.direction != nullptr) found.direction = find_column(columns, header, "direction", {layout.direction});
    for (const ColumnFilter& filter : layout.filters) {
        const int column = find_column(columns, header, filter.column, {filter.column});
        if (column >= 0) found.filters.push_back({column, filter.values});
    }
    for (std::size_t at = 0; at < columns.size(); ++at)
        if (static_cast<int>(at) != found.value && lower(columns[at]).find("tradeflow") != std::string::npos &&
            static_cast<int>(at) != found.direction)
            found.other_values.push_back(columns[at]);
    return found;
}

bool is_flow_header(const std::vector<std::string>& fields, const ColumnChoice& chosen) {
    const auto choice = chosen.find("value");
    if (choice != chosen.end()) return std::count(fields.begin(), fields.end(), choice->second) > 0;
    const Layout& layout = layout_of(fields);
    return std::any_of(fields.begin(), fields.end(), [&](const std::string& field) {
        return std::count(layout.value.begin(), layout.value.end(), lower(field)) > 0;
    });
}

}  // namespace detente
