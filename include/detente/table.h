// Numbers with names along every dimension: what results come in.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/export.h"

namespace detente {
DETENTE_V1_BEGIN
/// One dimension of a table.
struct Dimension {
    std::string name;                                        ///< "region", "exporter", "sector", ...
    std::shared_ptr<const std::vector<std::string>> labels;  ///< in the order of the economy; never null in a table
    std::ptrdiff_t stride = 1;                               ///< numbers between one label and the next
    std::size_t size() const { return labels ? labels->size() : 0; }
};

/// A dense table of up to three labelled dimensions. It shows numbers where they are and keeps them alive: copying
/// a table copies no number, and a table outlives the result that it was taken from. Numbers never change.
class DETENTE_PUBLIC Table {
public:
    static constexpr std::size_t most_dimensions = 3;

    Table() = default;
    /// `data` stays where it is, kept alive by `owner`; its size is the product of the dimensions'.
    Table(std::string name, std::string unit, std::vector<Dimension> dimensions, std::span<const double> data,
          std::shared_ptr<const void> owner);

    const std::string& name() const noexcept { return name_; }  ///< "welfare_percent", "tariff", ...
    /// "percent", "ratio" (a hat: to the base), "rate" (0.05 = 5 %), "share", or the money of the economy.
    const std::string& unit() const noexcept { return unit_; }
    const std::vector<Dimension>& dimensions() const noexcept { return dimensions_; }
    std::size_t rank() const noexcept { return dimensions_.size(); }
    bool empty() const noexcept { return data_.empty(); }
    /// Labels of a dimension by position. Throws an input error where there is no such dimension.
    const std::vector<std::string>& labels(std::size_t dimension = 0) const;

    /// All numbers in the order in which they lie; element (i, j, k) is at i * stride(0) + j * stride(1) + ...
    std::span<const double> data() const noexcept { return data_; }
    std::ptrdiff_t stride(std::size_t dimension) const { return dimensions_[dimension].stride; }
    /// What keeps the numbers alive: for bindings that hand them on.
    const std::shared_ptr<const void>& owner() const noexcept { return owner_; }

    /// By position, as many as there are dimensions; not checked.
    template <class... Positions>
    double operator()(Positions... positions) const {
        const std::array<std::size_t, sizeof...(positions)> at = {static_cast<std::size_t>(positions)...};
        std::ptrdiff_t offset = 0;
        for (std::size_t d = 0; d < at.size(); ++d)
            offset += static_cast<std::ptrdiff_t>(at[d]) * dimensions_[d].stride;
        return data_[static_cast<std::size_t>(offset)];
    }
    /// By label, one for each dimension: `table["USA"]`, `table.at({"CHN", "USA", "goods"})`. Throws an input error
    /// with the nearest label where there is none, and where the number of labels is not that of the dimensions.
    double at(std::initializer_list<std::string_view> labels) const {
        return at(std::span(labels.begin(), labels.size()));
    }
    double at(std::span<const std::string_view> labels) const;
    double operator[](std::string_view label) const { return at({label}); }

private:
    std::string name_, unit_;
    std::vector<Dimension> dimensions_;
    std::span<const double> data_;
    std::shared_ptr<const void> owner_;
};

DETENTE_V1_END
}  // namespace detente
