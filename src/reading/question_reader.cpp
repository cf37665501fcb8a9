#include "reading/question_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace detente {

double number_between(TomlReader& block, const std::string& key, double otherwise, double low, double high) {
    const double value = block.optional_number(key).value_or(otherwise);
    if (!(value >= low && value <= high))
        throw_input({block.place(key), "out of range", fmt::format("{:g}", value),
                     fmt::format("between {:g} and {:g}", low, high), ""});
    return value;
}

int whole(TomlReader& block, const std::string& key, int otherwise, int low, int high) {
    const auto value = block.optional_number(key);
    if (!value) return otherwise;
    if (*value != std::floor(*value) || *value < low || *value > high)
        throw_input({block.place(key), "not a usable number", fmt::format("{:g}", *value),
                     fmt::format("a whole number from {} to {}", low, high), ""});
    return static_cast<int>(*value);
}

std::vector<int> read_players(TomlReader& block, const Study& study, std::size_t least) {
    const std::vector<std::string> names = block.names("players");
    std::vector<int> players;
    for (const std::string& name : names) {
        for (const int j : select_regions(study.economy, study.groups, {name}, block.place("players"))) {
            if (std::find(players.begin(), players.end(), j) != players.end())
                throw_input(block.place("players"), "the player \"" + study.economy.regions[j] + "\" stands twice");
            players.push_back(j);
        }
    }
    if (players.size() < least)
        throw_input({block.place("players"), "too few players", std::to_string(players.size()),
                     fmt::format("at least {}", least), ""});
    return players;
}

std::vector<double> by_player(TomlReader& block, const std::string& key, const Study& study,
                              const std::vector<int>& players, double otherwise, double low, double high) {
    std::vector<double> list(players.size(), otherwise);
    if (!block.has(key)) {
        block.table(key);  // asked for
        return list;
    }
    if (!block.is_table(key)) {
        list.assign(players.size(), block.number(key));
    } else {
        TomlReader table = *block.table(key);
        for (std::size_t p = 0; p < players.size(); ++p)
            list[p] = table.optional_number(study.economy.regions[players[p]]).value_or(otherwise);
        table.finish();
    }
    for (const double value : list)
        if (!(value >= low && value <= high))
            throw_input({block.place(key), "out of range", fmt::format("{:g}", value),
                         fmt::format("between {:g} and {:g}", low, high), ""});
    return list;
}

Instruments read_instruments(TomlReader& block, const Study& study, int importer, const std::vector<int>& players,
                             bool reciprocated) {
    Instruments instruments;
    instruments.importer = importer;
    instruments.reciprocated = reciprocated;
    std::vector<std::string> exporter = {"*"}, sector = {"goods"};
    Place exporter_place = block.place("instruments"), sector_place = exporter_place;
    if (auto table = block.table("instruments")) {
        exporter = table->names("exporter", exporter), sector = table->names("sector", sector);
        exporter_place = table->place("exporter"), sector_place = table->place("sector");
        const std::string form = table->choice("form", tariff_form_names(), "line");
        const auto& forms = tariff_form_names();
        instruments.form = static_cast<TariffForm>(std::find(forms.begin(), forms.end(), form) - forms.begin());
        table->finish();
    }
    if (exporter == std::vector<std::string>{"players"}) {
        instruments.exporters = players;
    } else {
        instruments.exporters = select_regions(study.economy, study.groups, exporter, exporter_place);
    }
    instruments.exporters.erase(std::remove(instruments.exporters.begin(), instruments.exporters.end(), importer),
                                instruments.exporters.end());
    if (instruments.exporters.empty())
        throw_input(exporter_place, study.economy.regions[importer] + " has no partner to set tariffs on");
    instruments.sectors = select_tariff_sectors(study.economy, study.groups, sector, sector_place);
    const std::vector<double> bounds = block.numbers("bounds", {0.0, 10.0});
    if (bounds.size() != 2 || !(bounds[0] > -1.0) || !(bounds[1] > bounds[0]) || !(bounds[1] <= 100.0))
        throw_input({block.place("bounds"), "not a range of rates", fmt::format("{}", fmt::join(bounds, ", ")),
                     "[lowest, highest], above -1 and at most 100", ""});
    instruments.lower = bounds[0], instruments.upper = bounds[1];
    bool traded = false;
    for (const int i : instruments.exporters)
        for (const int k : instruments.sectors) traded = traded || study.economy.trade(i, importer, k) > 0.0;
    if (!traded) throw_input(exporter_place, study.economy.regions[importer] + " imports nothing on these lines");
    return instruments;
}

namespace {

// By lines, { region, sector, weight }: 1 for what no line names, and the last line of those that do.
std::vector<double> weights_by_line(TomlReader& block, const Study& study, int region) {
    std::vector<double> weights(static_cast<std::size_t>(study.economy.n_sectors()), 1.0);
    for (TomlReader& line : block.tables("political_weights")) {
        const std::vector<int> regions =
            select_regions(study.economy, study.groups, line.names("region", {"*"}), line.place("region"));
        const std::vector<int> sectors =
            select_sectors(study.economy, study.groups, line.names("sector"), line.place("sector"));
        const double weight = number_between(line, "weight", 1.0, 0.0, 1e6);
        line.finish();
        if (std::find(regions.begin(), regions.end(), region) == regions.end()) continue;
        for (const int s : sectors) weights[static_cast<std::size_t>(s)] = weight;
    }
    return weights;
}

std::vector<double> weights_of_column(TomlReader& block, const Study& study, int region) {
    const std::string column = block.text("political_weights");
    const auto found = study.economy.region_sector_columns.find(column);
    if (found == study.economy.region_sector_columns.end()) {
        std::vector<std::string> names;
        for (const auto& entry : study.economy.region_sector_columns) names.push_back(entry.first);
        throw_unknown_name(block.place("political_weights"), "column by region and sector", column, names);
    }
    std::vector<double> weights;
    for (int s = 0; s < study.economy.n_sectors(); ++s) {
        weights.push_back(found->second(region, s));
        if (!(weights.back() >= 0.0))
            throw_input({block.place("political_weights"), "a weight is negative", fmt::format("{}", weights.back()),
                         "0 or more", ""});
    }
    return weights;
}

}  // namespace

std::vector<double> read_weights(TomlReader& block, const Study& study, int region) {
    if (!block.has("political_weights")) return {};
    std::vector<double> weights = block.is_list("political_weights") ? weights_by_line(block, study, region)
                                                                     : weights_of_column(block, study, region);
    const double mean = std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(weights.size());
    if (!(mean > 0.0)) throw_input(block.place("political_weights"), "all weights are zero");
    for (double& w : weights) w /= mean;
    return weights;
}

int read_steps(TomlReader& block, std::size_t named) {
    const int gaps = static_cast<int>(named) - 1, room = (most_policies - static_cast<int>(named)) / std::max(1, gaps);
    return whole(block, "steps", 0, 0, std::max(0, room));
}

double checked_relative_gains(double value, const Place& place) {
    if (!(value >= 0.0 && value <= 1.0))
        throw_input(
            {place, "out of range", fmt::format("{:g}", value), "between 0 (own gains only) and 1 (zero-sum)", ""});
    return value;
}

}  // namespace detente
