// NetCDF files through the C library: opened, checked and closed, with errors that name file and variable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/job.h"

namespace detente {

/// What a file may hold: far beyond any table of the world economy (4,050 x 4,050 in the largest published one), so
/// that the numbers in a damaged header are found before memory is taken for them.
constexpr std::size_t most_netcdf_names = std::size_t{1} << 20U;  ///< along one dimension
constexpr std::size_t most_netcdf_cells = std::size_t{1} << 28U;  ///< of one variable (2 GiB as doubles)

/// Input error: a dimension is longer than `most_netcdf_names`.
[[noreturn]] void throw_too_long(const std::string& file, const std::string& dimension, std::uint64_t length);

/// Throws a file error where a classic NetCDF file is shorter than its header says, and an input error
/// where a dimension is too long; does nothing for others.
void check_netcdf_length(const std::filesystem::path& path);
/// The same for the content of a file; errors call it `name`.
void check_netcdf_length(std::string_view content, const std::string& name);
/// The length that the header of a classic NetCDF file asks for, at most that of `content`.
std::size_t netcdf_length(std::string_view content);

/// The NetCDF library keeps lists of its own and is not made for several threads: whoever has its turn has the library
/// alone until the turn ends. Turns of one thread may stand inside each other.
class NetcdfTurn {
public:
    /// Waits for the turns of other threads; throws `Interrupted` where the job is cancelled meanwhile.
    explicit NetcdfTurn(const Job& job);
    ~NetcdfTurn();
    NetcdfTurn(const NetcdfTurn&) = delete;
    NetcdfTurn& operator=(const NetcdfTurn&) = delete;
};

/// How many cells dimensions of these lengths have.
std::size_t cells_of(std::span<const std::size_t> lengths);

/// Calls `part(start, count, first)` for parts of a variable with dimensions of these lengths, one after the other in
/// the order of its cells (`first`: the number of the part's first cell), each small enough to be read or written in
/// some hundredths of a second; the job is looked at before each.
void for_each_part(
    const std::vector<std::size_t>& lengths, const Job& job,
    const std::function<void(const std::size_t* start, const std::size_t* count, std::size_t first)>& part);

/// An open NetCDF file (any of the classic formats or NetCDF-4), read-only; closed with the object.
class NetcdfReader {
public:
    /// Throws a file error where the file cannot be opened, is not NetCDF or is cut short. Has its turn with the
    /// library as long as it lives; a cancelled job ends it at any part of a variable.
    explicit NetcdfReader(const std::filesystem::path& path, Job job = {});
    /// The same for the content of a file in memory, which must outlive the reader; errors call it `name`.
    NetcdfReader(const std::string& content, const std::string& name, Job job = {});
    ~NetcdfReader();
    NetcdfReader(const NetcdfReader&) = delete;
    NetcdfReader& operator=(const NetcdfReader&) = delete;

    /// The file, for errors.
    const std::string& file() const { return file_; }
    /// Whether the file has a dimension of that name.
    bool has_dimension(const std::string& name) const;
    /// Length of a dimension; throws an input error with the nearest name where there is none, or where it is longer
    /// than `most_netcdf_names`.
    int dimension(const std::string& name) const;
    std::vector<std::string> dimensions() const;

    /// Whether the file has a variable of that name; all of them in the order of the file.
    bool has_variable(const std::string& name) const;
    std::vector<std::string> variables() const;
    /// The names of a variable's dimensions, slowest first.
    std::vector<std::string> shape(const std::string& variable) const;

    /// A variable of any numeric type as doubles, row-major. `expected` names its dimensions in order; throws an
    /// input error (variable, found, expected) where it has others. Values may be NaN: the caller knows the cells.
    std::vector<double> numbers(const std::string& variable, const std::vector<std::string>& expected) const;
    /// A list of strings: an NC_STRING variable, or characters with a trailing string-length dimension.
    std::vector<std::string> strings(const std::string& variable, const std::string& dimension) const;

    /// Attributes; `variable` empty: of the file.
    bool has_attribute(const std::string& variable, const std::string& name) const;
    std::string text_attribute(const std::string& variable, const std::string& name) const;
    double number_attribute(const std::string& variable, const std::string& name) const;

private:
    void expect_open(int status) const;
    int variable_id(const std::string& variable) const;
    /// The lengths of a variable's dimensions; throws where the file cannot hold its cells.
    std::vector<std::size_t> lengths(const std::string& variable, int id) const;
    /// Throws where a file of this size cannot hold `count` cells of `bytes` each.
    void expect_held(const std::string& key, std::size_t count, std::size_t bytes) const;
    void check(int status, const std::string& what) const;
    void expect_shape(const std::string& variable, const std::vector<std::string>& found,
                      const std::vector<std::string>& expected) const;

    Job job_;
    NetcdfTurn turn_;
    std::string file_;
    std::uintmax_t size_ = 0;
    int id_ = -1;
};

/// A new file in the classic 64-bit offset format: no time stamps and no compression, so that the same
/// content gives the same bytes, and every NetCDF reader opens it. Use: dimensions, definitions and
/// attributes; `end_definitions`; data; `close` (without it a write error at the end would be lost).
class NetcdfWriter {
public:
    /// What a variable holds: doubles, 32-bit integers, or characters.
    enum class Type { number, integer, text };

    /// The classic format ends at 4 GiB a variable; beyond, its 64-bit data format (CDF-5), which fewer programs read.
    enum class Format { classic, large };
    /// The format for a file whose largest variable has so many numbers.
    static Format format_for(double numbers);

    /// `name` is what errors call the file (it may be written under a temporary path). Has its turn with the library as
    /// long as it lives; a cancelled job ends it at any part of a variable.
    NetcdfWriter(const std::filesystem::path& path, const std::string& name, Format format = Format::classic,
                 Job job = {});
    /// In memory: `bytes` takes the place of `close`.
    NetcdfWriter(const std::string& name, Format format, Job job = {});
    ~NetcdfWriter();
    NetcdfWriter(const NetcdfWriter&) = delete;
    NetcdfWriter& operator=(const NetcdfWriter&) = delete;

    /// A dimension of `size` entries, at least 1.
    void dimension(const std::string& name, int size);
    /// A dimension long enough for the longest of `texts`.
    void text_dimension(const std::string& name, const std::vector<std::string>& texts);
    void define(const std::string& variable, Type type, const std::vector<std::string>& dimensions,
                const std::string& units, const std::string& long_name);
    /// Attributes; `variable` empty: of the file.
    void attribute(const std::string& variable, const std::string& name, const std::string& text);
    void attribute(const std::string& variable, const std::string& name, int value);
    void attribute(const std::string& variable, const std::string& name, double value);
    void end_definitions();

    /// The whole of a variable, row-major; throws where the count does not fit its dimensions.
    void write(const std::string& variable, const std::vector<double>& values);
    void write(const std::string& variable, const std::vector<int>& values);
    void write(const std::string& variable, const std::vector<std::string>& texts);
    void close();
    /// The content of a file in memory, as it would stand on the disk; closes it.
    std::string bytes();

private:
    void check(int status, const std::string& what) const;
    int variable_id(const std::string& variable) const;
    std::vector<std::size_t> lengths(const std::string& variable) const;
    void expect_count(const std::string& variable, std::size_t found, std::size_t expected) const;

    Job job_;
    NetcdfTurn turn_;
    std::string file_;
    int id_ = -1;
};

}  // namespace detente
