// The observed economy: tables with names, as data give them, before any model is calibrated to them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/export.h"
#include "detente/table.h"

namespace detente {
DETENTE_V1_BEGIN
struct Catalogue;

/// An economy as plain arrays, to build one from. N regions, S sectors; arrays are row-major in the order of the
/// indices named, so that `trade` of exporter i, importer j, sector s is at (i * N + j) * S + s. Spans are read
/// during the call alone. Flows are in `unit`, net of the importer's tariff, home sales included. What stays empty
/// is not known: it rules out what needs it (`Economy::check` says what).
struct EconomyArrays {
    std::string title, source, licence, unit;
    std::string note;  ///< what was assumed, for a person
    int year = 0;
    std::vector<std::string> regions, sectors;
    std::vector<std::string> sector_titles;          ///< S long names, or none
    std::span<const double> trade;                   ///< N x N x S (exporter, importer, sector), money
    std::span<const double> tariff;                  ///< N x N x S, ad valorem rates (0.05 = 5 %); empty: none
    std::span<const double> value_added_share;       ///< N x S, value added over gross output
    std::span<const double> input_share;             ///< N x S x S (region, input, sector), spending per unit of output
    std::span<const double> final_share;             ///< N x S, shares of final demand, sum 1 by region
    std::span<const double> theta;                   ///< S trade elasticities (to cost)
    std::span<const double> sigma;                   ///< S elasticities of substitution (`krugman`)
    std::span<const double> psi;                     ///< S scale elasticities
    std::span<const double> theta_log_sd;            ///< S standard deviations of ln theta; empty: not known
    std::string elasticities;                        ///< where the elasticities come from, for a person
    std::string elasticity_set, elasticity_horizon;  ///< the set by its name; "short", "long"; empty: none
    std::span<const std::uint8_t> goods;             ///< S flags: 1 where tariffs can apply; empty: everywhere
    std::span<const double> value_added;             ///< N incomes of labour, money; empty: by `value_added_share`
    std::span<const double> deficit;                 ///< N deficits (imports - exports), money; empty: by `trade`
    std::map<std::string, std::vector<double>> sector_columns;         ///< free columns of S numbers, for scenarios
    std::map<std::string, std::vector<double>> region_columns;         ///< free columns of N numbers
    std::map<std::string, std::vector<double>> region_sector_columns;  ///< free columns of N x S numbers
    std::map<std::string, std::vector<double>> line_columns;           ///< of N x N x S (exporter, importer, sector)
};

/// An economy. Cheap to copy: copies share their tables, which never change. Safe to use from several threads.
class DETENTE_PUBLIC Economy {
public:
    /// Names of the economies that come with the library, or of those in a catalogue, in alphabetical order.
    static std::vector<std::string> built_in();
    static std::vector<std::string> built_in(const Catalogue& catalogue);
    /// A built-in economy by name ("us-china-2017", "world-2023"), or a NetCDF file by its path (with a slash in it, or
    /// the ending .nc; docs/economy-file.md). Throws an input error with the nearest name, a file error where a file
    /// cannot be read, and an input error (file, variable, found, expected) where its content is wrong.
    static Economy load(const std::string& name_or_path);
    static Economy load(const std::string& name_or_path, const Catalogue& catalogue);
    /// From arrays. Throws an input error that names the array whose size does not fit, and for names that are
    /// empty, doubled or no text.
    static Economy from_arrays(const EconomyArrays& arrays);
    /// From the content of an economy file; errors call it `name`. Throws as `load`.
    static Economy from_bytes(const std::string& content, const std::string& name = "economy");

    const std::string& title() const noexcept;    ///< what it is, for a person
    const std::string& source() const noexcept;   ///< where its numbers come from
    const std::string& licence() const noexcept;  ///< of the source
    const std::string& unit() const noexcept;     ///< of money, "million US$"
    const std::string& note() const noexcept;     ///< what was assumed on the way here; may be empty
    /// Where the elasticities come from, with their horizon and mean; may be empty.
    const std::string& elasticities() const noexcept;
    const std::string& elasticity_set()
        const noexcept;  ///< the set they were taken from, by its name; empty: from none
    const std::string& elasticity_horizon() const noexcept;  ///< "short", "long", or empty
    int year() const noexcept;
    const std::vector<std::string>& regions() const noexcept;        ///< N names
    const std::vector<std::string>& sectors() const noexcept;        ///< S codes
    const std::vector<std::string>& sector_titles() const noexcept;  ///< S long names, or none
    std::vector<bool> goods() const;                                 ///< S flags: where tariffs can apply

    Table trade() const;              ///< exporter, importer, sector: flows net of tariffs, money
    Table tariff() const;             ///< exporter, importer, sector: ad valorem rates
    Table value_added_share() const;  ///< region, sector; empty where the economy has none
    Table input_share() const;        ///< region, input, sector: spending of the sector on the input over its output
    Table final_share() const;        ///< region, sector
    Table theta() const;              ///< sector; empty where the economy has none
    Table theta_log_sd() const;       ///< sector: standard deviations of ln theta; empty where they are not known
    Table psi() const;                ///< sector: scale elasticities; empty where the economy has none
    Table sigma() const;              ///< sector: elasticities of substitution; empty where the economy has none
    Table value_added() const;        ///< region: incomes of labour as published, money; empty where they follow
    Table deficit() const;            ///< region: deficits as published, money; empty where they follow from trade
    std::vector<std::string> columns() const;  ///< names of all free columns
    Table column(
        std::string_view name) const;  ///< by sector, region, both, or trade line; throws with the nearest name

    /// This economy with the elasticities of a set, by its name in the catalogue or the path of a CSV
    /// (docs/elasticities.md): theta, how sure it is, and psi where the set has it; sigma goes. Throws an input error
    /// with the nearest name, and where a sector of the economy is not in the set.
    Economy with_elasticities(const std::string& name_or_path) const;
    Economy with_elasticities(const std::string& name_or_path, const Catalogue& catalogue) const;
    /// This economy with the elasticities of goods scaled to `mean` (weighted by trade between regions), theta psi
    /// held. Throws an input error where there is nothing to scale or the mean is not positive.
    Economy with_mean_elasticity(double mean) const;
    /// This economy with one more free column of N x N x S numbers (exporter, importer, sector), row-major: what
    /// `rate_column` and `add_column` of a change can name. Replaces a column of that name. Throws an input error for
    /// another size, and for a name that a column of another shape has.
    Economy with_line_column(const std::string& name, std::span<const double> numbers) const;

    /// What speaks against the economy: accounting residuals, negative cells, empty rows, and what each model
    /// lacks, for a person, a finding a line.
    std::string check() const;
    /// Writes a NetCDF file; the same economy gives the same bytes. Throws a file error.
    void save(const std::string& path) const;
    /// The content of that file: what `from_bytes` reads.
    std::string bytes() const;

    struct Impl;
    explicit Economy(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }  ///< the library's own

private:
    std::shared_ptr<const Impl> impl_;
};

/// Where economies with a name are looked for, in order: in memory, then in folders.
struct Catalogue {
    std::map<std::string, Economy> economies = {};
    std::vector<std::string> folders = {};             ///< with files NAME.nc
    std::vector<std::string> elasticity_folders = {};  ///< with sets of elasticities, files NAME.csv
    std::vector<std::string> tariff_folders = {};      ///< with schedules of tariffs, files NAME.csv

    /// The economies, sets and schedules that come with the library, found from where the library itself lies.
    DETENTE_PUBLIC static Catalogue beside_library();
};

DETENTE_V1_END
}  // namespace detente
