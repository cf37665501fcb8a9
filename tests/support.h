// What tests share: a small economy that is consistent to the last digit, the shared data, temporary folders,
// and a look at errors.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "economy/economy.h"

namespace detente::test {

/// A dataset of the shared folder ($DETENTE_SHARED, else ../shared beside the checkout).
inline std::filesystem::path shared_data(const std::string& name) {
    const char* folder = std::getenv("DETENTE_SHARED");
    return std::filesystem::path(folder == nullptr ? "../shared" : folder) / "data" / name;
}

/// Reference numbers of the shared folder.
inline std::filesystem::path shared_reference(const std::string& name) {
    const char* folder = std::getenv("DETENTE_SHARED");
    return std::filesystem::path(folder == nullptr ? "../shared" : folder) / "reference" / name;
}

/// Skips a test whose data are not on this machine.
#define DETENTE_NEEDS_DATA(path)                                                                               \
    if (!std::filesystem::exists(path)) {                                                                      \
        GTEST_SKIP() << "needs the shared data " << (path).string() << "; set DETENTE_SHARED to their folder"; \
    }

/// A folder of its own for one test, removed with its content at the end.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "detente-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw_file(pattern, "cannot be made");
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// Writes a file for a test.
inline void put_file(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

/// Expects an `Error` of this kind whose one line has every one of `parts`.
template <typename Call>
void expect_error(ErrorKind kind, const std::vector<std::string>& parts, Call&& call) {
    try {
        call();
        ADD_FAILURE() << "no error was thrown";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(static_cast<int>(error.kind()), static_cast<int>(kind)) << text;
        EXPECT_EQ(text.find('\n'), std::string::npos) << "the message has more than one line: " << text;
        for (const std::string& part : parts)
            EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;
    }
}

/// Three regions, two sectors (goods with tariffs, services without), inputs, unequal deficits. Flows and technology
/// are chosen freely; final shares follow from goods markets, `final = expenditure - intermediate use`, and then every
/// account of the economy holds exactly: income = wages + tariff revenue + deficit = final demand.
inline Economy toy_economy() {
    Economy e;
    e.title = "Toy economy";
    e.source = "made up for tests";
    e.licence = "Apache-2.0";
    e.unit = "million dollars";
    e.year = 2020;
    e.regions = IndexSet("region", {"A", "B", "C"});
    e.sectors = IndexSet("sector", {"goods", "services"});
    e.sector_titles = {"Goods", "Services"};
    e.goods = {1, 0};
    e.theta = {4.0, 6.0};
    e.sigma = {5.0, 3.0};
    e.psi = {0.1, 0.05};

    constexpr int n = 3, m = 2;
    const double flows[m][n][n] = {{{60, 10, 6}, {8, 80, 12}, {5, 9, 40}}, {{100, 4, 2}, {3, 120, 5}, {2, 3, 60}}};
    const double goods_tariff[n][n] = {{0, 0.08, 0.06}, {0.05, 0, 0.12}, {0.10, 0.04, 0}};
    const double value_added_share[n][m] = {{0.4, 0.6}, {0.45, 0.65}, {0.5, 0.55}};
    const double input_mix[m][m] = {{0.7, 0.3}, {0.3, 0.7}};  // [input][sector]: shares of intermediate spending

    e.trade = e.tariff = TradeTensor(n, m);
    e.value_added_share = e.final_share = RegionSector(n, m);
    e.input_share = InputTensor(n, m);
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            for (int j = 0; j < n; ++j) e.trade(i, j, s) = flows[s][i][j];
            for (int j = 0; j < n; ++j) e.tariff(i, j, s) = s == 0 ? goods_tariff[i][j] : 0.0;
            e.value_added_share(i, s) = value_added_share[i][s];
            for (int k = 0; k < m; ++k) e.input_share(i, k, s) = (1.0 - value_added_share[i][s]) * input_mix[k][s];
        }
    }
    const RegionSector output = gross_output(e), spending = expenditure(e);
    for (int j = 0; j < n; ++j) {
        double total = 0.0;
        for (int s = 0; s < m; ++s) {
            e.final_share(j, s) = spending(j, s);
            for (int k = 0; k < m; ++k) e.final_share(j, s) -= e.input_share(j, s, k) * output(j, k);
            total += e.final_share(j, s);
        }
        for (int s = 0; s < m; ++s) e.final_share(j, s) /= total;
    }
    return e;
}

}  // namespace detente::test
