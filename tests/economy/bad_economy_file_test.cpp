// Wrong economy files, and places where none can be written: each is refused with one line that names the place.
#include <gtest/gtest.h>
#include <netcdf.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>

#include "base/file.h"
#include "economy/economy_io.h"
#include "economy/netcdf_file.h"
#include "support.h"

namespace detente::test {
namespace {

class BadEconomyFile : public ::testing::Test {
protected:
    void SetUp() override { write_economy(toy_economy(), file); }
    void expect_read_error(ErrorKind kind, std::initializer_list<std::string> parts) {
        expect_error(kind, parts, [&] { read_economy(file); });
    }
    // A file with the toy economy's names and `tables` beyond them.
    template <typename Define, typename Write>
    void make_file(Define&& define, Write&& write) {
        NetcdfWriter out(file, file.string());
        for (const char* name : {"exporter", "importer", "region"}) out.dimension(name, 3);
        for (const char* name : {"input", "sector"}) out.dimension(name, 2);
        out.dimension("length", 8);
        out.attribute("", "detente_economy_version", 1);
        out.define("region", NetcdfWriter::Type::text, {"region", "length"}, "", "");
        out.define("sector", NetcdfWriter::Type::text, {"sector", "length"}, "", "");
        define(out);
        out.end_definitions();
        out.write("region", std::vector<std::string>{"A", "B", "C"});
        out.write("sector", std::vector<std::string>{"goods", "services"});
        write(out);
        out.close();
    }
    TemporaryFolder folder;
    std::filesystem::path file = folder / "economy.nc";
};

TEST_F(BadEconomyFile, MissingFile) {
    file = folder / "none.nc";
    expect_read_error(ErrorKind::file, {"none.nc", "No such file"});
}

TEST_F(BadEconomyFile, FolderInPlaceOfAFile) {
    file = folder.path();
    expect_read_error(ErrorKind::file, {"it is a folder"});
}

TEST_F(BadEconomyFile, UnreadableFile) {
    if (::geteuid() == 0) GTEST_SKIP() << "the administrator may read every file";
    std::filesystem::permissions(file, std::filesystem::perms::none);
    expect_read_error(ErrorKind::file, {"economy.nc", "Permission denied"});
}

TEST_F(BadEconomyFile, EmptyFile) {
    put_file(file, "");
    expect_read_error(ErrorKind::file, {"economy.nc", "not a NetCDF file"});
}

TEST_F(BadEconomyFile, NotNetcdf) {
    put_file(file, "exporter,importer,sector,value\n");
    expect_read_error(ErrorKind::file, {"economy.nc", "not a NetCDF file"});
}

TEST_F(BadEconomyFile, CutShortAnywhere) {
    const std::string whole = read_bytes(file);
    for (const std::size_t size :
         {whole.size() - 1, whole.size() - 8, whole.size() / 2, std::size_t{100}, std::size_t{10}}) {
        put_file(file, whole.substr(0, size));
        expect_read_error(ErrorKind::file, {"economy.nc", "cut short"});
    }
}

// A damaged header can end the program inside the NetCDF library, so it must not get there.
TEST_F(BadEconomyFile, DamagedHeader) {
    std::string whole = read_bytes(file);
    whole[11] = '\x7f';  // the tag of the list of dimensions
    put_file(file, whole);
    expect_read_error(ErrorKind::file, {"economy.nc", "is damaged"});
}

// Lengths of dimensions in the header of a classic file: name, padded to four bytes, then the length.
void set_length(std::string& bytes, const std::string& dimension, std::uint32_t length) {
    std::string name = std::string("\0\0\0", 3) + static_cast<char>(dimension.size()) + dimension;
    name.resize((name.size() + 3) / 4 * 4, '\0');
    const std::size_t at = bytes.find(name);
    ASSERT_NE(at, std::string::npos) << dimension;
    for (std::size_t b = 0; b < 4; ++b)
        bytes[at + name.size() + b] = static_cast<char>((length >> (8U * (3U - static_cast<unsigned>(b)))) & 0xFFU);
}

TEST_F(BadEconomyFile, DimensionBeyondTheBoundIsRefused) {
    std::string bytes = read_bytes(file);
    set_length(bytes, "importer", 0x80000001U);
    put_file(file, bytes);
    expect_read_error(ErrorKind::input, {"economy.nc: importer", "too long", "2147483649", "1048576"});
}

TEST_F(BadEconomyFile, CellsWhoseCountWrapsAreRefused) {
    std::string bytes = read_bytes(file);
    // 2^20 x 2^20 x 2^20 cells of 8 bytes: 2^63, and four of them would be 0.
    for (const char* dimension : {"exporter", "importer", "sector", "region", "input"})
        set_length(bytes, dimension, 1U << 20U);
    put_file(file, bytes);
    expect_read_error(ErrorKind::file, {"economy.nc", "cut short"});
}

// Results could not hold such a text, and that must not be found out when they are written.
TEST_F(BadEconomyFile, TextsThatAreNotUtf8) {
    Economy e = toy_economy();
    e.sector_titles[1] = "Caf\xE9";
    write_economy(e, file);
    expect_read_error(ErrorKind::input, {"economy.nc: sector_title", "not UTF-8"});
    e = toy_economy();
    e.note = "a bell \a";
    write_economy(e, file);
    expect_read_error(ErrorKind::input, {"economy.nc: note", "control character (U+0007)"});
}

TEST_F(BadEconomyFile, RecordsBeyondTheFileAreRefused) {
    std::string bytes = read_bytes(file);
    set_length(bytes, "exporter", 0);  // unlimited: its length is the number of records
    for (const std::uint32_t records : {0U, 7U, 1U << 20U, 0xFFFFFFFFU}) {
        for (std::size_t b = 0; b < 4; ++b)
            bytes[4 + b] = static_cast<char>((records >> (8U * (3U - static_cast<unsigned>(b)))) & 0xFFU);
        put_file(file, bytes);
        EXPECT_THROW(read_economy(file), Error) << records;
    }
}

// NetCDF-4 keeps no cells that were never written, so that the length of the file says nothing: the same economy with
// dimensions as given.
void put_netcdf4(const std::filesystem::path& file, std::size_t exporters, std::size_t importers, std::size_t sectors) {
    int id = 0, dimensions[4] = {}, variable = 0;
    const int version = 1;
    ASSERT_EQ(nc_create(file.c_str(), NC_CLOBBER | NC_NETCDF4, &id), NC_NOERR);
    nc_put_att_int(id, NC_GLOBAL, "detente_economy_version", NC_INT, 1, &version);
    nc_def_dim(id, "exporter", exporters, &dimensions[0]);
    nc_def_dim(id, "importer", importers, &dimensions[1]);
    nc_def_dim(id, "sector", sectors, &dimensions[2]);
    nc_def_dim(id, "region", exporters, &dimensions[3]);
    const int region[] = {dimensions[3], dimensions[2]};
    nc_def_var(id, "region", NC_STRING, 1, region, &variable);
    nc_def_var(id, "trade", NC_DOUBLE, 3, dimensions, &variable);
    ASSERT_EQ(nc_close(id), NC_NOERR);
}

TEST_F(BadEconomyFile, Netcdf4DimensionBeyondIntIsRefused) {
    put_netcdf4(file, (std::size_t{1} << 32U) + 2, 2, 1);
    expect_read_error(ErrorKind::input, {"economy.nc: region", "too long", "4294967298"});
}

TEST_F(BadEconomyFile, Netcdf4CellsBeyondTheFileAreRefused) {
    put_netcdf4(file, 1U << 20U, 1U << 20U, 1U << 20U);
    expect_error(ErrorKind::input, {"economy.nc: trade", "more cells than the file can hold"}, [&] {
        NetcdfReader(file).numbers("trade", {"exporter", "importer", "sector"});
    });
}

TEST_F(BadEconomyFile, Netcdf4CutShortIsOneLine) {
    put_netcdf4(file, 3, 3, 2);
    const std::string whole = read_bytes(file);
    for (const double part : {0.02, 0.3, 0.6, 0.95}) {
        put_file(file, whole.substr(0, static_cast<std::size_t>(part * static_cast<double>(whole.size()))));
        ::testing::internal::CaptureStderr();
        EXPECT_THROW(read_economy(file), Error) << part;
        EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << part;
    }
}

TEST_F(BadEconomyFile, NamesKeepTheRuleOfAllFiles) {
    Economy e = toy_economy();
    write_economy(e, file);
    const std::string bytes = read_bytes(file);
    // The same bytes in place of the name "services", wherever it stands.
    const auto put_name = [&](const std::string& name) {
        std::string changed = bytes;
        for (std::size_t at = 0; (at = changed.find("services", at)) != std::string::npos; at += 8)
            changed.replace(at, 8, name);
        put_file(file, changed);
    };
    put_name(std::string("serv\x01") + "ces");
    expect_read_error(ErrorKind::input, {"economy.nc: ", "control character"});
    put_name(std::string("serv\xFF") + "ces");
    expect_read_error(ErrorKind::input, {"economy.nc: ", "UTF-8"});
    put_name("*       ");
    expect_read_error(ErrorKind::input, {"economy.nc: sector", "the name of a sector"});
    put_name("goods   ");
    expect_read_error(ErrorKind::input, {"economy.nc: sector", "goods"});
    put_name("  others");
    EXPECT_EQ(read_economy(file).sectors[1], "others");
}

TEST_F(BadEconomyFile, AYearThatIsNoneIsRefused) {
    make_file([](NetcdfWriter& out) { out.attribute("", "year", 1e300); }, [](NetcdfWriter&) {});
    expect_read_error(ErrorKind::input, {"economy.nc: year", "not a year", "1e+300"});
}

TEST_F(BadEconomyFile, NetcdfOfSomethingElse) {
    NetcdfWriter out(file, file.string());
    out.dimension("x", 1);
    out.end_definitions();
    out.close();
    expect_read_error(ErrorKind::input, {"economy.nc", "detente_economy_version"});
}

TEST_F(BadEconomyFile, VersionOfTheFuture) {
    NetcdfWriter out(file, file.string());
    out.attribute("", "detente_economy_version", 99);
    out.end_definitions();
    out.close();
    expect_read_error(ErrorKind::input, {"version", "found: 99", "expected: 1"});
}

TEST_F(BadEconomyFile, MissingVariable) {
    make_file([](NetcdfWriter&) {}, [](NetcdfWriter&) {});
    expect_read_error(ErrorKind::input, {"economy.nc", "no variable \"trade\"", "expected: trade"});
}

TEST_F(BadEconomyFile, WrongDimensions) {
    make_file(
        [](NetcdfWriter& out) {
            out.define("trade", NetcdfWriter::Type::number, {"importer", "exporter", "sector"}, "", "");
        },
        [](NetcdfWriter& out) { out.write("trade", std::vector<double>(18, 1.0)); });
    expect_read_error(ErrorKind::input,
                      {"trade", "found: (importer, exporter, sector)", "expected: (exporter, importer, sector)"});
}

TEST_F(BadEconomyFile, TextWhereNumbersBelong) {
    make_file(
        [](NetcdfWriter& out) {
            out.define("trade", NetcdfWriter::Type::text, {"exporter", "importer", "sector"}, "", "");
        },
        [](NetcdfWriter& out) { out.write("trade", std::vector<std::string>(9, "no")); });
    expect_read_error(ErrorKind::input, {"trade", "wrong type", "expected: numbers"});
}

TEST_F(BadEconomyFile, NotANumberNamesTheCell) {
    Economy e = toy_economy();
    e.trade(1, 2, 0) = std::nan("");
    write_economy(e, file);
    expect_read_error(ErrorKind::input, {"economy.nc", "trade", "(B, C, goods)", "found: nan"});
}

TEST_F(BadEconomyFile, InfiniteThetaNamesTheSector) {
    Economy e = toy_economy();
    e.theta[1] = INFINITY;
    write_economy(e, file);
    expect_read_error(ErrorKind::input, {"theta", "(services)", "found: inf"});
}

TEST_F(BadEconomyFile, FlagThatIsNeitherZeroNorOne) {
    Economy e = toy_economy();
    e.goods[0] = 2;
    write_economy(e, file);
    expect_read_error(ErrorKind::input, {"goods", "found: 2", "0 or 1"});
}

TEST_F(BadEconomyFile, TableThatDoesNotFitIsNotWritten) {
    Economy e = toy_economy();
    e.theta = {1.0, 2.0, 3.0};
    expect_error(ErrorKind::input, {"theta", "3 values", "expected: 2"}, [&] { write_economy(e, file); });
}

TEST_F(BadEconomyFile, EmptyEconomyIsNotWritten) {
    expect_error(ErrorKind::input, {"the dimension is empty"}, [&] { write_economy(Economy(), file); });
}

TEST_F(BadEconomyFile, FolderToWriteIntoIsMissing) {
    expect_error(ErrorKind::file, {"e.nc", "No such file"},
                 [&] { write_economy(toy_economy(), folder / "none" / "e.nc"); });
}

// A limit on the size of files stands in for a full disk: writes fail half-way with a system error.
class FullDisk : public BadEconomyFile {
protected:
    void SetUp() override {
        BadEconomyFile::SetUp();
        before = read_bytes(file);
        handler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &limit);
        const rlimit small{1024, limit.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    void lift() {
        ::setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, handler);
    }
    void TearDown() override { lift(); }
    std::string before;
    rlimit limit{};
    void (*handler)(int) = nullptr;
};

TEST_F(FullDisk, EconomyIsAFileErrorAndKeepsTheOldFile) {
    expect_error(ErrorKind::file, {"economy.nc", "cannot be written", "too large"},
                 [&] { write_economy(toy_economy(), file); });
    lift();
    EXPECT_EQ(read_bytes(file), before);
}

TEST_F(FullDisk, CsvIsAFileError) {
    Economy e = toy_economy();
    e.note = std::string(4000, 'n');
    expect_error(ErrorKind::file, {"economy.csv", "cannot be written"}, [&] { export_csv(e, folder / "csv"); });
}

}  // namespace
}  // namespace detente::test
