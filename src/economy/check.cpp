#include "economy/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace detente {
namespace {

constexpr double share_tolerance = 1e-6;       // published shares carry 7 or 8 digits
constexpr double negative_share_limit = 0.01;  // Caliendo and Parro's tables have one input share of -0.0006
constexpr double residual_notice = 1e-6;       // smaller residuals are rounding

// What the checks share: the economy and the report they add to.
struct Check {
    const Economy& e;
    CheckReport report{};

    int n() const { return e.n_regions(); }
    int m() const { return e.n_sectors(); }
    void fatal(std::string text) { report.findings.push_back({true, std::move(text)}); }
    void notice(std::string text) { report.findings.push_back({false, std::move(text)}); }
    std::string cell(int i, int s) const { return fmt::format("{}, {}", e.regions[i], e.sectors[s]); }
    std::string cell(int i, int j, int s) const {
        return fmt::format("{} to {}, {}", e.regions[i], e.regions[j], e.sectors[s]);
    }
};

// Cells that break one rule: counted, with the first one named, so that a bad table gives one line.
struct Offences {
    int count = 0;
    std::string first;
    double value = 0.0;

    void add(const std::string& where, double found) {
        if (count++ > 0) return;
        first = where;
        value = found;
    }
    std::string text(const std::string& what) const {
        return fmt::format("{}: {} cell{}, the first {} = {:.6g}", what, count, count == 1 ? "" : "s", first, value);
    }
};

// ------------------------------------------------------------------------------------------ shapes and values

bool shapes_fit(Check& c) {
    const auto fits = [&](const std::string& table, std::size_t found, std::size_t expected, bool optional) {
        if (found == expected || (optional && found == 0)) return true;
        c.fatal(found == 0 ? fmt::format("{} is missing", table)
                           : fmt::format("{} has {} cells where {} were expected", table, found, expected));
        return false;
    };
    const auto n = static_cast<std::size_t>(c.n()), m = static_cast<std::size_t>(c.m());
    if (n == 0) c.fatal("there are no regions");
    if (m == 0) c.fatal("there are no sectors");
    if (n == 0 || m == 0) return false;
    const Economy& e = c.e;
    bool fit = fits("trade", e.trade.data().size(), n * n * m, false);
    fit = fits("tariff", e.tariff.data().size(), n * n * m, false) && fit;
    fit = fits("value_added_share", e.value_added_share.data().size(), n * m, false) && fit;
    fit = fits("input_share", e.input_share.data().size(), n * m * m, false) && fit;
    fit = fits("final_share", e.final_share.data().size(), n * m, false) && fit;
    fit = fits("goods", e.goods.size(), m, false) && fit;
    fit = fits("theta", e.theta.size(), m, true) && fit;
    fit = fits("sigma", e.sigma.size(), m, true) && fit;
    fit = fits("psi", e.psi.size(), m, true) && fit;
    fit = fits("theta_log_sd", e.theta_log_sd.size(), m, true) && fit;
    fit = fits("sector_title", e.sector_titles.size(), m, true) && fit;
    fit = fits("value_added", e.value_added.size(), n, true) && fit;
    return fits("deficit", e.deficit.size(), n, true) && fit;
}

void check_duplicates(Check& c, const IndexSet& names) {
    std::set<std::string> seen;
    for (const std::string& name : names.names()) {
        if (!seen.insert(name).second) c.fatal(fmt::format("the {} \"{}\" stands twice", names.kind(), name));
    }
}

bool all_finite(Check& c) {
    bool finite = true;
    const auto look = [&](const std::string& table, const std::vector<double>& values) {
        const auto bad = std::count_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); });
        if (bad == 0) return;
        finite = false;
        c.fatal(fmt::format("{} has {} values that are not finite numbers", table, bad));
    };
    const Economy& e = c.e;
    look("trade", e.trade.data());
    look("tariff", e.tariff.data());
    look("value_added_share", e.value_added_share.data());
    look("input_share", e.input_share.data());
    look("final_share", e.final_share.data());
    look("theta", e.theta);
    look("sigma", e.sigma);
    look("psi", e.psi);
    look("theta_log_sd", e.theta_log_sd);
    look("value_added", e.value_added);
    look("deficit", e.deficit);
    for (const auto& [name, values] : e.sector_columns) look("column " + name, values);
    for (const auto& [name, values] : e.region_columns) look("column " + name, values);
    for (const auto& [name, table] : e.region_sector_columns) look("column " + name, table.data());
    for (const auto& [name, table] : e.trade_columns) look("column " + name, table.data());
    return finite;
}

void check_trade(Check& c) {
    Offences negative, low, home;
    for (int s = 0; s < c.m(); ++s) {
        for (int j = 0; j < c.n(); ++j) {
            for (int i = 0; i < c.n(); ++i) {
                const double flow = c.e.trade(i, j, s), rate = c.e.tariff(i, j, s);
                if (flow < 0.0) negative.add(c.cell(i, j, s), flow);
                if (rate <= -1.0) low.add(c.cell(i, j, s), rate);
                if (i == j && rate != 0.0) home.add(c.cell(i, j, s), rate);
            }
        }
    }
    if (negative.count > 0) c.fatal(negative.text("negative trade"));
    if (low.count > 0) c.fatal(low.text("a tariff of -100 % or below"));
    if (home.count > 0) c.fatal(home.text("a tariff on a region's trade with itself"));
}

void check_elasticities(Check& c) {
    const auto above = [&](const std::string& name, const std::vector<double>& values, double limit) {
        for (std::size_t s = 0; s < values.size(); ++s) {
            if (values[s] > limit) continue;
            c.fatal(fmt::format("{} of sector {} is {:g}; it must be above {:g}", name,
                                c.e.sectors[static_cast<int>(s)], values[s], limit));
        }
    };
    above("theta", c.e.theta, 0.0);
    above("sigma", c.e.sigma, 1.0);
    for (std::size_t s = 0; s < c.e.theta_log_sd.size(); ++s)
        if (c.e.theta_log_sd[s] < 0.0)
            c.fatal(fmt::format("theta_log_sd of sector {} is {:g}; it must not be negative",
                                c.e.sectors[static_cast<int>(s)], c.e.theta_log_sd[s]));
    if (c.e.theta.empty())
        c.notice(
            "no trade elasticities: the ricardian model needs theta (a set of elasticities, one theta or a theta "
            "file)");
    if (c.e.sigma.empty()) c.notice("no elasticities of substitution (sigma): the krugman model takes one plus theta");
}

// --------------------------------------------------------------------------------------------------- shares

void check_technology(Check& c) {
    Offences range, sum, negative, no_value_added;
    for (int s = 0; s < c.m(); ++s) {
        for (int i = 0; i < c.n(); ++i) {
            const double value_added = c.e.value_added_share(i, s);
            if (value_added < -share_tolerance || value_added > 1.0 + share_tolerance) {
                range.add(c.cell(i, s), value_added);
            } else if (value_added <= 0.0) {
                no_value_added.add(c.cell(i, s), value_added);
            }
            double total = value_added;
            for (int k = 0; k < c.m(); ++k) {
                const double share = c.e.input_share(i, k, s);
                total += share;
                const std::string where = c.e.sectors[k] + " into " + c.cell(i, s);
                if (share < -negative_share_limit || share > 1.0 + share_tolerance) {
                    range.add(where, share);
                } else if (share < 0.0) {
                    negative.add(where, share);
                }
            }
            if (std::abs(total - 1.0) > share_tolerance) sum.add(c.cell(i, s), total);
        }
    }
    if (range.count > 0) c.fatal(range.text("value-added or input shares outside [0, 1]"));
    if (sum.count > 0) c.fatal(sum.text("value-added and input shares do not sum to 1"));
    if (no_value_added.count > 0) c.notice(no_value_added.text("sectors without value added (inputs only)"));
    if (negative.count > 0) c.notice(negative.text("slightly negative input shares, which the models can solve with"));
}

void check_final_shares(Check& c) {
    Offences range, sum;
    for (int i = 0; i < c.n(); ++i) {
        double total = 0.0;
        for (int s = 0; s < c.m(); ++s) {
            const double share = c.e.final_share(i, s);
            total += share;
            if (share < -share_tolerance || share > 1.0 + share_tolerance) range.add(c.cell(i, s), share);
        }
        if (std::abs(total - 1.0) > share_tolerance) sum.add(c.e.regions[i], total);
    }
    if (range.count > 0) c.fatal(range.text("final shares outside [0, 1]"));
    if (sum.count > 0) c.fatal(sum.text("final shares do not sum to 1"));
}

// ------------------------------------------------------------------------------------------------- accounts

/// Returns whether anything is sold at home.
bool check_zero_rows(Check& c, const RegionSector& output, const RegionSector& spending) {
    Offences idle_sectors, no_suppliers;
    double home_sales = 0.0;
    for (int i = 0; i < c.n(); ++i) {
        double exports = 0.0, imports = 0.0;
        for (int s = 0; s < c.m(); ++s) {
            home_sales += c.e.trade(i, i, s);
            for (int j = 0; j < c.n(); ++j) {
                if (i == j) continue;
                exports += c.e.trade(i, j, s);
                imports += c.e.trade(j, i, s);
            }
            if (output(i, s) == 0.0) idle_sectors.add(c.cell(i, s), 0.0);
            if (spending(i, s) == 0.0) no_suppliers.add(c.cell(i, s), 0.0);
        }
        if (exports == 0.0 && imports == 0.0 && c.n() > 1) {
            c.notice(fmt::format("region {} trades with nobody", c.e.regions[i]));
        } else if (exports == 0.0 && c.n() > 1) {
            c.notice(fmt::format("region {} exports nothing in any sector", c.e.regions[i]));
        }
    }
    if (home_sales == 0.0) {
        c.notice(
            "no home sales in any region: only the melitz model, which builds them from GDP, can use it; goods markets "
            "and labour income were not compared");
    }
    if (idle_sectors.count > 0) c.notice(idle_sectors.text("region-sector pairs that produce nothing"));
    if (no_suppliers.count > 0) c.notice(no_suppliers.text("markets without a supplier"));
    return home_sales > 0.0;
}

// Trade deficits and tariff revenue that the trade table itself implies.
struct Border {
    std::vector<double> deficit, revenue;
};

Border border_accounts(const Economy& e) {
    Economy bare = e;
    bare.deficit.clear();
    Border border{trade_deficit(bare), std::vector<double>(static_cast<std::size_t>(e.n_regions()), 0.0)};
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int j = 0; j < e.n_regions(); ++j)
            for (int i = 0; i < e.n_regions(); ++i)
                border.revenue[static_cast<std::size_t>(j)] += e.tariff(i, j, s) * e.trade(i, j, s);
    return border;
}

// A residual and where it is largest.
struct Largest {
    double value = 0.0;
    std::string where;

    void offer(double candidate, const std::string& name) {
        if (!(candidate > value)) return;
        value = candidate;
        where = name;
    }
};

void notice_residual(Check& c, const std::string& what, const Largest& largest) {
    if (largest.value <= residual_notice) return;
    c.notice(fmt::format("{}: off by up to {:.3g} ({}); the base equilibrium is solved first and absorbs it", what,
                         largest.value, largest.where));
}

void check_goods_market(Check& c, const RegionSector& output, const RegionSector& spending,
                        const std::vector<double>& income) {
    Largest largest;
    double gap = 0.0, world = 0.0;
    for (int s = 0; s < c.m(); ++s) {
        for (int j = 0; j < c.n(); ++j) {
            double demand = c.e.final_share(j, s) * income[static_cast<std::size_t>(j)];
            for (int k = 0; k < c.m(); ++k) demand += c.e.input_share(j, s, k) * output(j, k);
            gap += std::abs(spending(j, s) - demand);
            world += spending(j, s);
            const double scale = std::max(spending(j, s), std::abs(demand));
            if (scale > 0.0) largest.offer(std::abs(spending(j, s) - demand) / scale, c.cell(j, s));
        }
    }
    c.report.goods_market_residual = largest.value;
    notice_residual(c, "goods markets, |expenditure - (intermediate + final demand)| over the larger of the two",
                    largest);
    if (largest.value > residual_notice) {
        c.notice(fmt::format("goods markets, all such gaps together: {:.3g} of world expenditure", gap / world));
    }
}

void check_accounts(Check& c) {
    const Economy& e = c.e;
    const RegionSector output = gross_output(e), spending = expenditure(e);
    const bool home_sales = check_zero_rows(c, output, spending);
    const Border border = border_accounts(e);
    const std::vector<double> labour = labour_income(e), deficit = trade_deficit(e);
    Largest value_added, deficits;
    std::vector<double> income(labour.size());
    for (int i = 0; i < c.n(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (!(labour[at] > 0.0)) {
            c.fatal(fmt::format("region {} has no labour income ({:g})", e.regions[i], labour[at]));
            continue;
        }
        income[at] = labour[at] + border.revenue[at] + deficit[at];
        if (!(income[at] > 0.0)) {
            c.fatal(
                fmt::format("region {} has no income to spend: labour {:.6g} + tariff revenue {:.6g} + deficit {:.6g}",
                            e.regions[i], labour[at], border.revenue[at], deficit[at]));
        }
        double earned = 0.0;
        for (int s = 0; s < c.m(); ++s) earned += e.value_added_share(i, s) * output(i, s);
        if (home_sales) value_added.offer(std::abs(labour[at] - earned) / labour[at], e.regions[i]);
        deficits.offer(std::abs(deficit[at] - border.deficit[at]) / labour[at], e.regions[i]);
    }
    c.report.value_added_residual = value_added.value;
    c.report.deficit_residual = deficits.value;
    notice_residual(c, "labour income, |published - value-added shares x output| over labour income", value_added);
    notice_residual(c, "deficits, |published - (imports - exports)| over labour income", deficits);
    if (home_sales) check_goods_market(c, output, spending, income);
}

}  // namespace

bool CheckReport::solvable() const {
    return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.fatal; });
}

std::string CheckReport::reasons() const {
    std::string line;
    for (const Finding& finding : findings) {
        if (finding.fatal) line += (line.empty() ? "" : "; ") + finding.text;
    }
    return line;
}

std::string CheckReport::text() const {
    std::string report = solvable() ? "The economy can be solved.\n" : "The economy cannot be solved as it is.\n";
    for (const bool fatal : {true, false}) {
        for (const Finding& finding : findings) {
            if (finding.fatal == fatal)
                report += fmt::format("  {}  {}\n", fatal ? "refused" : "note   ", finding.text);
        }
    }
    report += fmt::format("Largest residuals: goods markets {:.3g}, labour income {:.3g}, deficits {:.3g}\n",
                          goods_market_residual, value_added_residual, deficit_residual);
    return report;
}

CheckReport check_economy(const Economy& economy) {
    Check c{economy};
    check_duplicates(c, economy.regions);
    check_duplicates(c, economy.sectors);
    if (!shapes_fit(c) || !all_finite(c)) return c.report;  // the rest would compute with what is not there
    check_trade(c);
    check_elasticities(c);
    check_technology(c);
    check_final_shares(c);
    check_accounts(c);
    return c.report;
}

}  // namespace detente
