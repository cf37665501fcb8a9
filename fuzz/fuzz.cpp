#include "fuzz.h"

#include <signal.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "economy/check.h"
#include "economy/economy_io.h"

namespace detente::fuzz {
namespace {

namespace fs = std::filesystem;

const std::string prefix = "detente-fuzz-";

void sweep(const fs::path& parent) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.rfind(prefix, 0) != 0) continue;
        const int process = std::atoi(name.c_str() + prefix.size());
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ignored);
    }
}

fs::path make_folder() {
    const fs::path shared = "/dev/shm";
    const fs::path parent = ::access(shared.c_str(), W_OK) == 0 ? shared : fs::temp_directory_path();
    sweep(parent);
    fs::path made = parent / (prefix + std::to_string(::getpid()));
    fs::create_directories(made);
    return made;
}

struct Folder {
    fs::path path = make_folder();
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

// Length of the UTF-8 sequence at the start of `text`, 0 where there is none (RFC 3629).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
    const auto follows = [&](std::size_t k) { return (byte(k) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0), second = byte(1);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first < 0xF0) {
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0)) return 0;
        return follows(1) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first < 0xF5) {
        if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90)) return 0;
        return follows(1) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

void check_message(std::string_view message) {
    constexpr std::size_t longest = 2000;  // a list of names with a place and a nearest name fits in; a file does not
    const auto say = [&](const char* what) {
        broken(std::string("an error message ") + what + ": " + std::string(message.substr(0, 4 * longest)));
    };
    if (message.empty()) say("is empty");
    if (message.size() > longest) say("is too long");
    for (std::string_view rest = message; !rest.empty();) {
        const auto byte = static_cast<unsigned char>(rest[0]);
        if (byte < 0x20 || byte == 0x7F) say("has a control character");
        const std::size_t length = utf8_length(rest);
        if (length == 0) say("is not valid UTF-8");
        rest.remove_prefix(length);
    }
}

template <typename Value>
void same(const Value& a, const Value& b, const char* what) {
    if (!(a == b)) broken(std::string("written and read again, ") + what + " differs");
}

template <typename Tensor>
void same_columns(const std::map<std::string, Tensor>& a, const std::map<std::string, Tensor>& b, const char* what) {
    same(a.size(), b.size(), what);
    for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
        same(x->first, y->first, what);
        if constexpr (std::is_same_v<Tensor, std::vector<double>>)
            same(x->second, y->second, what);
        else
            same(x->second.data(), y->second.data(), what);
    }
}

}  // namespace

const fs::path& folder() {
    static const Folder one;
    return one.path;
}

fs::path put(const std::string& name, std::string_view content) {
    const fs::path path = folder() / name;
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) {
        fs::create_directories(path.parent_path());
        file = std::fopen(path.c_str(), "wb");
    }
    if (file == nullptr) broken("cannot write " + path.string());
    const bool whole = std::fwrite(content.data(), 1, content.size(), file) == content.size();
    if (std::fclose(file) != 0 || !whole) broken("cannot write " + path.string());
    return path;
}

Parts split(std::string_view input) {
    Parts parts;
    std::string name;
    std::size_t from = 0;
    // The line break before a mark is the mark's: a part may be bytes that end anywhere.
    const auto close = [&](std::size_t to) {
        if (to > from || !name.empty()) parts.emplace_back(name, input.substr(from, to > from ? to - from : 0));
    };
    for (std::size_t at = 0; at < input.size();) {
        const std::size_t end = std::min(input.find('\n', at), input.size());
        if (input.compare(at, 3, "@@ ") == 0) {
            close(at == 0 ? 0 : at - 1);
            name = std::string(input.substr(at + 3, end - at - 3));
            from = std::min(end + 1, input.size());
        }
        at = end + 1;
    }
    close(input.size());
    return parts;
}

void broken(const std::string& what) {
    std::fprintf(stderr, "BROKEN: %s\n", what.c_str());
    std::abort();
}

bool reads(const std::function<void()>& read) {
    try {
        read();
        return true;
    } catch (const Error& error) {
        check_message(error.what());
        return false;
    }
}

void expect_same(const Economy& a, const Economy& b) {
    same(a.title, b.title, "the title");
    same(a.source, b.source, "the source");
    same(a.licence, b.licence, "the licence");
    same(a.unit, b.unit, "the unit");
    same(a.note, b.note, "the note");
    same(a.year, b.year, "the year");
    same(a.regions.names(), b.regions.names(), "a region");
    same(a.sectors.names(), b.sectors.names(), "a sector");
    same(a.sector_titles, b.sector_titles, "a sector's title");
    same(a.trade.data(), b.trade.data(), "trade");
    same(a.tariff.data(), b.tariff.data(), "a tariff");
    same(a.value_added_share.data(), b.value_added_share.data(), "value_added_share");
    same(a.input_share.data(), b.input_share.data(), "input_share");
    same(a.final_share.data(), b.final_share.data(), "final_share");
    same(a.theta, b.theta, "theta");
    same(a.sigma, b.sigma, "sigma");
    same(a.psi, b.psi, "psi");
    same(a.goods, b.goods, "goods");
    same(a.value_added, b.value_added, "value_added");
    same(a.deficit, b.deficit, "deficit");
    same_columns(a.sector_columns, b.sector_columns, "a column by sector");
    same_columns(a.region_columns, b.region_columns, "a column by region");
    same_columns(a.region_sector_columns, b.region_sector_columns, "a column by region and sector");
    same_columns(a.trade_columns, b.trade_columns, "a column by exporter, importer and sector");
}

void exercise(const Economy& economy) {
    const CheckReport report = check_economy(economy);
    if (report.text().empty()) broken("the check says nothing");
    if (!report.solvable() && report.reasons().empty()) broken("cannot be solved, without a reason");
    reads([&] { (void)labour_income(economy), (void)trade_deficit(economy); });
    const fs::path again = folder() / "again.nc";
    write_economy(economy, again);
    expect_same(economy, read_economy(again));
}

Economy small_economy() {
    Economy e;
    e.title = "Small economy";
    e.unit = "million dollars";
    e.year = 2020;
    e.regions = IndexSet("region", {"A", "B", "C"});
    e.sectors = IndexSet("sector", {"cars", "services"});
    e.sector_titles = {"Cars", "Services"};
    e.goods = {1, 0};
    e.theta = {4.0, 6.0};
    e.sigma = {5.0, 3.0};
    e.psi = {0.1, 0.05};
    e.trade = e.tariff = TradeTensor(3, 2, 1.0);
    e.value_added_share = e.final_share = RegionSector(3, 2, 0.5);
    e.input_share = InputTensor(3, 2, 0.25);
    for (int s = 0; s < 2; ++s) {
        for (int i = 0; i < 3; ++i) {
            for (int j = 0; j < 3; ++j) e.tariff(i, j, s) = s == 0 && i != j ? 0.1 : 0.0;
            e.trade(i, i, s) = 10.0;
        }
    }
    e.sector_columns["extra"] = {0.1, 0.0};
    e.region_columns["club"] = {1.0, 1.0, 0.0};
    return e;
}

}  // namespace detente::fuzz
