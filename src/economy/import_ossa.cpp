// Ossa (2014): seven regions, 33 traded industries, no intermediate inputs.
#include "economy/import_common.h"
#include "economy/money.h"

namespace detente {

Economy import_ossa(const std::filesystem::path& folder, const ImportOptions& options) {
    Economy e;
    e.title = "Seven regions, 33 traded industries, 2007 (Ossa 2014)";
    e.source =
        "Replication data of R. Ossa, Trade Wars and Trade Talks with Data, American Economic Review 104(12), 2014 "
        "(underlying: GTAP 8)";
    e.licence = "published replication data";
    e.unit = million_us_dollars;
    e.year = 2007;
    add_note(e,
             "The source has no intermediate inputs: value added is all of output. Its trade imbalances were purged. "
             "Final shares are shares of expenditure, tariffs included.");

    const CsvTable trade = CsvTable::read(folder / "trade.csv", options.job);
    const CsvTable sectors = CsvTable::read(folder / "sectors.csv", options.job);
    e.regions = names_in_order(trade, "exporter", "region");
    e.sectors = names_in_order(sectors, "sector", "sector");
    for (int row = 0; row < sectors.rows(); ++row) e.sector_titles.push_back(sectors.text(row, sectors.column("name")));
    e.sigma = read_column_csv(sectors, "sector", e.sectors, "sigma");
    e.elasticities = "of substitution, as in Ossa (2014)";
    mark_goods(e, e.n_sectors(), (folder / "sectors.csv").string());

    const int value = trade.column("value"), tariff = trade.column("tariff");
    e.trade = e.tariff = TradeTensor(e.n_regions(), e.n_sectors());
    const std::vector<Axis> axes = {{"exporter", &e.regions}, {"importer", &e.regions}, {"sector", &e.sectors}};
    for_each_cell(trade, axes, Missing::error, [&](const std::vector<int>& at, int row) {
        e.trade(at[0], at[1], at[2]) = nonnegative_number(trade, row, value);
        e.tariff(at[0], at[1], at[2]) = tariff_number(trade, row, tariff, at[0] == at[1]);
    });

    e.value_added_share = RegionSector(e.n_regions(), e.n_sectors(), 1.0);
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    e.final_share = shares_by_region(expenditure(e), e.regions, (folder / "trade.csv").string());
    e.region_sector_columns["political_weight"] =
        read_region_sector_csv(folder / "political_weights.csv", e.regions, e.sectors, "lambda", options.job);
    e.region_sector_columns["noncooperative_tariff"] =
        read_region_sector_csv(folder / "noncooperative_tariffs.csv", e.regions, e.sectors, "tariff", options.job);
    // The krugman model needs sigma only; theta is taken where it is offered, and not missed where it is not.
    fill_gaps(e, {}, options);
    return e;
}

}  // namespace detente
