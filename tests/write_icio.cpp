// The OECD's layouts: REGION_INDUSTRY on rows and columns, final demand, then OUT; below them TLS, VA and OUT. The 2016
// edition has quoted labels, final demand by category (HFCE_AUS, HFCE_AUT, ...) and DISC in place of OUT; those of 2018
// and 2021 a row of taxes for each region that levies them, VALU and OUTPUT.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "input_output_world.h"

namespace detente::testing {
namespace {

// A region as rows and columns show it: itself, or two parts with their share in thousandths.
struct Part {
    std::string name;
    long share;
};

std::vector<Part> parts_of(const std::string& region, const IcioLayout& layout) {
    const bool first = layout.edition == IcioEdition::e2016;
    if (layout.split && region == "MEX")
        return first ? std::vector<Part>{{"MX1", 500}, {"MX2", 300}, {"MX3", 200}}
                     : std::vector<Part>{{"MX1", 700}, {"MX2", 300}};
    if (layout.split && region == "CHN")
        return first ? std::vector<Part>{{"CN1", 450}, {"CN2", 250}, {"CN3", 200}, {"CN4", 100}}
                     : std::vector<Part>{{"CN1", 450}, {"CN2", 550}};
    return {{region, 1000}};
}

// The amount of one part; the last part takes what is left, so that the parts add up to the last digit.
long amount(long whole, const std::vector<Part>& parts, std::size_t part) {
    long before = 0;
    for (std::size_t p = 0; p < part; ++p) before += whole * parts[p].share / 1000;
    return part + 1 == parts.size() ? whole - before : whole * parts[part].share / 1000;
}

long millionths(double value) {
    return std::lround(value * 1e6);
}

class Writer {
public:
    Writer(const InputOutputWorld& world, const std::filesystem::path& path, const IcioLayout& layout)
        : w_(world), layout_(layout), out_(path, std::ios::binary) {}

    void write() {
        header();
        for (int i = 0; i < w_.n(); ++i)
            for (int s = 0; s < w_.m(); ++s) replaced(i) ? empty_row(i, s) : row(i, 0, s);
        // As published, the parts stand behind the last region.
        for (int i = 0; i < w_.n(); ++i) {
            const auto parts = region(i);
            for (std::size_t p = 0; replaced(i) && p < parts.size(); ++p)
                for (int s = 0; s < w_.m(); ++s) row(i, p, s);
        }
        footer();
    }

private:
    std::vector<Part> region(int i) const { return parts_of(name(i), layout_); }
    const std::string& name(int i) const { return w_.regions[static_cast<std::size_t>(i)]; }
    bool replaced(int i) const { return region(i).size() > 1; }

    // Calls visit(region, part) in the order of the columns; part -1 is the empty whole of a split region.
    template <typename Visit>
    void for_each_block(Visit&& visit) const {
        for (int j = 0; j < w_.n(); ++j) visit(j, replaced(j) ? -1 : 0);
        for (int j = 0; j < w_.n(); ++j)
            if (replaced(j))
                for (int p = 0; p < static_cast<int>(region(j).size()); ++p) visit(j, p);
    }

    bool first() const { return layout_.edition == IcioEdition::e2016; }
    bool old() const { return layout_.edition == IcioEdition::e2018 || layout_.edition == IcioEdition::e2021; }
    std::string label(const std::string& text) const { return first() ? '"' + text + '"' : text; }

    void header() {
        line_ = first() ? "\"\"" : old() ? "" : "V1";
        for_each_block([&](int j, int p) {
            const std::string block = p < 0 ? name(j) : region(j)[static_cast<std::size_t>(p)].name;
            for (const std::string& sector : w_.sectors)
                fmt::format_to(back(), ",{}", label(fmt::format("{}_{}", block, sector)));
        });
        for_each_final([&](int j, int c) {
            const std::string &importer = name(j), &category = w_.categories[static_cast<std::size_t>(c)];
            fmt::format_to(
                back(), ",{}",
                label(first() ? fmt::format("{}_{}", category, importer) : fmt::format("{}_{}", importer, category)));
        });
        line_ += first() ? ",\"DISC\"" : old() ? ",TOTAL" : ",OUT";
        flush();
    }

    // Calls visit(region, category) in the order of the columns.
    template <typename Visit>
    void for_each_final(Visit&& visit) const {
        for (int a = 0; a < (first() ? w_.categories_count() : w_.n()); ++a)
            for (int b = 0; b < (first() ? w_.n() : w_.categories_count()); ++b) first() ? visit(b, a) : visit(a, b);
    }

    // The rows that the split ones replace are there, and empty.
    void empty_row(int i, int s) {
        line_ = label(name(i) + "_" + w_.sectors[static_cast<std::size_t>(s)]);
        int columns = w_.n() * w_.categories_count() + 1;
        for_each_block([&](int, int) { columns += w_.m(); });
        for (int c = 0; c < columns; ++c) line_ += ",0";
        flush();
    }

    void row(int i, std::size_t part, int s) {
        const auto parts = region(i);
        line_ = label(parts[part].name + "_" + w_.sectors[static_cast<std::size_t>(s)]);
        long sum = 0;
        for_each_block([&](int j, int p) {
            const auto columns = region(j);
            for (int k = 0; k < w_.m(); ++k) {
                const long mine = amount(millionths(w_.use(i, s, j, k)), parts, part);
                const long value = p < 0 ? 0 : amount(mine, columns, static_cast<std::size_t>(p));
                put(value);
                sum += value;
            }
        });
        for_each_final([&](int j, int c) {
            const long value = amount(millionths(w_.sold(i, s, j, c)), parts, part);
            put(value);
            sum += value;
        });
        put(first() ? 0 : sum);  // no discrepancy, or output
        flush();
    }

    // One footer row from its value by importing industry.
    template <typename Value>
    void footer_row(const std::string& name, Value&& value) {
        line_ = label(name);
        for_each_block([&](int j, int p) {
            for (int k = 0; k < w_.m(); ++k)
                put(p < 0 ? 0 : amount(millionths(value(j, k)), region(j), static_cast<std::size_t>(p)));
        });
        for (int c = 0; c < w_.n() * w_.categories_count(); ++c) line_ += ",1.5";  // taxes on final demand: not ours
        line_ += ",0";
        flush();
    }

    void footer() {
        std::vector<double> output, inputs;
        for (int j = 0; j < w_.n(); ++j) {
            for (int k = 0; k < w_.m(); ++k) {
                output.push_back(w_.output(j, k));
                inputs.push_back(w_.inputs(j, k));
            }
        }
        const auto at = [&](const std::vector<double>& values, int j, int k) {
            return values[static_cast<std::size_t>(j * w_.m() + k)];
        };
        const auto value_added = [&](int j, int k) { return at(output, j, k) - at(inputs, j, k) - w_.tax(j, k); };
        if (first()) {
            footer_row("VA+TAXSUB", [&](int j, int k) { return value_added(j, k) + w_.tax(j, k); });
        } else if (old()) {
            for (int i = 0; i < w_.n(); ++i)  // one row of taxes for each region that levies them
                footer_row(name(i) + "_TAXSUB", [&](int j, int k) { return i == j ? w_.tax(j, k) : 0.0; });
            footer_row("VALU", value_added);
        } else {
            footer_row("TLS", [&](int j, int k) { return w_.tax(j, k); });
            footer_row("VA", value_added);
        }
        footer_row(old() ? "OUTPUT" : "OUT", [&](int j, int k) { return at(output, j, k); });
    }

    std::back_insert_iterator<std::string> back() { return std::back_inserter(line_); }

    // Fixed decimals from a whole number: exact.
    void put(long value) {
        if (value == 0) {
            line_ += ",0";
            return;
        }
        const long size = std::labs(value);
        fmt::format_to(back(), ",{}{}.{:06}", value < 0 ? "-" : "", size / 1000000, size % 1000000);
    }

    void flush() {
        line_ += '\n';
        out_ << line_;
        line_.clear();
    }

    const InputOutputWorld& w_;
    const IcioLayout layout_;
    std::ofstream out_;
    std::string line_;
};

}  // namespace

std::vector<std::string> icio_categories(IcioEdition edition) {
    switch (edition) {
        case IcioEdition::e2016:
            return {"HFCE", "NPS", "GGFC", "GFCF", "INV", "DIRP"};
        case IcioEdition::e2018:
            return {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "P33"};
        case IcioEdition::e2021:
            return {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DIRP", "NONRES", "FD"};
        default:
            return {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR"};
    }
}

std::vector<std::string> icio_sectors(int count, IcioEdition edition) {
    // The first three are goods, the others services: a small world has both.
    std::vector<std::string> small = {"A01_02", "C10T12", "C29", "D", "H49", "K", "L", "M", "N", "O"}, all;
    if (edition == IcioEdition::e2016)
        small = {"C01T05AGR", "C34MTR", "C36T37OTM", "C40T41EGW", "C45CON", "C50T52WRT", "C55HTR", "C64PTL", "C71RMQ"};
    else if (edition == IcioEdition::e2018 || edition == IcioEdition::e2021)
        small = {"01T03", "09", "31T33", "35T39", "41T43", "45T47", "49T53", "61", "68"};
    if (count >= 10)
        all = {"A01_02", "A03",    "B05_06", "B07_08", "B09",    "C10T12", "C13T15", "C16", "C17_18", "C19",
               "C20",    "C21",    "C22",    "C23",    "C24",    "C25",    "C26",    "C27", "C28",    "C29",
               "C30",    "C31T33", "D",      "E",      "F",      "G",      "H49",    "H50", "H51",    "H52",
               "H53",    "I",      "J58T60", "J61",    "J62_63", "K",      "L",      "M",   "N",      "O",
               "P",      "Q",      "R",      "S",      "T",      "U97",    "U98",    "U99", "V01",    "V02"};
    std::vector<std::string>& codes = count < 10 ? small : all;
    codes.resize(static_cast<std::size_t>(count));
    return codes;
}

void write_icio(const InputOutputWorld& world, const std::filesystem::path& path, const IcioLayout& layout) {
    Writer(world, path, layout).write();
}

}  // namespace detente::testing
