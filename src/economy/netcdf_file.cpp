#include "economy/netcdf_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <netcdf.h>
#include <netcdf_mem.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <numeric>
#include <thread>

#include "base/file.h"

namespace detente {
namespace {

// NetCDF's message, or the system's where the library passes an errno on.
std::string message(int status) {
    return status > 0 ? std::strerror(status) : nc_strerror(status);
}

std::recursive_mutex& library() {
    static std::recursive_mutex mutex;
    return mutex;
}

std::string shape_text(const std::vector<std::string>& names) {
    return fmt::format("({})", fmt::join(names, ", "));
}

std::vector<std::string> dimension_names(int file, const std::vector<int>& ids) {
    std::vector<std::string> names;
    for (const int id : ids) {
        char name[NC_MAX_NAME + 1] = {};
        nc_inq_dimname(file, id, name);
        names.emplace_back(name);
    }
    return names;
}

// Characters of one string up to its padding.
std::string unpadded(const char* text, std::size_t size) {
    std::string result(text, size);
    const std::size_t end = result.find('\0');
    if (end != std::string::npos) result.resize(end);
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

}  // namespace

void throw_too_long(const std::string& file, const std::string& dimension, std::uint64_t length) {
    throw_input({Place{file, 0, dimension}, "the dimension is too long", std::to_string(length),
                 fmt::format("at most {}", most_netcdf_names), ""});
}

NetcdfTurn::NetcdfTurn(const Job& job) {
    // Asked again and again, so that a cancelled job does not wait for a stranger's large file.
    using namespace std::chrono_literals;
    while (!library().try_lock()) {
        job.check();
        std::this_thread::sleep_for(2ms);
    }
}

NetcdfTurn::~NetcdfTurn() {
    library().unlock();
}

std::size_t cells_of(std::span<const std::size_t> lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>());
}

void for_each_part(
    const std::vector<std::size_t>& lengths, const Job& job,
    const std::function<void(const std::size_t* start, const std::size_t* count, std::size_t first)>& part) {
    constexpr std::size_t most = std::size_t{1} << 20U;  // cells
    // The first dimensions are gone through one by one, `along` in steps, and the rest is taken whole.
    std::size_t along = 0, slice = cells_of(lengths);
    if (slice == 0) return;
    while (along < lengths.size() && slice > most) slice /= lengths[along++];
    if (along > 0) --along;
    std::vector<std::size_t> start(std::max<std::size_t>(lengths.size(), 1), 0), count = lengths;
    if (lengths.empty()) {
        job.check();
        return part(start.data(), start.data(), 0);
    }
    std::fill(count.begin(), count.begin() + static_cast<std::ptrdiff_t>(along), 1);
    const std::size_t below = cells_of(std::span(lengths).subspan(along + 1));
    const std::size_t step = std::clamp<std::size_t>(most / std::max<std::size_t>(below, 1), 1, lengths[along]);
    for (std::size_t first = 0;;) {
        for (start[along] = 0; start[along] < lengths[along]; start[along] += count[along]) {
            job.check();
            count[along] = std::min(step, lengths[along] - start[along]);
            part(start.data(), count.data(), first);
            first += count[along] * below;
        }
        start[along] = 0;
        std::size_t digit = along;
        while (digit > 0 && ++start[digit - 1] == lengths[digit - 1]) start[--digit] = 0;
        if (digit == 0) return;
    }
}

NetcdfReader::NetcdfReader(const std::filesystem::path& path, Job job)
    : job_(std::move(job)), turn_(job_), file_(path.string()) {
    // The library's message for a folder or a missing file is about NetCDF; the system's is about the file.
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored) || !std::filesystem::is_regular_file(path, ignored)) read_text(path);
    size_ = std::filesystem::file_size(path, ignored);
    check_netcdf_length(path);
    expect_open(nc_open(path.c_str(), NC_NOWRITE, &id_));
}

NetcdfReader::NetcdfReader(const std::string& content, const std::string& name, Job job)
    : job_(std::move(job)), turn_(job_), file_(name), size_(content.size()) {
    check_netcdf_length(content, file_);
    // The library takes the memory as writable and, opened like this, does not write to it.
    auto* memory = const_cast<char*>(content.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    expect_open(nc_open_mem(file_.c_str(), NC_NOWRITE, content.size(), memory, &id_));
}

void NetcdfReader::expect_open(int status) const {
    if (status == NC_NOERR) return;
    const char* hint = status == NC_ENOTNC    ? "; it is not a NetCDF file"
                       : status == NC_EHDFERR ? "; the file is cut short or damaged"
                                              : "";
    throw_file(file_, "cannot be opened as NetCDF: " + message(status) + hint);
}

NetcdfReader::~NetcdfReader() {
    nc_close(id_);
}

bool NetcdfReader::has_dimension(const std::string& name) const {
    int dimension = 0;
    return nc_inq_dimid(id_, name.c_str(), &dimension) == NC_NOERR;
}

std::vector<std::string> NetcdfReader::dimensions() const {
    int count = 0;
    nc_inq_ndims(id_, &count);
    std::vector<int> ids(static_cast<std::size_t>(count));
    nc_inq_dimids(id_, &count, ids.data(), 0);
    return dimension_names(id_, ids);
}

int NetcdfReader::dimension(const std::string& name) const {
    int dimension = 0;
    if (nc_inq_dimid(id_, name.c_str(), &dimension) != NC_NOERR) {
        throw_unknown_name(Place{file_, 0, ""}, "dimension", name, dimensions());
    }
    std::size_t length = 0;
    check(nc_inq_dimlen(id_, dimension, &length), name);
    if (length > most_netcdf_names) throw_too_long(file_, name, length);
    return static_cast<int>(length);
}

bool NetcdfReader::has_variable(const std::string& name) const {
    int variable = 0;
    return nc_inq_varid(id_, name.c_str(), &variable) == NC_NOERR;
}

std::vector<std::string> NetcdfReader::variables() const {
    int count = 0;
    nc_inq_nvars(id_, &count);
    std::vector<std::string> names;
    for (int v = 0; v < count; ++v) {
        char name[NC_MAX_NAME + 1] = {};
        nc_inq_varname(id_, v, name);
        names.emplace_back(name);
    }
    return names;
}

int NetcdfReader::variable_id(const std::string& variable) const {
    int id = 0;
    if (nc_inq_varid(id_, variable.c_str(), &id) != NC_NOERR) {
        throw_input({Place{file_, 0, ""}, "a variable is missing", fmt::format("no variable \"{}\"", variable),
                     variable, nearest_name(variable, variables())});
    }
    return id;
}

std::vector<std::string> NetcdfReader::shape(const std::string& variable) const {
    const int id = variable_id(variable);
    int count = 0;
    nc_inq_varndims(id_, id, &count);
    std::vector<int> ids(static_cast<std::size_t>(count));
    nc_inq_vardimid(id_, id, ids.data());
    return dimension_names(id_, ids);
}

void NetcdfReader::expect_shape(const std::string& variable, const std::vector<std::string>& found,
                                const std::vector<std::string>& expected) const {
    if (found == expected) return;
    throw_input({Place{file_, 0, variable}, "the variable has the wrong dimensions", shape_text(found),
                 shape_text(expected), ""});
}

void NetcdfReader::check(int status, const std::string& what) const {
    if (status != NC_NOERR) throw_file(file_, what + " cannot be read: " + message(status));
}

void NetcdfReader::expect_held(const std::string& key, std::size_t count, std::size_t bytes) const {
    // Compressed data of NetCDF-4 are smaller than what they become; deflate shrinks by at most 1032, and a byte of
    // padding is not counted. Classic files have been held against their length already.
    constexpr std::size_t most_shrunk = 4096, spare = std::size_t{1} << 20U;
    const std::size_t fits = std::min<std::uintmax_t>(size_, SIZE_MAX / most_shrunk - spare) * most_shrunk + spare;
    if (count <= std::min(most_netcdf_cells, fits / bytes)) return;
    throw_input({Place{file_, 0, key}, "more cells than the file can hold", std::to_string(count),
                 fmt::format("at most {}", std::min(most_netcdf_cells, fits / bytes)), ""});
}

// Lengths and so the number of cells; callers size their tables by the names of its dimensions, so these must agree
// with the dimensions themselves (in a damaged file two may share a name).
std::vector<std::size_t> NetcdfReader::lengths(const std::string& variable, int id) const {
    int rank = 0;
    nc_type type = NC_NAT;
    std::size_t bytes = 0;
    check(nc_inq_varndims(id_, id, &rank), variable);
    check(nc_inq_vartype(id_, id, &type), variable);
    check(nc_inq_type(id_, type, nullptr, &bytes), variable);
    std::vector<int> ids(static_cast<std::size_t>(rank));
    check(nc_inq_vardimid(id_, id, ids.data()), variable);
    std::size_t count = 1;
    std::vector<std::size_t> found;
    for (const int dimension_id : ids) {
        std::size_t length = 0;
        check(nc_inq_dimlen(id_, dimension_id, &length), variable);
        found.push_back(length);
        const std::string name = dimension_names(id_, {dimension_id}).front();
        if (length != static_cast<std::size_t>(dimension(name)))
            throw_input(Place{file_, 0, variable}, "two dimensions of different lengths are called \"" + name + '"');
        count *= length;  // below 2^48: both factors are bounded
        expect_held(variable, count, std::max<std::size_t>(bytes, 1));
    }
    return found;
}

std::vector<double> NetcdfReader::numbers(const std::string& variable, const std::vector<std::string>& expected) const {
    const int id = variable_id(variable);
    const std::vector<std::string> dimensions = shape(variable);
    expect_shape(variable, dimensions, expected);
    nc_type type = NC_NAT;
    nc_inq_vartype(id_, id, &type);
    if (type == NC_CHAR || type >= NC_STRING) {
        throw_input({Place{file_, 0, variable}, "the variable has the wrong type", "text", "numbers", ""});
    }
    const std::vector<std::size_t> all = lengths(variable, id);
    std::vector<double> values(cells_of(all));
    for_each_part(all, job_, [&](const std::size_t* start, const std::size_t* count, std::size_t first) {
        check(nc_get_vara_double(id_, id, start, count, values.data() + first), variable);
    });
    return values;
}

std::vector<std::string> NetcdfReader::strings(const std::string& variable, const std::string& dimension_name) const {
    const int id = variable_id(variable);
    const std::vector<std::string> dimensions = shape(variable);
    nc_type type = NC_NAT;
    nc_inq_vartype(id_, id, &type);
    if (type != NC_CHAR && type != NC_STRING) {
        throw_input({Place{file_, 0, variable}, "the variable has the wrong type", "numbers", "text", ""});
    }
    const auto count = static_cast<std::size_t>(dimension(dimension_name));
    std::vector<std::string> texts;
    if (type == NC_STRING) {
        expect_shape(variable, dimensions, {dimension_name});
        std::vector<char*> raw(cells_of(lengths(variable, id)), nullptr);
        check(nc_get_var_string(id_, id, raw.data()), variable);
        for (const char* text : raw) texts.emplace_back(text == nullptr ? "" : text);
        nc_free_string(count, raw.data());
        return texts;
    }
    const std::string length_name = dimensions.size() == 2 ? dimensions[1] : "string length";
    expect_shape(variable, dimensions, {dimension_name, length_name});
    const auto length = static_cast<std::size_t>(dimension(length_name));
    std::vector<char> raw(cells_of(lengths(variable, id)));
    if (!raw.empty()) check(nc_get_var_text(id_, id, raw.data()), variable);
    for (std::size_t i = 0; i < count; ++i) texts.push_back(unpadded(raw.data() + i * length, length));
    return texts;
}

bool NetcdfReader::has_attribute(const std::string& variable, const std::string& name) const {
    const int id = variable.empty() ? NC_GLOBAL : variable_id(variable);
    int attribute = 0;
    return nc_inq_attid(id_, id, name.c_str(), &attribute) == NC_NOERR;
}

std::string NetcdfReader::text_attribute(const std::string& variable, const std::string& name) const {
    const int id = variable.empty() ? NC_GLOBAL : variable_id(variable);
    const std::string key = variable.empty() ? name : variable + ":" + name;
    nc_type type = NC_NAT;
    std::size_t length = 0;
    if (nc_inq_att(id_, id, name.c_str(), &type, &length) != NC_NOERR) {
        throw_input(Place{file_, 0, key}, "the attribute is missing");
    }
    if (type == NC_STRING && length == 1) {
        char* raw = nullptr;
        check(nc_get_att_string(id_, id, name.c_str(), &raw), key);
        std::string text = raw == nullptr ? "" : raw;
        nc_free_string(1, &raw);
        return text;
    }
    if (type != NC_CHAR) throw_input({Place{file_, 0, key}, "the attribute has the wrong type", "", "text", ""});
    expect_held(key, length, 1);
    std::string text(length, '\0');
    check(nc_get_att_text(id_, id, name.c_str(), text.data()), key);
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

double NetcdfReader::number_attribute(const std::string& variable, const std::string& name) const {
    const int id = variable.empty() ? NC_GLOBAL : variable_id(variable);
    const std::string key = variable.empty() ? name : variable + ":" + name;
    nc_type type = NC_NAT;
    std::size_t length = 0;
    if (nc_inq_att(id_, id, name.c_str(), &type, &length) != NC_NOERR) {
        throw_input(Place{file_, 0, key}, "the attribute is missing");
    }
    if (type == NC_CHAR || type >= NC_STRING || length != 1) {
        throw_input({Place{file_, 0, key}, "the attribute has the wrong type", "", "one number", ""});
    }
    double value = 0.0;
    check(nc_get_att_double(id_, id, name.c_str(), &value), key);
    return value;
}

}  // namespace detente
