// Economy files and tables in NetCDF: a classic file as it is, or the description of a file of any kind.
//
// A description is one part named after the kind (classic, offset64, data64, netcdf4), with lines
//   dim NAME LENGTH | var NAME TYPE DIMENSION... | att VARIABLE NAME TEXT | num VARIABLE NAME NUMBER
//   data VARIABLE NUMBER... | text VARIABLE WORD... | string VARIABLE WORD...
// ("-" as a variable: the file; the last number is repeated). So dimensions, types and cells are varied where bytes
// would only break a header. NetCDF-4 is described alone: a mutated HDF5 file tests the HDF5 library, not this program.
#include <netcdf.h>

#include <charconv>
#include <sstream>

#include "economy/economy_io.h"
#include "economy/netcdf_file.h"
#include "fuzz.h"

namespace detente::fuzz {
namespace {

constexpr std::size_t most_cells = 20000;

// Thrown where the NetCDF library refuses a description.
struct Refused {};

void check(int status) {
    if (status != NC_NOERR) throw Refused();
}

nc_type type_of(const std::string& name) {
    static const std::vector<std::pair<std::string, nc_type>> types = {
        {"byte", NC_BYTE},     {"char", NC_CHAR},   {"short", NC_SHORT}, {"int", NC_INT},       {"float", NC_FLOAT},
        {"double", NC_DOUBLE}, {"ubyte", NC_UBYTE}, {"int64", NC_INT64}, {"uint64", NC_UINT64}, {"string", NC_STRING}};
    for (const auto& [known, type] : types)
        if (known == name) return type;
    throw Refused();
}

class Description {
public:
    Description(const std::filesystem::path& path, const std::string& kind) : path_(path) {
        const int mode = kind == "netcdf4"    ? NC_NETCDF4
                         : kind == "data64"   ? NC_64BIT_DATA
                         : kind == "offset64" ? NC_64BIT_OFFSET
                         : kind == "classic"  ? 0
                                              : throw Refused();
        check(nc_create(path.c_str(), NC_CLOBBER | mode, &id_));
        nc_set_fill(id_, NC_NOFILL, nullptr);
    }
    ~Description() {
        if (id_ >= 0) nc_abort(id_);
    }
    Description(const Description&) = delete;
    Description& operator=(const Description&) = delete;

    void line(const std::string& text) {
        std::istringstream in(text);
        std::string what, name;
        in >> what >> name;
        if (what == "dim") dimension(in, name);
        if (what == "var") variable(in, name);
        if (what == "att" || what == "num") attribute(in, what, name);
        if (what == "data" || what == "text" || what == "string") data(in, what, name);
    }
    void close() {
        define(false);
        check(nc_close(std::exchange(id_, -1)));
    }

private:
    void define(bool on) {
        if (on != defining_) check(on ? nc_redef(id_) : nc_enddef(id_));
        defining_ = on;
    }
    int find(const std::string& name) const {
        int variable = NC_GLOBAL;
        if (name != "-") check(nc_inq_varid(id_, name.c_str(), &variable));
        return variable;
    }
    void dimension(std::istringstream& in, const std::string& name) {
        std::uint64_t length = 0;
        int dimension = 0;
        in >> length;
        define(true);
        check(nc_def_dim(id_, name.c_str(), static_cast<std::size_t>(length), &dimension));
    }
    void variable(std::istringstream& in, const std::string& name) {
        std::string type, axis;
        std::vector<int> axes;
        in >> type;
        while (in >> axis) check(nc_inq_dimid(id_, axis.c_str(), &axes.emplace_back()));
        int variable = 0;
        define(true);
        check(nc_def_var(id_, name.c_str(), type_of(type), static_cast<int>(axes.size()), axes.data(), &variable));
    }
    void attribute(std::istringstream& in, const std::string& what, const std::string& name) {
        std::string attribute, text;
        in >> attribute;
        std::getline(in, text);
        if (!text.empty()) text.erase(0, 1);
        define(true);
        if (what == "att") {
            check(nc_put_att_text(id_, find(name), attribute.c_str(), text.size(), text.data()));
        } else {
            double value = 0.0;
            std::from_chars(text.data(), text.data() + text.size(), value);
            check(nc_put_att_double(id_, find(name), attribute.c_str(), NC_DOUBLE, 1, &value));
        }
    }
    std::vector<std::size_t> shape(int variable) const {
        int count = 0;
        check(nc_inq_varndims(id_, variable, &count));
        std::vector<int> axes(static_cast<std::size_t>(count));
        check(nc_inq_vardimid(id_, variable, axes.data()));
        std::vector<std::size_t> lengths;
        for (const int axis : axes) check(nc_inq_dimlen(id_, axis, &lengths.emplace_back()));
        return lengths;
    }
    void data(std::istringstream& in, const std::string& what, const std::string& name) {
        define(false);
        const int variable = find(name);
        const std::vector<std::size_t> lengths = shape(variable), start(lengths.size(), 0);
        std::size_t cells = 1;
        for (const std::size_t length : lengths) {
            if (length != 0 && cells > most_cells / length) throw Refused();
            cells *= length;
        }
        std::vector<std::string> words;
        for (std::string word; in >> word;) words.push_back(word);
        if (cells == 0 || words.empty()) return;
        if (what == "data") {
            std::vector<double> values(cells, 0.0);
            for (std::size_t k = 0; k < cells; ++k) {
                const std::string& word = words[std::min(k, words.size() - 1)];
                std::from_chars(word.data(), word.data() + word.size(), values[k]);
            }
            nc_put_vara_double(id_, variable, start.data(), lengths.data(), values.data());  // a range error is welcome
        } else if (what == "text") {
            const std::size_t length = lengths.empty() ? 1 : lengths.back();
            std::string padded(cells, '\0');
            for (std::size_t k = 0; k * length < cells && k < words.size(); ++k)
                padded.replace(k * length, std::min(length, words[k].size()), words[k], 0, length);
            padded.resize(cells);
            check(nc_put_vara_text(id_, variable, start.data(), lengths.data(), padded.data()));
        } else {
            std::vector<const char*> texts(cells);
            for (std::size_t k = 0; k < cells; ++k) texts[k] = words[std::min(k, words.size() - 1)].c_str();
            check(nc_put_vara_string(id_, variable, start.data(), lengths.data(), texts.data()));
        }
    }

    std::filesystem::path path_;
    int id_ = -1;
    bool defining_ = true;
};

bool describe(const std::filesystem::path& path, const std::string& kind, std::string_view lines) {
    try {
        Description out(path, kind);
        std::istringstream in{std::string(lines)};
        for (std::string line; std::getline(in, line);) out.line(line);
        out.close();
        return true;
    } catch (const Refused&) {
        return false;
    }
}

}  // namespace
}  // namespace detente::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    const std::string_view input = as_text(data, size);
    auto path = folder() / "wiot2011.nc";
    if (input.rfind("@@ ", 0) == 0) {
        const Parts parts = split(input);
        if (!describe(path, parts[0].first, parts[0].second)) return -1;
    } else if (input.rfind("CDF", 0) == 0) {
        path = put("wiot2011.nc", input);
    } else {
        return -1;
    }
    reads([&] { exercise(detente::read_economy(path)); });
    reads([&] {
        detente::ImportOptions options;
        options.theta = 4.0;
        exercise(detente::import_economy("wiod", path, options));
    });
    return 0;
}
