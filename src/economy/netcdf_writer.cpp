#include <fmt/format.h>
#include <netcdf.h>
#include <netcdf_mem.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "economy/netcdf_file.h"

namespace detente {

NetcdfWriter::Format NetcdfWriter::format_for(double numbers) {
    constexpr double most = 4294967292.0 / sizeof(double);
    return numbers > most ? Format::large : Format::classic;
}

namespace {

int mode(NetcdfWriter::Format format) {
    return format == NetcdfWriter::Format::large ? NC_64BIT_DATA : NC_64BIT_OFFSET;
}

}  // namespace

NetcdfWriter::NetcdfWriter(const std::filesystem::path& path, const std::string& name, Format format, Job job)
    : job_(std::move(job)), turn_(job_), file_(name) {
    // Left to itself the library writes a disk's block at a time: a hundred thousand calls for a large economy.
    std::size_t buffer = std::size_t{1} << 20U;
    check(nc__create(path.c_str(), NC_CLOBBER | mode(format), 0, &buffer, &id_), "");
    int previous = 0;
    // Every cell is written, so filling first would only write the file twice.
    check(nc_set_fill(id_, NC_NOFILL, &previous), "");
}

NetcdfWriter::NetcdfWriter(const std::string& name, Format format, Job job)
    : job_(std::move(job)), turn_(job_), file_(name) {
    constexpr std::size_t first_size = std::size_t{1} << 20U;  // it grows
    // Filled before it is written: between texts stands what the memory held, where a file has zeros.
    check(nc_create_mem(name.c_str(), mode(format), first_size, &id_), "");
}

NetcdfWriter::~NetcdfWriter() {
    if (id_ >= 0) nc_abort(id_);
}

void NetcdfWriter::check(int status, const std::string& what) const {
    if (status == NC_NOERR) return;
    const std::string why = status > 0 ? std::strerror(status) : nc_strerror(status);
    throw_file(file_, (what.empty() ? "cannot be written: " : what + " cannot be written: ") + why);
}

void NetcdfWriter::dimension(const std::string& name, int size) {
    // The format takes length 0 for "unlimited".
    if (size < 1)
        throw_input({Place{file_, 0, name}, "the dimension is empty", std::to_string(size), "at least 1", ""});
    int id = 0;
    check(nc_def_dim(id_, name.c_str(), static_cast<std::size_t>(size), &id), name);
}

void NetcdfWriter::text_dimension(const std::string& name, const std::vector<std::string>& texts) {
    std::size_t longest = 1;
    for (const std::string& text : texts) longest = std::max(longest, text.size());
    dimension(name, static_cast<int>(longest));
}

void NetcdfWriter::define(const std::string& variable, Type type, const std::vector<std::string>& dimensions,
                          const std::string& units, const std::string& long_name) {
    std::vector<int> ids;
    for (const std::string& name : dimensions) {
        int id = 0;
        check(nc_inq_dimid(id_, name.c_str(), &id), variable);
        ids.push_back(id);
    }
    const nc_type kind = type == Type::number ? NC_DOUBLE : type == Type::integer ? NC_INT : NC_CHAR;
    int id = 0;
    check(nc_def_var(id_, variable.c_str(), kind, static_cast<int>(ids.size()), ids.data(), &id), variable);
    if (!units.empty()) attribute(variable, "units", units);
    if (!long_name.empty()) attribute(variable, "long_name", long_name);
    if (type == Type::text) attribute(variable, "_Encoding", std::string("utf-8"));
}

int NetcdfWriter::variable_id(const std::string& variable) const {
    int id = NC_GLOBAL;
    if (!variable.empty()) check(nc_inq_varid(id_, variable.c_str(), &id), variable);
    return id;
}

void NetcdfWriter::attribute(const std::string& variable, const std::string& name, const std::string& text) {
    check(nc_put_att_text(id_, variable_id(variable), name.c_str(), text.size(), text.c_str()), name);
}

void NetcdfWriter::attribute(const std::string& variable, const std::string& name, int value) {
    check(nc_put_att_int(id_, variable_id(variable), name.c_str(), NC_INT, 1, &value), name);
}

void NetcdfWriter::attribute(const std::string& variable, const std::string& name, double value) {
    check(nc_put_att_double(id_, variable_id(variable), name.c_str(), NC_DOUBLE, 1, &value), name);
}

void NetcdfWriter::end_definitions() {
    check(nc_enddef(id_), "");
}

std::vector<std::size_t> NetcdfWriter::lengths(const std::string& variable) const {
    const int id = variable_id(variable);
    int count = 0;
    check(nc_inq_varndims(id_, id, &count), variable);
    std::vector<int> ids(static_cast<std::size_t>(count));
    check(nc_inq_vardimid(id_, id, ids.data()), variable);
    std::vector<std::size_t> list(ids.size());
    for (std::size_t k = 0; k < ids.size(); ++k) check(nc_inq_dimlen(id_, ids[k], &list[k]), variable);
    return list;
}

void NetcdfWriter::expect_count(const std::string& variable, std::size_t found, std::size_t expected) const {
    if (found == expected) return;
    throw_input({Place{file_, 0, variable}, "the table does not fit its dimensions", fmt::format("{} values", found),
                 std::to_string(expected), ""});
}

void NetcdfWriter::write(const std::string& variable, const std::vector<double>& values) {
    const std::vector<std::size_t> all = lengths(variable);
    expect_count(variable, values.size(), cells_of(all));
    const int id = variable_id(variable);
    for_each_part(all, job_, [&](const std::size_t* start, const std::size_t* count, std::size_t first) {
        check(nc_put_vara_double(id_, id, start, count, values.data() + first), variable);
    });
}

void NetcdfWriter::write(const std::string& variable, const std::vector<int>& values) {
    expect_count(variable, values.size(), cells_of(lengths(variable)));
    check(nc_put_var_int(id_, variable_id(variable), values.data()), variable);
}

void NetcdfWriter::write(const std::string& variable, const std::vector<std::string>& texts) {
    const std::vector<std::size_t> all = lengths(variable);
    const std::size_t cells = cells_of(all), last = all.empty() ? 1 : all.back();
    expect_count(variable, texts.size(), cells / last);
    std::vector<char> raw(cells, '\0');
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].size() > last) expect_count(variable, texts[i].size(), last);
        std::copy(texts[i].begin(), texts[i].end(), raw.begin() + static_cast<std::ptrdiff_t>(i * last));
    }
    check(nc_put_var_text(id_, variable_id(variable), raw.data()), variable);
}

void NetcdfWriter::close() {
    const int id = id_;
    id_ = -1;
    check(nc_close(id), "");
}

std::string NetcdfWriter::bytes() {
    const int id = id_;
    id_ = -1;
    NC_memio content{};
    check(nc_close_memio(id, &content), "");
    // The library hands back all that it had taken, which is more than the file.
    const std::string_view taken(static_cast<const char*>(content.memory), content.size);
    std::string copy(taken.substr(0, netcdf_length(taken)));
    std::free(content.memory);  // NOLINT(cppcoreguidelines-no-malloc): the library's
    return copy;
}

}  // namespace detente
