// Elasticities of a set in an economy, and elasticities scaled to the mean of a horizon.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "economy/elasticity_set.h"
#include "economy/import_common.h"
#include "economy/table_columns.h"

namespace detente {
namespace {

// How the part of a sentence on elasticities begins that speaks of their mean.
constexpr const char* scaled = "; scaled to the mean ";

// For every sector of the economy the rows of the set that stand for it.
using RowsOf = std::vector<std::vector<std::size_t>>;

// By the codes of one classification of the set.
RowsOf rows_by_codes(const Economy& e, const std::vector<std::vector<std::string>>& codes) {
    RowsOf rows(static_cast<std::size_t>(e.n_sectors()));
    for (std::size_t row = 0; row < codes.size(); ++row)
        for (const std::string& code : codes[row])
            if (e.sectors.contains(code)) rows[static_cast<std::size_t>(e.sectors.at(code))].push_back(row);
    return rows;
}

std::ptrdiff_t known(const RowsOf& rows) {
    return std::count_if(rows.begin(), rows.end(), [](const auto& list) { return !list.empty(); });
}

RowsOf rows_by_links(const Economy& e, const ElasticitySet& set, const SectorLinks& links) {
    RowsOf rows(static_cast<std::size_t>(e.n_sectors()));
    std::vector<std::string> names;
    for (const ElasticitySet::Row& row : set.rows) names.push_back(row.sector);
    for (const SectorLinks::Link& link : links.links) {
        const auto found = std::find(names.begin(), names.end(), link.of_set);
        if (found == names.end())
            throw_unknown_name(link.set_place, "sector of the set " + set.name, link.of_set, names);
        auto& list = rows[static_cast<std::size_t>(e.sectors.at(link.of_economy, link.economy_place))];
        const auto row = static_cast<std::size_t>(found - names.begin());
        if (std::find(list.begin(), list.end(), row) == list.end()) list.push_back(row);
    }
    return rows;
}

// A set by the economy's own codes alone, some of which fit: a row that fits no sector is a slip.
void refuse_strangers(const Economy& e, const ElasticitySet& set, const Place& place) {
    const auto fits = [&](const ElasticitySet::Row& row) { return e.sectors.contains(row.sector); };
    const auto strange = [&](const ElasticitySet::Row& row) { return row.sector != "*" && !fits(row); };
    const auto fit = std::count_if(set.rows.begin(), set.rows.end(), fits);
    const auto found = std::find_if(set.rows.begin(), set.rows.end(), strange);
    const auto named =
        std::count_if(set.rows.begin(), set.rows.end(), [](const auto& row) { return row.sector != "*"; });
    if (found == set.rows.end() || 2 * fit < named) return;
    throw_unknown_name(place, "sector in the set " + set.name, found->sector, e.sectors.names());
}

RowsOf rows_of(const Economy& e, const ElasticitySet& set, const SectorLinks* links, const Place& place) {
    RowsOf rows;
    if (links != nullptr) {
        rows = rows_by_links(e, set, *links);
    } else {
        for (const auto& codes : set.codes) {
            RowsOf candidate = rows_by_codes(e, codes);
            if (rows.empty() || known(candidate) > known(rows)) rows = std::move(candidate);
        }
    }
    if (links == nullptr && set.codes.size() == 1) refuse_strangers(e, set, place);
    const auto star = std::find_if(set.rows.begin(), set.rows.end(), [](const auto& row) { return row.sector == "*"; });
    std::vector<std::string> missing;
    for (std::size_t s = 0; s < rows.size(); ++s) {
        if (!rows[s].empty()) continue;
        if (star != set.rows.end())
            rows[s].push_back(static_cast<std::size_t>(star - set.rows.begin()));
        else
            missing.push_back(e.sectors[static_cast<int>(s)]);
    }
    if (missing.empty()) return rows;
    constexpr std::size_t named = 5;
    const auto end = missing.begin() + static_cast<std::ptrdiff_t>(std::min(named, missing.size()));
    throw_input({links != nullptr ? Place{links->file, 0, "sector"} : place,
                 "sectors without a trade elasticity in the set " + set.name,
                 fmt::format("{}{}", fmt::join(missing.begin(), end, ", "),
                             missing.size() > named ? fmt::format(" and {} more", missing.size() - named) : ""),
                 links != nullptr ? "a row for each"
                                  : "a row for each, one for * (all others), or sectors = a table of the set's sectors "
                                    "and the economy's",
                 ""});
}

std::string set_words(const ElasticitySet& set) {
    std::string text = set.name;
    if (!set.title.empty()) text += ": " + set.title;
    if (set.shrunk()) text += ", shrunk towards their common distribution";
    return text;
}

double factor_of(const Economy& e, double mean, const Place& place) {
    const auto before = mean_trade_elasticity(e);
    if (e.theta.empty() && e.sigma.empty())
        throw_input({place, "the economy has no trade elasticities to scale", "",
                     "elasticities = a set, or theta, beside it", ""});
    if (!before)
        throw_input(place, "the economy has no trade between regions that a mean of elasticities could be weighted by");
    return mean / *before;
}

}  // namespace

const std::vector<std::string>& horizon_names() {
    static const std::vector<std::string> names = {"short", "long"};
    return names;
}

double horizon_mean(ElasticityHorizon horizon) {
    return horizon == ElasticityHorizon::short_run ? 2.5 : 4.0;
}

std::string horizon_words(ElasticityHorizon horizon) {
    return horizon == ElasticityHorizon::short_run
               ? "short run, one to two years: Fajgelbaum et al. 2020 have 2.53, Boehm et al. 2023 0.76 after one year "
                 "and 2 after seven to ten"
               : "long run: Simonovska and Waugh 2014 have 2.8 to 4.5";
}

SectorLinks SectorLinks::read(const std::filesystem::path& path, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int code = need_column(table.columns(), Place{table.file(), table.header_line(), ""}, "product",
                                 {"product", "code", "industry"});
    const int sector = table.column("sector");
    SectorLinks out;
    out.file = table.file();
    for (int row = 0; row < table.rows(); ++row)
        out.links.push_back(
            {table.text(row, code), table.text(row, sector), table.place(row, code), table.place(row, sector)});
    return out;
}

void apply_elasticities(Economy& e, const ElasticitySet& set, const SectorLinks* links, const Place& place) {
    const RowsOf rows = rows_of(e, set, links, place);
    const auto m = static_cast<std::size_t>(e.n_sectors());
    e.theta.assign(m, 0.0);
    e.psi.assign(set.has_psi ? m : 0, 0.0);
    e.theta_log_sd.assign(set.has_log_sd ? m : 0, 0.0);
    e.sigma.clear();
    for (std::size_t s = 0; s < m; ++s) {
        const auto count = static_cast<double>(rows[s].size());
        double square = 0.0;
        for (const std::size_t at : rows[s]) {
            const ElasticitySet::Row& row = set.rows[at];
            e.theta[s] += row.theta / count;
            square += row.theta * row.log_sd * row.theta * row.log_sd;
            if (set.has_psi) e.psi[s] += row.psi / count;
        }
        if (set.has_log_sd) e.theta_log_sd[s] = std::sqrt(square) / (count * e.theta[s]);
    }
    take_theta_sentences(e);
    e.elasticities = set_words(set);
    e.elasticity_set = set.name;
    e.elasticity_horizon.clear();
}

std::optional<double> mean_trade_elasticity(const Economy& e) {
    if (e.theta.empty() && e.sigma.empty()) return std::nullopt;
    const std::vector<char> goods = tariff_sectors(e);
    double weighted = 0.0, weight = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s) {
        const auto at = static_cast<std::size_t>(s);
        if (goods[at] == 0) continue;
        double trade = 0.0;
        for (int j = 0; j < e.n_regions(); ++j)
            for (int i = 0; i < e.n_regions(); ++i)
                if (i != j) trade += e.trade(i, j, s);
        weighted += trade * (e.theta.empty() ? e.sigma[at] - 1.0 : e.theta[at]);
        weight += trade;
    }
    if (!(weight > 0.0)) return std::nullopt;
    return weighted / weight;
}

void scale_elasticities(Economy& e, double mean, std::optional<ElasticityHorizon> horizon, const Place& place) {
    if (!(mean > 0.0) || !std::isfinite(mean))
        throw_input(
            {place, "the mean of trade elasticities must be positive", fmt::format("{:g}", mean), "above 0", ""});
    const double factor = factor_of(e, mean, place);
    const std::vector<char> goods = tariff_sectors(e);
    for (std::size_t s = 0; s < goods.size(); ++s) {
        if (goods[s] == 0) continue;
        if (!e.theta.empty()) e.theta[s] *= factor;
        if (!e.sigma.empty()) e.sigma[s] = 1.0 + factor * (e.sigma[s] - 1.0);
        if (!e.psi.empty()) e.psi[s] /= factor;
    }
    e.elasticities.resize(std::min(e.elasticities.size(), e.elasticities.find(scaled)));
    if (e.elasticities.empty()) e.elasticities = "as the economy has them";
    e.elasticities += fmt::format("{}{:g} over {}, weighted by trade between regions", scaled, mean,
                                  has_goods(e) ? "goods" : "all sectors");
    if (!e.psi.empty()) e.elasticities += ", their products with scale elasticities held";
    if (horizon) e.elasticities += " (" + horizon_words(*horizon) + ")";
    e.elasticity_horizon = horizon ? horizon_names()[static_cast<std::size_t>(*horizon)] : "";
}

}  // namespace detente
