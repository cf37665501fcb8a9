// Plain dense arrays with the index orders that the models use.
#pragma once

#include <vector>

namespace detente {

/// A table by (region, sector), sector-major: `[sector][region]`. The region is contiguous because every
/// kernel of the equilibrium runs over regions for one sector.
class RegionSector {
public:
    RegionSector() = default;
    RegionSector(int regions, int sectors, double value = 0.0)
        : regions_(regions),
          sectors_(sectors),
          data_(static_cast<std::size_t>(regions) * static_cast<std::size_t>(sectors), value) {}

    /// Lengths of the dimensions; empty where nothing was ever stored.
    int regions() const { return regions_; }
    int sectors() const { return sectors_; }
    bool empty() const { return data_.empty(); }
    double& operator()(int i, int s) { return data_[index(i, s)]; }
    double operator()(int i, int s) const { return data_[index(i, s)]; }
    /// The numbers in the order stored.
    std::vector<double>& data() { return data_; }
    const std::vector<double>& data() const { return data_; }

private:
    std::size_t index(int i, int s) const {
        return static_cast<std::size_t>(s) * static_cast<std::size_t>(regions_) + static_cast<std::size_t>(i);
    }
    int regions_ = 0, sectors_ = 0;
    std::vector<double> data_;
};

/// A table by (exporter, importer, sector), stored `[sector][importer][exporter]`: the sweep of the
/// equilibrium visits one market (importer, sector) at a time and sums over exporters.
class TradeTensor {
public:
    TradeTensor() = default;
    TradeTensor(int regions, int sectors, double value = 0.0)
        : regions_(regions),
          sectors_(sectors),
          data_(
              static_cast<std::size_t>(regions) * static_cast<std::size_t>(regions) * static_cast<std::size_t>(sectors),
              value) {}

    /// Lengths of the dimensions; empty where nothing was ever stored.
    int regions() const { return regions_; }
    int sectors() const { return sectors_; }
    bool empty() const { return data_.empty(); }
    double& operator()(int exporter, int importer, int sector) { return data_[index(exporter, importer, sector)]; }
    double operator()(int exporter, int importer, int sector) const { return data_[index(exporter, importer, sector)]; }
    /// The exporters of one market, contiguous.
    const double* market(int importer, int sector) const { return data_.data() + index(0, importer, sector); }
    double* market(int importer, int sector) { return data_.data() + index(0, importer, sector); }
    /// The numbers in the order stored.
    std::vector<double>& data() { return data_; }
    const std::vector<double>& data() const { return data_; }

private:
    std::size_t index(int i, int j, int s) const {
        const auto n = static_cast<std::size_t>(regions_);
        return (static_cast<std::size_t>(s) * n + static_cast<std::size_t>(j)) * n + static_cast<std::size_t>(i);
    }
    int regions_ = 0, sectors_ = 0;
    std::vector<double> data_;
};

/// A table by (region, input, sector): spending of `sector` in `region` on `input`. Stored
/// `[sector][input][region]`.
class InputTensor {
public:
    InputTensor() = default;
    InputTensor(int regions, int sectors, double value = 0.0)
        : regions_(regions),
          sectors_(sectors),
          data_(
              static_cast<std::size_t>(regions) * static_cast<std::size_t>(sectors) * static_cast<std::size_t>(sectors),
              value) {}

    /// Lengths of the dimensions; empty where nothing was ever stored.
    int regions() const { return regions_; }
    int sectors() const { return sectors_; }
    bool empty() const { return data_.empty(); }
    double& operator()(int region, int input, int sector) { return data_[index(region, input, sector)]; }
    double operator()(int region, int input, int sector) const { return data_[index(region, input, sector)]; }
    /// The numbers in the order stored.
    std::vector<double>& data() { return data_; }
    const std::vector<double>& data() const { return data_; }

private:
    std::size_t index(int i, int k, int s) const {
        const auto n = static_cast<std::size_t>(regions_), m = static_cast<std::size_t>(sectors_);
        return (static_cast<std::size_t>(s) * m + static_cast<std::size_t>(k)) * n + static_cast<std::size_t>(i);
    }
    int regions_ = 0, sectors_ = 0;
    std::vector<double> data_;
};

}  // namespace detente
