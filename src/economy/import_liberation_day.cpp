// Ignatenko, Lashkaripour, Macedoni and Simonovska (2025): 194 countries, goods trade of 2023, no home sales.
#include "economy/import_common.h"
#include "economy/money.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

constexpr double published_theta = 4.0;  // the paper's trade elasticity

void read_trade_table(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int value = table.column("value");
    e.trade = e.tariff = TradeTensor(e.n_regions(), e.n_sectors());
    // The source lists positive flows only: a pair without a row trades nothing.
    for_each_cell(table, {{"exporter", &e.regions}, {"importer", &e.regions}}, Missing::zero,
                  [&](const std::vector<int>& at, int row) {
                      if (at[0] == at[1]) {
                          throw_input(table.place(row, table.column("importer")),
                                      "a home sale; the source has none, they are built from GDP");
                      }
                      e.trade(at[0], at[1], 0) = nonnegative_number(table, row, value);
                  });
}

}  // namespace

Economy import_liberation_day(const fs::path& folder, const ImportOptions& options) {
    Economy e;
    e.title = "194 countries, goods trade of 2023, US tariffs announced on 2 April 2025";
    e.source =
        "Replication package of Ignatenko, Lashkaripour, Macedoni and Simonovska, Making America Great Again? The "
        "Economic Impacts of Liberation Day Tariffs, Journal of International Economics, 2025; underlying: CEPII "
        "BACI HS22 (release 202501) and World Bank WDI GDP";
    e.licence = "BACI: Etalab open licence 2.0; WDI: CC BY 4.0";
    e.unit = thousand_us_dollars;
    e.year = 2023;
    add_note(e,
             "The source has no home sales; the melitz model builds them from GDP. Tariffs are "
             "increases over a base in which every tariff is 0. value_added is GDP.");

    const CsvTable countries = CsvTable::read(folder / "countries.csv", options.job);
    const CsvTable groups = CsvTable::read(folder / "tariffs_and_groups.csv", options.job);
    e.regions = names_in_order(countries, "iso3", "region");
    e.sectors = IndexSet("sector", {"goods"});
    e.sector_titles = {"Goods"};
    mark_goods(e, 1, (folder / "trade.csv").string());
    e.theta = {published_theta};
    e.elasticities = "as in the paper";
    read_trade_table(folder / "trade.csv", e, options.job);

    std::vector<double> gdp = read_column_csv(countries, "iso3", e.regions, "gdp");
    for (std::size_t i = 0; i < gdp.size(); ++i) {
        if (!(gdp[i] > 0.0)) {
            throw_input({countries.place(static_cast<int>(i), countries.column("gdp")), "GDP is not positive",
                         countries.text(static_cast<int>(i), countries.column("gdp")), "above 0", ""});
        }
        gdp[i] /= 1000.0;  // the source's GDP is in dollars, its trade in thousands
    }
    e.value_added = gdp;
    e.region_columns["gdp"] = gdp;
    e.region_columns["us_tariff"] = read_column_csv(groups, "iso3", e.regions, "us_tariff_applied");
    e.region_columns["eu27"] = read_column_csv(groups, "iso3", e.regions, "eu27");
    e.region_columns["eu25"] = read_column_csv(groups, "iso3", e.regions, "eu25_paper");
    e.value_added_share = RegionSector(e.n_regions(), 1, 1.0);
    e.input_share = InputTensor(e.n_regions(), 1);
    e.final_share = RegionSector(e.n_regions(), 1, 1.0);
    fill_gaps(e, {}, options);
    return e;
}

}  // namespace detente
