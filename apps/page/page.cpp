// The engine for a page: three calls from JavaScript, each of which takes text or bytes and gives JSON. One economy is
// open at a time, in the memory of one worker. Errors come back as {"error": "..."}, as the command words them.
#include <emscripten.h>

#include <cstdint>
#include <cstring>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "detente/economy.h"
#include "detente/equilibrium.h"
#include "detente/policy.h"
#include "detente/strategy.h"
#include "detente/world.h"

namespace {

using nlohmann::json;

std::optional<detente::v1::World> world;
std::string answer;  // what the last call returned; JavaScript copies it before the next

template <class Act>
const char* guarded(const Act& act) {
    try {
        answer = act().dump();
    } catch (const std::exception& error) {
        answer = json{{"error", error.what()}}.dump();
    }
    return answer.c_str();
}

const detente::v1::World& open_world() {
    if (!world) throw std::runtime_error("no economy is open");
    return *world;
}

// The compact file (apps/page/pack.cpp): eight bytes of magic, the header's length, the header (JSON), the numbers.
constexpr char magic[] = "DETENTE1";
constexpr std::size_t prefix = 12;

detente::v1::Economy economy_of(std::span<const char> bytes) {
    if (bytes.size() < prefix || std::memcmp(bytes.data(), magic, 8) != 0)
        throw std::runtime_error("not a compact economy (its first bytes are not DETENTE1)");
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + 8, sizeof length);
    if (length > bytes.size() - prefix) throw std::runtime_error("a compact economy that is cut off in its header");
    const json header = json::parse(bytes.begin() + prefix, bytes.begin() + prefix + length);
    std::size_t at = prefix + length;
    const auto numbers = [&](std::size_t count) {
        if (count > (bytes.size() - at) / sizeof(double))
            throw std::runtime_error("a compact economy that is cut off in its numbers");
        std::vector<double> out(count);
        if (count > 0) std::memcpy(out.data(), bytes.data() + at, count * sizeof(double));
        at += count * sizeof(double);
        return out;
    };
    std::map<std::string, std::vector<double>> arrays;
    detente::v1::EconomyArrays a;
    for (const json& array : header.at("arrays")) {
        std::vector<double> data = numbers(array.at("size").get<std::size_t>());
        const std::string name = array.at("name"), kind = array.at("kind");
        if (kind == "sector_column")
            a.sector_columns[name] = std::move(data);
        else if (kind == "region_column")
            a.region_columns[name] = std::move(data);
        else
            arrays[name] = std::move(data);
    }
    a.title = header.at("title"), a.source = header.at("source"), a.licence = header.at("licence");
    a.unit = header.at("unit"), a.note = header.at("note"), a.year = header.at("year");
    a.regions = header.at("regions"), a.sectors = header.at("sectors"), a.sector_titles = header.at("sector_titles");
    a.elasticities = header.at("elasticities");
    a.trade = arrays["trade"], a.tariff = arrays["tariff"], a.value_added_share = arrays["value_added_share"];
    a.input_share = arrays["input_share"], a.final_share = arrays["final_share"], a.theta = arrays["theta"];
    a.sigma = arrays["sigma"], a.psi = arrays["psi"], a.theta_log_sd = arrays["theta_log_sd"];
    a.value_added = arrays["value_added"], a.deficit = arrays["deficit"];
    const std::vector<std::uint8_t> goods = header.at("goods");
    a.goods = goods;
    return detente::v1::Economy::from_arrays(a);
}

detente::v1::Names names(const json& change, const char* key) {
    if (!change.contains(key)) return {"*"};
    const json& value = change.at(key);
    return value.is_string() ? detente::v1::Names{value.get<std::string>()} : value.get<detente::v1::Names>();
}

std::optional<double> number(const json& change, const char* key) {
    if (!change.contains(key)) return std::nullopt;
    return change.at(key).get<double>();
}

// The keys are those of a study's `tariff`.
detente::v1::Policy policy_of(const json& text) {
    detente::v1::Policy policy;
    for (const json& change : text.value("tariff", json::array()))
        policy.tariff.push_back({.importer = names(change, "importer"),
                                 .exporter = names(change, "exporter"),
                                 .sector = names(change, "sector"),
                                 .rate = number(change, "rate"),
                                 .add = number(change, "add"),
                                 .scale = number(change, "scale"),
                                 .rate_column = change.value("rate_column", ""),
                                 .add_column = change.value("add_column", ""),
                                 .minimum = number(change, "min"),
                                 .maximum = number(change, "max")});
    return policy;
}

json certificate(const detente::v1::Certificate& c) {
    return {{"converged", c.converged}, {"residual", c.residual}, {"walras", c.walras},
            {"iterations", c.passes},   {"closure", c.closure},   {"numeraire", c.numeraire}};
}

// As `scenarios.NAME` of results.json.
json equilibrium(const detente::v1::Equilibrium& e) {
    json regions = json::object();
    for (const std::string& key : e.result_keys()) {
        const detente::v1::Table table = e.result(key);
        const std::vector<std::string>& labels = table.labels();
        for (std::size_t j = 0; j < labels.size(); ++j) regions[labels[j]][key] = table(j);
    }
    return {{"regions", std::move(regions)}, {"certificate", certificate(e.certificate())}};
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* detente_open(const char* bytes, std::size_t size) {
    return guarded([&] {
        world = detente::v1::calibrate(economy_of({bytes, size}));
        const detente::v1::Economy& economy = world->economy();
        return json{{"title", economy.title()},
                    {"source", economy.source()},
                    {"unit", economy.unit()},
                    {"regions", world->regions()},
                    {"sectors", world->sectors()},
                    {"goods", economy.goods()},
                    {"columns", economy.columns()},
                    {"model", world->model()},
                    {"certificate", certificate(world->certificate())}};
    });
}

EMSCRIPTEN_KEEPALIVE const char* detente_solve(const char* policy) {
    return guarded([&] { return equilibrium(detente::v1::solve(open_world(), policy_of(json::parse(policy)))); });
}

// {"players": [...], "from": policy}: tariffs on each other's goods, line by line, as in docs/study-file.md.
EMSCRIPTEN_KEEPALIVE const char* detente_war(const char* question) {
    return guarded([&] {
        const json asked = json::parse(question);
        std::vector<detente::v1::Government> governments;
        for (const json& player : asked.at("players"))
            governments.push_back({.region = player, .exporter = {"players"}});
        const detente::v1::TradeWar war =
            detente::v1::trade_war(open_world(), governments, policy_of(asked.value("from", json::object())));
        json out = equilibrium(war.equilibrium);
        out["gap"] = war.gap;
        for (const detente::v1::WarPlayer& player : war.players)
            out["players"][player.region] = {{"gap", player.gap},
                                             {"mean_tariff", player.means.simple},
                                             {"trade_weighted_tariff", player.means.trade_weighted}};
        return out;
    });
}
}
