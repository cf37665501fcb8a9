// The observed economy: tables with names, as data give them, before any model is calibrated to them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/index_set.h"
#include "base/tensor.h"

namespace detente {

/// One economy. Shapes: N regions, S sectors. Flows are in `unit`, net of the importer's tariff, home sales
/// included. What a table does not have is empty (or, for columns, absent); `check_economy` says what that
/// rules out.
struct Economy {
    std::string title, source, licence, unit;
    std::string note;  ///< what was assumed or done on the way here, for a person; may be empty
    int year = 0;

    IndexSet regions;                        ///< N names
    IndexSet sectors;                        ///< S codes
    std::vector<std::string> sector_titles;  ///< S long names, or empty

    TradeTensor trade;   ///< flow from exporter to importer, money, net of tariff
    TradeTensor tariff;  ///< ad valorem rate, 0.05 = 5 %

    RegionSector value_added_share;  ///< value added over gross output
    InputTensor input_share;         ///< spending on an input per unit of gross output; sums to 1 - value_added_share
    RegionSector final_share;        ///< share of final demand; sums to 1 by region

    std::vector<double> theta;  ///< S trade elasticities (to cost), or empty
    std::vector<double> sigma;  ///< S elasticities of substitution, or empty
    std::vector<double> psi;    ///< S scale elasticities, or empty
    /// S standard deviations of ln theta, what is not known of it; empty: not known how much that is.
    std::vector<double> theta_log_sd;
    std::string elasticities;        ///< where theta, sigma and psi come from, horizon and mean, for a person; or empty
    std::string elasticity_set;      ///< the set they were taken from, by its name; empty where from none
    std::string elasticity_horizon;  ///< "short" or "long" where they were scaled to that horizon's mean; else empty
    std::vector<char> goods;         ///< S flags: 1 where tariffs can apply

    /// Income of labour by region and trade deficit (imports - exports) by region, in money. Empty where they
    /// follow from the tables above; given where a source publishes its own (Caliendo and Parro).
    std::vector<double> value_added;
    std::vector<double> deficit;

    std::map<std::string, std::vector<double>> sector_columns;  ///< free columns by sector
    std::map<std::string, std::vector<double>> region_columns;  ///< free columns by region
    std::map<std::string, RegionSector> region_sector_columns;  ///< free columns by region and sector
    std::map<std::string, TradeTensor> trade_columns;           ///< free columns by exporter, importer, sector

    /// Lengths of `regions` and `sectors`.
    int n_regions() const { return regions.size(); }
    int n_sectors() const { return sectors.size(); }
};

/// Whether any sector is marked as goods.
bool has_goods(const Economy& economy);
/// S flags of what "all sectors" of a tariff means: the goods, or every sector where none is marked.
std::vector<char> tariff_sectors(const Economy& economy);

/// Takes blanks off the ends of the title, source, licence, unit, note and sectors' titles: economy files keep none.
void trim_texts(Economy& economy);

/// Throws an input error where a title, a note or the name of a column is no UTF-8 text: results could not hold it.
/// `file` is where the economy comes from.
void check_texts(const Economy& economy, const std::string& file);

/// Gross output by region and sector: sales at home and abroad, net of tariffs.
RegionSector gross_output(const Economy& economy);
/// Expenditure by region and sector, tariffs included.
RegionSector expenditure(const Economy& economy);
/// The income of labour: `value_added` where given, else value-added shares times gross output; empty where an economy
/// has neither.
std::vector<double> labour_income(const Economy& economy);
/// Deficits (imports - exports, net of tariffs): `deficit` where given, else from the trade table.
std::vector<double> trade_deficit(const Economy& economy);

}  // namespace detente
