// What the engine in WebAssembly does without: NetCDF files, archives and workbooks. Asked for, it says what to do.
#include "base/spreadsheet.h"
#include "economy/economy_io.h"
#include "economy/import_common.h"

namespace detente {
namespace {

[[noreturn]] void absent(const std::string& file, const std::string& what) {
    throw_file(
        file, what + " is not read on this page: run the study with the command, or open the economy here by its name");
}

}  // namespace

Economy read_economy(const std::filesystem::path& path, const Job&) {
    absent(path.string(), "an economy file (NetCDF)");
}

Economy read_economy_bytes(const std::string&, const std::string& name, const Job&) {
    absent(name, "an economy file (NetCDF)");
}

Economy import_wiod(const std::filesystem::path& path, const ImportOptions&) {
    absent(path.string(), "a table of WIOD");
}

std::unique_ptr<Workbook> open_workbook(const std::filesystem::path& path, const Job&) {
    absent(path.string(), "a workbook");
}

}  // namespace detente
