// The OECD's layout: REGION_INDUSTRY on rows and columns, final demand, then OUT; below them TLS, VA and OUT.
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

std::vector<Part> parts_of(const std::string& region, bool split) {
    if (split && region == "MEX") return {{"MX1", 700}, {"MX2", 300}};
    if (split && region == "CHN") return {{"CN1", 450}, {"CN2", 550}};
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
    std::vector<Part> region(int i) const { return parts_of(name(i), layout_.split); }
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

    void header() {
        line_ = layout_.edition == IcioEdition::e2021 ? "" : "V1";
        for_each_block([&](int j, int p) {
            const std::string block = p < 0 ? name(j) : region(j)[static_cast<std::size_t>(p)].name;
            for (const std::string& sector : w_.sectors) fmt::format_to(back(), ",{}_{}", block, sector);
        });
        for (const std::string& importer : w_.regions)
            for (const std::string& category : w_.categories) fmt::format_to(back(), ",{}_{}", importer, category);
        line_ += layout_.edition == IcioEdition::e2021 ? ",TOTAL" : ",OUT";
        flush();
    }

    // The rows that the split ones replace are there, and empty.
    void empty_row(int i, int s) {
        line_ = name(i) + "_" + w_.sectors[static_cast<std::size_t>(s)];
        int columns = w_.n() * w_.categories_count() + 1;
        for_each_block([&](int, int) { columns += w_.m(); });
        for (int c = 0; c < columns; ++c) line_ += ",0";
        flush();
    }

    void row(int i, std::size_t part, int s) {
        const auto parts = region(i);
        line_ = parts[part].name + "_" + w_.sectors[static_cast<std::size_t>(s)];
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
        for (int j = 0; j < w_.n(); ++j) {
            for (int c = 0; c < w_.categories_count(); ++c) {
                const long value = amount(millionths(w_.sold(i, s, j, c)), parts, part);
                put(value);
                sum += value;
            }
        }
        put(sum);
        flush();
    }

    // One footer row from its value by importing industry.
    template <typename Value>
    void footer_row(const std::string& label, Value&& value) {
        line_ = label;
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
        if (layout_.edition == IcioEdition::e2021) {
            for (int i = 0; i < w_.n(); ++i)  // one row of taxes for each region that levies them
                footer_row(name(i) + "_TAXSUB", [&](int j, int k) { return i == j ? w_.tax(j, k) : 0.0; });
        } else {
            footer_row("TLS", [&](int j, int k) { return w_.tax(j, k); });
        }
        footer_row(layout_.edition == IcioEdition::e2021 ? "VALU" : "VA",
                   [&](int j, int k) { return at(output, j, k) - at(inputs, j, k) - w_.tax(j, k); });
        footer_row(layout_.edition == IcioEdition::e2021 ? "OUTPUT" : "OUT",
                   [&](int j, int k) { return at(output, j, k); });
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
    if (edition == IcioEdition::e2021) return {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DIRP", "NONRES", "FD"};
    return {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR"};
}

void write_icio(const InputOutputWorld& world, const std::filesystem::path& path, const IcioLayout& layout) {
    Writer(world, path, layout).write();
}

}  // namespace detente::testing
