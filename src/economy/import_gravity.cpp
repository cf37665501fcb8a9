// Bilateral trade, as gravity data have it: a row for each pair (and product), and the GDP of every region.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include "economy/import_common.h"
#include "economy/region_table.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

// GDP by region in the unit of the flows, and why some have none.
struct Gdp {
    std::map<std::string, double> value;
    std::vector<std::string> empty;  // a row that leaves it open: known to be unknown
    bool given = false;
};

// Thousands of dollars beside dollars: where both tables say their unit, no option is needed.
double gdp_unit(const ImportOptions& options, const TradeFlows& flows, const RegionTable* table, Economy& e) {
    const double unit = options.gdp_unit.value_or(1.0);
    if (options.gdp_unit) {
        add_note(e, fmt::format("GDP was multiplied by {} to the unit of the flows.", unit));
    } else if (table != nullptr && table->dollars > 0.0 && flows.columns.dollars > 0.0 &&
               table->dollars != flows.columns.dollars) {
        add_note(e, fmt::format("GDP in US dollars was brought to the {} of the flows.", flows.columns.unit));
        return table->dollars / flows.columns.dollars;
    }
    return unit;
}

// ------------------------------------------------------------------------------------------------------- regions

// What leaving out regions does to trade.
void note_dropped(const TradeFlows& flows, const std::set<std::string>& dropped, Economy& e) {
    double all = 0.0, lost = 0.0;
    for (const Flow& flow : flows.flows) {
        if (flow.exporter == flow.importer) continue;
        const auto name = [&](int at) { return flows.regions[static_cast<std::size_t>(at)]; };
        all += flow.value;
        if (dropped.count(name(flow.exporter)) > 0 || dropped.count(name(flow.importer)) > 0) lost += flow.value;
    }
    add_note(e, fmt::format("Regions without GDP were left out, with their trade ({:.3g} % of all): {}.",
                            all > 0.0 ? 100.0 * lost / all : 0.0, fmt::join(dropped, ", ")));
}

// A region whose GDP is an empty cell is left out; one that the GDP does not name may be a misspelt one.
std::set<std::string> regions_to_drop(const TradeFlows& flows, const Gdp& gdp, const std::vector<std::string>& known,
                                      const ImportOptions& options) {
    const std::set<std::string> empty(gdp.empty.begin(), gdp.empty.end());
    std::set<std::string> dropped;
    std::vector<std::string> unnamed;
    int first = 0;
    for (std::size_t at = 0; at < flows.regions.size(); ++at) {
        const std::string& name = flows.regions[at];
        if (gdp.value.count(name) > 0) continue;
        dropped.insert(name);
        if (empty.count(name) > 0) continue;
        if (unnamed.empty()) first = flows.first_line[at];
        unnamed.push_back(name);
    }
    if (!unnamed.empty() && !options.drop_without_gdp) {
        throw_input({Place{flows.file, first, ""},
                     fmt::format("{} region{} of the flows {} no GDP", unnamed.size(), unnamed.size() == 1 ? "" : "s",
                                 unnamed.size() == 1 ? "has" : "have"),
                     '"' + short_list(unnamed, 8) + '"',
                     "a row of GDP for each, or --drop-without-gdp to leave them out",
                     nearest_name(unnamed.front(), known)});
    }
    if (dropped.size() == flows.regions.size()) throw_input(Place{flows.file, 0, ""}, "no region of the flows has GDP");
    return dropped;
}

// ------------------------------------------------------------------------------------------------------ home sales

double exports_of(const Economy& e, int i) {
    double sum = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int j = 0; j < e.n_regions(); ++j)
            if (j != i) sum += e.trade(i, j, s);
    return sum;
}

double home_sales_of(const Economy& e, int i) {
    double sum = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s) sum += e.trade(i, i, s);
    return sum;
}

// Which regions have a row of home sales, were it of 0.
std::set<std::string> with_home_rows(const TradeFlows& flows) {
    std::set<std::string> names;
    for (const Flow& flow : flows.flows)
        if (flow.exporter == flow.importer) names.insert(flows.regions[static_cast<std::size_t>(flow.exporter)]);
    return names;
}

// Takes away what the source has of a region's trade with itself; returns the names of the regions.
std::vector<std::string> clear_home_sales(Economy& e) {
    std::vector<std::string> names;
    for (int i = 0; i < e.n_regions(); ++i) {
        if (home_sales_of(e, i) > 0.0) names.push_back(e.regions[i]);
        for (int s = 0; s < e.n_sectors(); ++s) e.trade(i, i, s) = 0.0;
    }
    return names;
}

// Home sales of a region over its sectors: the share of home goods in spending is the same in each.
void spread_home_sales(int i, double sales, Economy& e) {
    std::vector<double> weight(static_cast<std::size_t>(e.n_sectors()), 0.0);
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int j = 0; j < e.n_regions(); ++j)
            if (j != i) weight[static_cast<std::size_t>(s)] += e.trade(j, i, s);
    double total = std::accumulate(weight.begin(), weight.end(), 0.0);
    if (!(total > 0.0)) {
        std::fill(weight.begin(), weight.end(), 1.0);
        total = e.n_sectors();
    }
    for (int s = 0; s < e.n_sectors(); ++s) e.trade(i, i, s) = sales * (weight[static_cast<std::size_t>(s)] / total);
}

// Home sales as GDP less exports. Trade is gross and GDP is not: a hub may export more than its GDP.
void home_sales_from_gdp(const std::string& file, bool clip, Economy& e) {
    const std::vector<double>& gdp = e.region_columns.at("gdp");
    const std::vector<std::string> replaced = clear_home_sales(e);
    std::vector<std::string> hubs;
    for (int i = 0; i < e.n_regions(); ++i) {
        const double rest = gdp[static_cast<std::size_t>(i)] - exports_of(e, i);
        if (!(rest > 0.0)) hubs.push_back(e.regions[i]);
        spread_home_sales(i, std::max(0.0, rest), e);
    }
    if (!hubs.empty() && !clip) {
        throw_input(
            {Place{file, 0, ""},
             fmt::format("home sales cannot be GDP less exports: {} regions export as much as their GDP or more",
                         hubs.size()),
             short_list(hubs), "GDP in the unit of trade (--gdp-unit), or --home-sales gdp-clip, which sets them to 0",
             ""});
    }
    add_note(e,
             "ASSUMED: home sales are GDP less exports, so that sales sum to GDP (trade is gross and GDP is net of "
             "inputs: home shares come out low).");
    if (!replaced.empty()) {
        add_note(e, fmt::format("Flows of a region with itself (re-imports, in statistics of trade) were replaced: {}.",
                                fmt::join(replaced, ", ")));
    }
    if (e.n_sectors() > 1)
        add_note(e, "ASSUMED: home goods have the same share of a region's spending in each sector.");
    if (!hubs.empty()) {
        add_note(e, fmt::format("ASSUMED: where exports exceed GDP home sales are 0 and sales sum to exports: {}.",
                                fmt::join(hubs, ", ")));
    }
}

void settle_home_sales(const TradeFlows& flows, const ImportOptions& options, Economy& e) {
    const bool build = options.home_sales != ImportOptions::HomeSales::source;
    if (flows.columns.statistics && !build) {
        const std::vector<std::string> names = clear_home_sales(e);
        if (!names.empty()) {
            add_note(e, fmt::format("Flows of a region with itself are re-imports in {} and were left out: {}.",
                                    flows.columns.layout, fmt::join(names, ", ")));
        }
    }
    const std::set<std::string> home = flows.columns.statistics ? std::set<std::string>() : with_home_rows(flows);
    int given = 0, without = -1;
    for (int i = 0; i < e.n_regions(); ++i) {
        const bool has = home.count(e.regions[i]) > 0;
        given += has ? 1 : 0;
        if (!has && without < 0) without = i;
    }
    const bool has_gdp = e.region_columns.count("gdp") > 0;
    if (!has_gdp && (build || given == 0)) {
        throw_input({Place{flows.file, flows.header_line, ""}, "neither home sales nor GDP are given", "",
                     "columns gdp_o and gdp_d, a second file with columns iso3,gdp, or rows with exporter = importer",
                     ""});
    }
    if (build) {
        home_sales_from_gdp(flows.file, options.home_sales == ImportOptions::HomeSales::gdp_clip, e);
    } else if (given == 0) {
        e.value_added = e.region_columns.at("gdp");
        add_note(
            e,
            "The source has no home sales: only the melitz model, which builds them from GDP, can use it (or import "
            "again with --home-sales gdp). value_added is GDP.");
    } else if (given < e.n_regions()) {
        throw_input({Place{flows.file, 0, ""}, "some regions have home sales and others have none",
                     fmt::format("{} of {}; none for {}", given, e.n_regions(), e.regions[without]),
                     "all, none, or GDP and --home-sales gdp, which replaces them (in statistics of trade, flows of a "
                     "region with itself are re-imports)",
                     ""});
    } else {
        add_note(e, "Value added is all of sales, home sales included.");
    }
}

// --------------------------------------------------------------------------------------------------------- assembly

// GDP from the second file or from the rows; settles which regions there are, and in which order.
void settle_regions(const TradeFlows& flows, const RegionTable* table, const ImportOptions& options, Economy& e) {
    Gdp gdp;
    if (table != nullptr) {
        gdp = {table->gdp, table->empty_gdp, true};
    } else if (flows.has_gdp) {
        gdp = {flows.gdp, flows.empty_gdp, true};
    }
    if (options.gdp_unit && !gdp.given)
        throw_input(option_place(options, "gdp-unit"), "the source has no GDP; the option is not for it");
    if (!gdp.given) {
        e.regions = IndexSet("region", flows.regions, Place{flows.file, 0, ""});
        return;
    }
    // Where the source has all home sales GDP only comes along, and where it is not known for all it is left out.
    const bool needed = options.home_sales != ImportOptions::HomeSales::source || flows.columns.statistics ||
                        with_home_rows(flows).size() < flows.regions.size();
    const auto known = [&](const std::string& name) { return gdp.value.count(name) > 0; };
    if (!needed && table == nullptr && !std::all_of(flows.regions.begin(), flows.regions.end(), known)) {
        e.regions = IndexSet("region", flows.regions, Place{flows.file, 0, ""});
        add_note(e, "GDP, which is not known for every region, was left out.");
        return;
    }
    const std::set<std::string> dropped =
        regions_to_drop(flows, gdp, table != nullptr ? table->regions : flows.regions, options);
    if (!dropped.empty()) note_dropped(flows, dropped, e);
    const std::set<std::string> trading(flows.regions.begin(), flows.regions.end());
    std::vector<std::string> names, idle;
    for (const std::string& name : table != nullptr ? table->regions : flows.regions)
        if (dropped.count(name) == 0) (trading.count(name) > 0 ? names : idle).push_back(name);
    if (!idle.empty()) {
        add_note(e, "Regions with GDP and without trade were left out: " + short_list(idle) + ".");
    }
    e.regions = IndexSet("region", names, Place{flows.file, 0, ""});
    const double unit = gdp_unit(options, flows, table, e);
    std::vector<double>& column = e.region_columns["gdp"];
    for (const std::string& name : e.regions.names()) column.push_back(gdp.value.at(name) * unit);
    if (table == nullptr) return;
    for (const auto& [title, values] : table->columns)
        for (const std::string& name : e.regions.names()) e.region_columns[title].push_back(values.at(name));
}

void fill_trade(const TradeFlows& flows, Economy& e) {
    e.trade = TradeTensor(e.n_regions(), e.n_sectors());  // a pair without a row trades nothing
    e.tariff = TradeTensor(e.n_regions(), e.n_sectors());
    std::vector<int> position;
    position.reserve(flows.regions.size());
    for (const std::string& name : flows.regions)
        position.push_back(e.regions.contains(name) ? e.regions.at(name) : -1);
    for (const Flow& flow : flows.flows) {
        const int i = position[static_cast<std::size_t>(flow.exporter)];
        const int j = position[static_cast<std::size_t>(flow.importer)];
        if (i >= 0 && j >= 0) e.trade(i, j, flow.sector) = flow.value;
    }
}

// Trade a thousandth or a hundredfold of GDP is rather a matter of units.
void question_units(Economy& e) {
    const auto found = e.region_columns.find("gdp");
    if (found == e.region_columns.end()) return;
    double trade = 0.0;
    for (int i = 0; i < e.n_regions(); ++i) trade += exports_of(e, i);
    const double share = trade / std::accumulate(found->second.begin(), found->second.end(), 0.0);
    constexpr double least = 1e-3, most = 10.0;
    if (share > 0.0 && (share < least || share > most)) {
        add_note(e, fmt::format("QUESTION: all trade is {:.3g} % of all GDP; are both in one unit (--gdp-unit)?",
                                100.0 * share));
    }
}

// Without inputs everything is final: what is spent on a sector, tariffs included.
void fill_final_shares(Economy& e) {
    e.final_share = RegionSector(e.n_regions(), e.n_sectors(), 1.0 / e.n_sectors());
    if (e.n_sectors() == 1) return;
    const RegionSector spending = expenditure(e);
    for (int j = 0; j < e.n_regions(); ++j) {
        double total = 0.0;
        for (int s = 0; s < e.n_sectors(); ++s) total += spending(j, s);
        if (!(total > 0.0)) continue;
        for (int s = 0; s < e.n_sectors(); ++s) e.final_share(j, s) = spending(j, s) / total;
    }
}

}  // namespace

Economy import_gravity(const fs::path& path, const ImportOptions& options) {
    if (options.gdp_unit && (!(*options.gdp_unit > 0.0) || !std::isfinite(*options.gdp_unit))) {
        throw_input({option_place(options, "gdp-unit"), "the unit of GDP must be positive",
                     csv_number(*options.gdp_unit), "above 0", ""});
    }
    std::optional<SectorMap> map;
    if (!options.sectors_file.empty()) map = SectorMap::read(options.sectors_file, options.csv, options.job);
    const TradeFlows flows = read_trade_flows(path, options, map ? &*map : nullptr);
    std::optional<RegionTable> table;
    if (!options.gdp_file.empty()) table = read_region_table(options.gdp_file, options, flows);

    Economy e;
    e.year = flows.year != 0 ? flows.year : options.year.value_or(0);
    e.title = "Bilateral trade, " + path.stem().string();
    e.source = path.filename().string();
    e.licence = "that of the source";
    e.unit = flows.columns.unit.empty() ? "the unit of the flows" : flows.columns.unit;
    e.sectors = map ? map->sectors() : IndexSet("sector", {"goods"});
    e.sector_titles = map ? map->titles() : std::vector<std::string>{"Goods"};
    e.goods = map ? map->goods() : std::vector<char>{1};
    for (const std::string& note : flows.notes) add_note(e, note);
    if (table)
        for (const std::string& note : table->notes) add_note(e, note);
    settle_regions(flows, table ? &*table : nullptr, options, e);
    fill_trade(flows, e);
    settle_home_sales(flows, options, e);
    question_units(e);

    e.value_added_share = RegionSector(e.n_regions(), e.n_sectors(), 1.0);
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    fill_gaps(e, {.theta = true, .tariff = true, .year = true, .gravity = true}, options);
    fill_final_shares(e);
    return e;
}

}  // namespace detente
