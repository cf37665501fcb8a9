// Labelled tables over the engine's arrays, without copying a number.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/tensor.h"
#include "detente/table.h"
#include "economy/economy.h"

namespace detente::library {

/// Makes tables whose numbers lie in a value that `owner` keeps alive, labelled by the names of an economy that
/// `labels` keeps alive. An array that is empty gives an empty table.
class TableMaker {
public:
    TableMaker(std::shared_ptr<const Economy> labels, std::shared_ptr<const void> owner);

    /// One dimension: region.
    v1::Table by_region(const char* name, const std::string& unit, const std::vector<double>& data) const;
    /// One dimension: sector.
    v1::Table by_sector(const char* name, const std::string& unit, const std::vector<double>& data) const;
    /// Region, sector.
    v1::Table by_region_sector(const char* name, const std::string& unit, const RegionSector& data) const;
    /// Exporter, importer, sector.
    v1::Table by_line(const char* name, const std::string& unit, const TradeTensor& data) const;
    /// Region, input, sector.
    v1::Table by_input(const char* name, const std::string& unit, const InputTensor& data) const;

private:
    std::shared_ptr<const std::vector<std::string>> regions_, sectors_;
    std::shared_ptr<const void> owner_;
};

/// A value of its own for a table, and the maker of that table.
template <class Array>
struct Owned {
    std::shared_ptr<const Array> data;
    TableMaker maker;
    Owned(std::shared_ptr<const Economy> labels, Array array)
        : data(std::make_shared<const Array>(std::move(array))), maker(std::move(labels), data) {}
};

}  // namespace detente::library
