// Writes the seeds that are no text: workbooks of a small world as the publishers lay them out, whole and in parts, and
// economy files. `cmake --build --preset fuzz --target fuzz_seeds && build/fuzz/fuzz_seeds fuzz/seeds`; the same bytes
// every time, except for the archives' time stamps.
#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/file.h"
#include "base/zip_archive.h"
#include "economy/economy_io.h"
#include "fuzz.h"
#include "input_output_world.h"
#include "write_workbook.h"

namespace detente::fuzz {
namespace {

namespace fs = std::filesystem;

std::string member(const ZipArchive& archive, const std::string& name) {
    ZipMember part = archive.open(name);
    std::string all;
    char buffer[4096];
    for (std::size_t size = 0; (size = part.read(buffer, sizeof buffer)) > 0;) all.append(buffer, size);
    return all;
}

// The archive as it is, and its parts one after the other.
void keep(const fs::path& book, const fs::path& to) {
    const std::string ending = book.extension() == ".xlsx" ? "xml" : "bin";
    fs::copy_file(book, to.string() + "_whole", fs::copy_options::overwrite_existing);
    const ZipArchive archive(book);
    std::string parts;
    for (const std::string& name : {"xl/workbook." + ending, "xl/_rels/workbook." + ending + ".rels",
                                    "xl/sharedStrings." + ending, "xl/worksheets/sheet1." + ending})
        parts += (parts.empty() ? "@@ " : "\n@@ ") + name + "\n" + member(archive, name);
    write_text(to.string() + "_parts", parts);
}

void write_seeds(const fs::path& to) {
    using namespace testing;
    std::mt19937_64 random(1);
    for (const auto& [release, ending] :
         {std::pair{WiodRelease::r2013, "xlsx"}, std::pair{WiodRelease::r2016, "xlsb"}}) {
        const fs::path book = folder() / (std::string("book.") + ending);
        write_wiod(random_world(random, {"AUS", "CHN"}, wiod_sectors(release, 2), wiod_categories(), 4), book, release);
        keep(book, to / ending / "wiod");
        int rows = 0;
        (release == WiodRelease::r2013 ? write_xlsx : write_xlsb)(book, "Data", [&](std::vector<WorkbookCell>& row) {
            if (rows == 0) row = {{0, std::string("A & <B>")}, {2, 1.0}, {30, -2.25}};
            if (rows == 2) row = {{0, 0.0}, {1, 1e300}, {2, std::string("A & <B>")}, {3, 0.1}};
            return rows++ < 3;
        });
        keep(book, to / ending / "cells");
    }
    write_economy(small_economy(), to / "netcdf" / "economy");
}

}  // namespace
}  // namespace detente::fuzz

int main(int count, char** arguments) {
    if (count != 2) return std::fputs("fuzz_seeds FOLDER\n", stderr), 1;
    detente::fuzz::write_seeds(arguments[1]);
    return 0;
}
