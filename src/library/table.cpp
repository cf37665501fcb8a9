#include "detente/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "library/boundary.h"
#include "library/tables.h"

namespace detente {
namespace {

std::size_t position(const v1::Dimension& dimension, std::string_view label) {
    const std::vector<std::string>& names = *dimension.labels;
    const auto found = std::find(names.begin(), names.end(), label);
    if (found == names.end()) throw_unknown_name(Place{"", 0, ""}, dimension.name, std::string(label), names);
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

namespace v1 {

Table::Table(std::string name, std::string unit, std::vector<Dimension> dimensions, std::span<const double> data,
             std::shared_ptr<const void> owner)
    : name_(std::move(name)),
      unit_(std::move(unit)),
      dimensions_(std::move(dimensions)),
      data_(data),
      owner_(std::move(owner)) {}

const std::vector<std::string>& Table::labels(std::size_t dimension) const {
    return library::guarded([&]() -> const std::vector<std::string>& {
        if (dimension >= rank())
            throw_input({Place{"", 0, name_}, "no such dimension", std::to_string(dimension),
                         fmt::format("below {}", rank()), ""});
        return *dimensions_[dimension].labels;
    });
}

double Table::at(std::span<const std::string_view> labels) const {
    return library::guarded([&] {
        if (labels.size() != rank())
            throw_input({Place{"", 0, name_}, "not one label for each dimension", std::to_string(labels.size()),
                         std::to_string(rank()), ""});
        std::ptrdiff_t offset = 0;
        for (std::size_t d = 0; d < rank(); ++d)
            offset += static_cast<std::ptrdiff_t>(position(dimensions_[d], labels[d])) * dimensions_[d].stride;
        return data_[static_cast<std::size_t>(offset)];
    });
}

}  // namespace v1

namespace library {

TableMaker::TableMaker(std::shared_ptr<const Economy> labels, std::shared_ptr<const void> owner)
    : regions_(labels, &labels->regions.names()),
      sectors_(labels, &labels->sectors.names()),
      owner_(std::move(owner)) {}

v1::Table TableMaker::by_region(const char* name, const std::string& unit, const std::vector<double>& data) const {
    if (data.empty()) return {};
    return {name, unit, {{"region", regions_, 1}}, data, owner_};
}

v1::Table TableMaker::by_sector(const char* name, const std::string& unit, const std::vector<double>& data) const {
    if (data.empty()) return {};
    return {name, unit, {{"sector", sectors_, 1}}, data, owner_};
}

v1::Table TableMaker::by_region_sector(const char* name, const std::string& unit, const RegionSector& data) const {
    if (data.empty()) return {};
    return {name, unit, {{"region", regions_, 1}, {"sector", sectors_, data.regions()}}, data.data(), owner_};
}

v1::Table TableMaker::by_line(const char* name, const std::string& unit, const TradeTensor& data) const {
    if (data.empty()) return {};
    const std::ptrdiff_t n = data.regions();
    return {name,
            unit,
            {{"exporter", regions_, 1}, {"importer", regions_, n}, {"sector", sectors_, n * n}},
            data.data(),
            owner_};
}

v1::Table TableMaker::by_input(const char* name, const std::string& unit, const InputTensor& data) const {
    if (data.empty()) return {};
    const std::ptrdiff_t n = data.regions(), m = data.sectors();
    return {name,
            unit,
            {{"region", regions_, 1}, {"input", sectors_, n}, {"sector", sectors_, n * m}},
            data.data(),
            owner_};
}

}  // namespace library
}  // namespace detente
