#include "economy/economy.h"

#include <algorithm>

#include "base/text.h"

namespace detente {

bool has_goods(const Economy& economy) {
    return std::any_of(economy.goods.begin(), economy.goods.end(), [](char flag) { return flag != 0; });
}

std::vector<char> tariff_sectors(const Economy& economy) {
    if (has_goods(economy)) return economy.goods;
    return std::vector<char>(static_cast<std::size_t>(economy.n_sectors()), 1);
}

void trim_texts(Economy& economy) {
    const auto trim = [](std::string& text) { text = std::string(trimmed(text)); };
    for (std::string* text : {&economy.title, &economy.source, &economy.licence, &economy.unit, &economy.note,
                              &economy.elasticities, &economy.elasticity_set, &economy.elasticity_horizon})
        trim(*text);
    for (std::string& title : economy.sector_titles) trim(title);
}

void check_texts(const Economy& economy, const std::string& file) {
    const auto check = [&](const std::string& key, const std::string& text) {
        const std::string fault = text_fault(text);
        if (!fault.empty()) throw_input(Place{file, 0, key}, "the text " + fault);
    };
    const auto check_columns = [&](const auto& columns) {
        for (const auto& entry : columns) check("name of a column", entry.first);
    };
    check("title", economy.title);
    check("source", economy.source);
    check("licence", economy.licence);
    check("unit", economy.unit);
    check("note", economy.note);
    check("elasticities", economy.elasticities);
    check("elasticity_set", economy.elasticity_set);
    check("elasticity_horizon", economy.elasticity_horizon);
    for (const std::string& title : economy.sector_titles) check("sector_title", title);
    check_columns(economy.sector_columns);
    check_columns(economy.region_columns);
    check_columns(economy.region_sector_columns);
    check_columns(economy.trade_columns);
}

RegionSector gross_output(const Economy& economy) {
    const int n = economy.n_regions(), m = economy.n_sectors();
    RegionSector output(n, m);
    for (int s = 0; s < m; ++s)
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i) output(i, s) += economy.trade(i, j, s);
    return output;
}

RegionSector expenditure(const Economy& economy) {
    const int n = economy.n_regions(), m = economy.n_sectors();
    RegionSector spending(n, m);
    for (int s = 0; s < m; ++s)
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i) spending(j, s) += (1.0 + economy.tariff(i, j, s)) * economy.trade(i, j, s);
    return spending;
}

std::vector<double> labour_income(const Economy& economy) {
    if (!economy.value_added.empty() || economy.value_added_share.empty()) return economy.value_added;
    const RegionSector output = gross_output(economy);
    std::vector<double> income(static_cast<std::size_t>(economy.n_regions()), 0.0);
    for (int s = 0; s < economy.n_sectors(); ++s)
        for (int i = 0; i < economy.n_regions(); ++i)
            income[static_cast<std::size_t>(i)] += economy.value_added_share(i, s) * output(i, s);
    return income;
}

std::vector<double> trade_deficit(const Economy& economy) {
    if (!economy.deficit.empty()) return economy.deficit;
    std::vector<double> deficit(static_cast<std::size_t>(economy.n_regions()), 0.0);
    for (int s = 0; s < economy.n_sectors(); ++s) {
        for (int j = 0; j < economy.n_regions(); ++j) {
            for (int i = 0; i < economy.n_regions(); ++i) {
                if (i == j) continue;
                deficit[static_cast<std::size_t>(j)] += economy.trade(i, j, s);
                deficit[static_cast<std::size_t>(i)] -= economy.trade(i, j, s);
            }
        }
    }
    return deficit;
}

}  // namespace detente
