#include "detente/economy.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "economy/check.h"
#include "economy/economy_io.h"
#include "library/boundary.h"
#include "library/catalogue.h"
#include "library/handles.h"
#include "library/tables.h"

namespace detente {
namespace library {
namespace {

Place argument(const char* name) {
    return {"", 0, name};
}

// `data` has the size that `size` says; nothing at all is fine where `optional`.
void require_size(const char* name, std::size_t found, std::size_t size, const char* shape, bool optional = true) {
    if (found == size || (optional && found == 0)) return;
    throw_input({argument(name), "not the size that the names of regions and sectors ask for", std::to_string(found),
                 fmt::format("{} numbers ({})", size, shape), ""});
}

// From row-major (i, j, s) to the engine's order.
TradeTensor trade_tensor(std::span<const double> data, int n, int m) {
    TradeTensor out(n, m);
    std::size_t at = 0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
            for (int s = 0; s < m; ++s) out(i, j, s) = data[at++];
    return out;
}

RegionSector region_sector(std::span<const double> data, int n, int m) {
    if (data.empty()) return {};
    RegionSector out(n, m);
    std::size_t at = 0;
    for (int j = 0; j < n; ++j)
        for (int s = 0; s < m; ++s) out(j, s) = data[at++];
    return out;
}

InputTensor input_tensor(std::span<const double> data, int n, int m) {
    if (data.empty()) return {};
    InputTensor out(n, m);
    std::size_t at = 0;
    for (int j = 0; j < n; ++j)
        for (int k = 0; k < m; ++k)
            for (int s = 0; s < m; ++s) out(j, k, s) = data[at++];
    return out;
}

void require_sizes(const v1::EconomyArrays& a) {
    const std::size_t n = a.regions.size(), m = a.sectors.size();
    if (n == 0) throw_input({argument("regions"), "an economy has regions", "none", "at least one name", ""});
    if (m == 0) throw_input({argument("sectors"), "an economy has sectors", "none", "at least one name", ""});
    require_size("trade", a.trade.size(), n * n * m, "exporters x importers x sectors", false);
    require_size("tariff", a.tariff.size(), n * n * m, "exporters x importers x sectors");
    require_size("value_added_share", a.value_added_share.size(), n * m, "regions x sectors");
    require_size("input_share", a.input_share.size(), n * m * m, "regions x inputs x sectors");
    require_size("final_share", a.final_share.size(), n * m, "regions x sectors");
    require_size("sector_titles", a.sector_titles.size(), m, "sectors");
    require_size("theta", a.theta.size(), m, "sectors");
    require_size("sigma", a.sigma.size(), m, "sectors");
    require_size("psi", a.psi.size(), m, "sectors");
    require_size("theta_log_sd", a.theta_log_sd.size(), m, "sectors");
    require_size("goods", a.goods.size(), m, "sectors");
    require_size("value_added", a.value_added.size(), n, "regions");
    require_size("deficit", a.deficit.size(), n, "regions");
    for (const auto& [name, column] : a.sector_columns) require_size(name.c_str(), column.size(), m, "sectors", false);
    for (const auto& [name, column] : a.region_columns) require_size(name.c_str(), column.size(), n, "regions", false);
    for (const auto& [name, column] : a.region_sector_columns)
        require_size(name.c_str(), column.size(), n * m, "regions x sectors", false);
    for (const auto& [name, column] : a.line_columns)
        require_size(name.c_str(), column.size(), n * n * m, "exporters x importers x sectors", false);
}

Economy economy_of(const v1::EconomyArrays& a) {
    require_sizes(a);
    const int n = static_cast<int>(a.regions.size()), m = static_cast<int>(a.sectors.size());
    Economy economy;
    economy.title = a.title, economy.source = a.source, economy.licence = a.licence, economy.unit = a.unit;
    economy.note = a.note, economy.year = a.year;
    economy.regions = IndexSet("region", a.regions, argument("regions"));
    economy.sectors = IndexSet("sector", a.sectors, argument("sectors"));
    economy.sector_titles = a.sector_titles;
    economy.trade = trade_tensor(a.trade, n, m);
    economy.tariff = a.tariff.empty() ? TradeTensor(n, m) : trade_tensor(a.tariff, n, m);
    economy.value_added_share = region_sector(a.value_added_share, n, m);
    economy.input_share = input_tensor(a.input_share, n, m);
    economy.final_share = region_sector(a.final_share, n, m);
    const auto list = [](std::span<const double> data) { return std::vector<double>(data.begin(), data.end()); };
    economy.theta = list(a.theta), economy.sigma = list(a.sigma), economy.psi = list(a.psi);
    economy.theta_log_sd = list(a.theta_log_sd), economy.elasticities = a.elasticities;
    economy.elasticity_set = a.elasticity_set, economy.elasticity_horizon = a.elasticity_horizon;
    economy.value_added = list(a.value_added), economy.deficit = list(a.deficit);
    economy.goods.assign(static_cast<std::size_t>(m), 1);
    for (std::size_t s = 0; s < a.goods.size(); ++s) economy.goods[s] = a.goods[s] != 0 ? 1 : 0;
    economy.sector_columns = a.sector_columns;
    economy.region_columns = a.region_columns;
    for (const auto& [name, column] : a.region_sector_columns)
        economy.region_sector_columns[name] = region_sector(column, n, m);
    for (const auto& [name, column] : a.line_columns) economy.trade_columns[name] = trade_tensor(column, n, m);
    check_texts(economy, "the economy");
    return economy;
}

TableMaker maker(const v1::Economy::Impl& impl) {
    return {impl.economy, impl.economy};
}

std::vector<std::string> column_names(const Economy& economy) {
    std::vector<std::string> names;
    const auto add = [&](const auto& columns) {
        for (const auto& entry : columns) names.push_back(entry.first);
    };
    add(economy.sector_columns), add(economy.region_columns);
    add(economy.region_sector_columns), add(economy.trade_columns);
    return names;
}

}  // namespace

v1::Economy economy_handle(std::shared_ptr<const Economy> economy) {
    return v1::Economy(std::make_shared<const v1::Economy::Impl>(v1::Economy::Impl{std::move(economy)}));
}

}  // namespace library

namespace v1 {
using namespace library;

std::vector<std::string> Economy::built_in() {
    return built_in(Catalogue::beside_library());
}

std::vector<std::string> Economy::built_in(const Catalogue& catalogue) {
    return guarded([&] { return engine(catalogue).names(); });
}

Economy Economy::load(const std::string& name_or_path) {
    return load(name_or_path, Catalogue::beside_library());
}

Economy Economy::load(const std::string& name_or_path, const Catalogue& catalogue) {
    return guarded([&] {
        return economy_handle(
            std::make_shared<const detente::Economy>(engine(catalogue).load_name_or_path(name_or_path)));
    });
}

Economy Economy::from_arrays(const EconomyArrays& arrays) {
    return guarded([&] { return economy_handle(std::make_shared<const detente::Economy>(economy_of(arrays))); });
}

Economy Economy::from_bytes(const std::string& content, const std::string& name) {
    return guarded(
        [&] { return economy_handle(std::make_shared<const detente::Economy>(read_economy_bytes(content, name))); });
}

const std::string& Economy::title() const noexcept {
    return engine(*this).title;
}
const std::string& Economy::source() const noexcept {
    return engine(*this).source;
}
const std::string& Economy::licence() const noexcept {
    return engine(*this).licence;
}
const std::string& Economy::unit() const noexcept {
    return engine(*this).unit;
}
const std::string& Economy::note() const noexcept {
    return engine(*this).note;
}
const std::string& Economy::elasticities() const noexcept {
    return engine(*this).elasticities;
}
const std::string& Economy::elasticity_set() const noexcept {
    return engine(*this).elasticity_set;
}
const std::string& Economy::elasticity_horizon() const noexcept {
    return engine(*this).elasticity_horizon;
}
int Economy::year() const noexcept {
    return engine(*this).year;
}
const std::vector<std::string>& Economy::regions() const noexcept {
    return engine(*this).regions.names();
}
const std::vector<std::string>& Economy::sectors() const noexcept {
    return engine(*this).sectors.names();
}
const std::vector<std::string>& Economy::sector_titles() const noexcept {
    return engine(*this).sector_titles;
}
std::vector<bool> Economy::goods() const {
    const std::vector<char> flags = tariff_sectors(engine(*this));
    return {flags.begin(), flags.end()};
}

Table Economy::trade() const {
    return maker(*impl_).by_line("trade", unit(), engine(*this).trade);
}
Table Economy::tariff() const {
    return maker(*impl_).by_line("tariff", "rate", engine(*this).tariff);
}
Table Economy::value_added_share() const {
    return maker(*impl_).by_region_sector("value_added_share", "share", engine(*this).value_added_share);
}
Table Economy::input_share() const {
    return maker(*impl_).by_input("input_share", "share", engine(*this).input_share);
}
Table Economy::final_share() const {
    return maker(*impl_).by_region_sector("final_share", "share", engine(*this).final_share);
}
Table Economy::theta() const {
    return maker(*impl_).by_sector("theta", "elasticity", engine(*this).theta);
}
Table Economy::theta_log_sd() const {
    return maker(*impl_).by_sector("theta_log_sd", "1", engine(*this).theta_log_sd);
}
Table Economy::psi() const {
    return maker(*impl_).by_sector("psi", "elasticity", engine(*this).psi);
}

Table Economy::sigma() const {
    return maker(*impl_).by_sector("sigma", "elasticity", engine(*this).sigma);
}
Table Economy::value_added() const {
    return maker(*impl_).by_region("value_added", unit(), engine(*this).value_added);
}
Table Economy::deficit() const {
    return maker(*impl_).by_region("deficit", unit(), engine(*this).deficit);
}

Economy Economy::with_elasticities(const std::string& name_or_path) const {
    return with_elasticities(name_or_path, Catalogue::beside_library());
}

Economy Economy::with_elasticities(const std::string& name_or_path, const Catalogue& catalogue) const {
    return guarded([&] {
        auto changed = std::make_shared<detente::Economy>(engine(*this));
        const Place place = argument("elasticities");
        apply_elasticities(*changed, engine(catalogue).load_elasticities_or_path(name_or_path, place), nullptr, place);
        return economy_handle(std::move(changed));
    });
}

Economy Economy::with_mean_elasticity(double mean) const {
    return guarded([&] {
        auto changed = std::make_shared<detente::Economy>(engine(*this));
        scale_elasticities(*changed, mean, {}, argument("mean"));
        return economy_handle(std::move(changed));
    });
}

Economy Economy::with_line_column(const std::string& name, std::span<const double> numbers) const {
    return guarded([&] {
        auto changed = std::make_shared<detente::Economy>(engine(*this));
        const int n = changed->n_regions(), m = changed->n_sectors();
        require_size(name.c_str(), numbers.size(), static_cast<std::size_t>(n) * static_cast<std::size_t>(n * m),
                     "exporters x importers x sectors", false);
        if (changed->trade_columns.count(name) == 0) {
            const std::vector<std::string> taken = column_names(*changed);
            if (std::find(taken.begin(), taken.end(), name) != taken.end())
                throw_input(
                    {argument("name"), "the economy has a column of that name and another shape", name, "", ""});
        }
        changed->trade_columns[name] = trade_tensor(numbers, n, m);
        check_texts(*changed, "the economy");
        return economy_handle(std::move(changed));
    });
}

std::vector<std::string> Economy::columns() const {
    return column_names(engine(*this));
}

Table Economy::column(std::string_view wanted) const {
    return guarded([&] {
        const std::string name(wanted);
        const detente::Economy& e = engine(*this);
        const TableMaker make = maker(*impl_);
        if (const auto at = e.sector_columns.find(name); at != e.sector_columns.end())
            return make.by_sector(name.c_str(), "", at->second);
        if (const auto at = e.region_columns.find(name); at != e.region_columns.end())
            return make.by_region(name.c_str(), "", at->second);
        if (const auto at = e.region_sector_columns.find(name); at != e.region_sector_columns.end())
            return make.by_region_sector(name.c_str(), "", at->second);
        if (const auto at = e.trade_columns.find(name); at != e.trade_columns.end())
            return make.by_line(name.c_str(), "", at->second);
        throw_unknown_name(argument("column"), "column", name, column_names(e));
    });
}

std::string Economy::check() const {
    return guarded([&] { return check_economy(engine(*this)).text(); });
}

void Economy::save(const std::string& path) const {
    guarded([&] { write_economy(engine(*this), path); });
}

std::string Economy::bytes() const {
    return guarded([&] { return economy_bytes(engine(*this)); });
}

}  // namespace v1
}  // namespace detente
