// Tables for people: on the terminal and as tidy CSV.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/csv.h"
#include "base/file.h"
#include "base/output_folder.h"
#include "report/netcdf.h"
#include "report/results.h"
#include "report/uncertainty_words.h"
#include "report/variants_text.h"
#include "report/words.h"

namespace detente {
namespace {

constexpr int most_regions = 24;  // a terminal's screen; the files have all of them

// Welfare to four decimals where it is small, so that a line never prints as 0.00.
std::string percent(std::optional<double> value) {
    return value ? fmt::format("{:+.4f}", *value) : "-";
}
std::string percent2(std::optional<double> value) {
    return value ? fmt::format("{:+.2f}", *value) : "-";
}

std::string scenario_table(const StudyResult& run, const ScenarioResult& s) {
    const Money money = money_of(run.study.economy.unit);
    std::string out = "\n" + s.scenario.name + (s.scenario.title.empty() ? "" : ": " + s.scenario.title) + "\n";
    if (!s.answered) return out + "  FAILED: " + s.error + "\n";
    out += fmt::format("  {:<12} {:>10} {:>12} {:>11} {:>10} {:>10} {:>13}\n", "", "welfare", "welfare", "real wage",
                       "exports", "imports", "tariff revenue");
    out += fmt::format("  {:<12} {:>10} {:>12} {:>11} {:>10} {:>10} {:>13}\n", "region", "%", money.name, "%", "%", "%",
                       money.name);
    for (const int j : largest_changes(s.equilibrium, most_regions)) {
        const auto get = [&](const char* key) { return region_result(run, s, j, key); };
        out += fmt::format("  {:<12} {:>10} {:>+12.{}f} {:>11} {:>10} {:>10} {:>13.{}f}\n", run.base.world.regions[j],
                           percent(get("welfare_percent")), *get("ev") * money.factor, money.decimals,
                           percent(get("real_wage_percent")), percent2(get("exports_percent")),
                           percent2(get("imports_percent")), *get("tariff_revenue") * money.factor, money.decimals);
    }
    if (run.base.world.n_regions() > most_regions)
        out += fmt::format("  ({} of {} regions, the largest changes; all of them in the files)\n", most_regions,
                           run.base.world.n_regions());
    const Certificate& c = s.equilibrium.certificate;
    out += fmt::format(
        "  certificate: residual {:.1e}, Walras {:.1e}, {} passes over the trade tensor, {:.2f} ms; closure {}, "
        "numeraire {}\n",
        c.residual, c.walras, c.passes, 1e3 * c.seconds, c.closure, c.numeraire);
    return out;
}

std::string answer_text(const StudyResult& run, const Answer& answer) {
    const std::string& title = answer.outcome.scenario.title;
    const std::string heading = "\n" + answer.name() + (title.empty() ? "" : ": " + title) + "\n";
    return heading + (answer.answered() ? answer.kind->text(run, answer) : "  FAILED: " + answer.error() + "\n");
}

std::string claim_text(const StudyResult& run, std::size_t k) {
    const ClaimAnswer& a = run.claims[k];
    std::vector<std::string> more = {"  " + (a.reason.empty() ? a.overturn : a.reason)};
    for (const std::string& sentence : a.rests_on) more.push_back("  " + sentence);
    if (const std::string fared = claim_variants_in_words(run, k); !fared.empty()) more.push_back("  " + fared);
    return fmt::format("  [{}] {}\n", to_string(a.verdict), a.text) + wrapped(more);
}

std::string published_text(const StudyResult& run, const PublishedTable& table) {
    std::string out = fmt::format("\n{}\n  {:<10} {:<18} {:>12} {:>14} {:>14} {:>11}  {}\n", table.title, "region",
                                  "quantity", "published", "formula", "exact", "difference", "every printed digit");
    for (const PublishedRow& row : published_rows(run, table))
        out += fmt::format("  {:<10} {:<18} {:>12} {:>14} {:>14} {:>11}  {}\n", row.value.region, row.value.name,
                           row.value.printed, row.formula_text, row.exact_text,
                           row.difference ? fmt::format("{:+.1e}", *row.difference) : "", row.agrees ? "yes" : "NO");
    if (!table.sentence.empty()) out += "  " + table.sentence + "\n";
    return out;
}

class Csv {
public:
    explicit Csv(std::initializer_list<std::string> header) { row(header); }
    Csv(std::vector<std::string> header, std::initializer_list<std::string> more) {
        header.insert(header.end(), more);
        row(header);
    }
    void row(const std::vector<std::string>& fields) {
        for (std::size_t k = 0; k < fields.size(); ++k) text_ += (k > 0 ? "," : "") + csv_field(fields[k]);
        text_ += '\n';
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

std::string regions_table(const StudyResult& run, const Job& job) {
    Csv csv{"scenario", "region", "measure", "value"};
    for (const ScenarioResult* outcome : outcomes(run)) {
        job.check();
        const ScenarioResult& s = *outcome;
        if (!s.answered) continue;
        for (int j = 0; j < run.base.world.n_regions(); ++j)
            for (const std::string& key : region_keys())
                if (const auto value = region_result(run, s, j, key))
                    csv.row({s.scenario.name, run.base.world.regions[j], key, csv_number(*value)});
    }
    return csv.text();
}

std::string sectors_table(const StudyResult& run, const Job& job) {
    const World& w = run.base.world;
    Csv csv{"scenario", "region", "sector", "output_base", "output", "price_hat", "cost_hat", "labour_hat"};
    for (const ScenarioResult* outcome : outcomes(run)) {
        job.check();
        const ScenarioResult& s = *outcome;
        if (!s.answered) continue;
        for (int j = 0; j < w.n_regions(); ++j)
            for (int k = 0; k < w.n_sectors(); ++k)
                csv.row({s.scenario.name, w.regions[j], w.sectors[k], csv_number(w.output(j, k)),
                         csv_number(s.equilibrium.output(j, k)), csv_number(s.equilibrium.price_hat(j, k)),
                         csv_number(s.equilibrium.cost_hat(j, k)), csv_number(s.equilibrium.labour_hat(j, k))});
    }
    return csv.text();
}

std::string trade_table(const StudyResult& run, const Job& job) {
    const World& w = run.base.world;
    Csv csv{"scenario", "exporter", "importer", "base", "counterfactual", "mean_tariff_base", "mean_tariff"};
    const auto base = trade_matrix(run, nullptr), rates = tariff_matrix(run, nullptr);
    for (const ScenarioResult* outcome : outcomes(run)) {
        job.check();
        const ScenarioResult& s = *outcome;
        if (!s.answered) continue;
        const auto flows = trade_matrix(run, &s), tariffs = tariff_matrix(run, &s);
        for (std::size_t i = 0; i < base.size(); ++i)
            for (std::size_t j = 0; j < base.size(); ++j)
                csv.row({s.scenario.name, w.regions[static_cast<int>(i)], w.regions[static_cast<int>(j)],
                         csv_number(base[i][j]), csv_number(flows[i][j]), csv_number(rates[i][j]),
                         csv_number(tariffs[i][j])});
    }
    return csv.text();
}

std::string published_table(const StudyResult& run) {
    Csv csv{"table", "region", "quantity", "published", "formula", "exact", "difference", "every_printed_digit"};
    for (const PublishedTable& table : run.study.published)
        for (const PublishedRow& row : published_rows(run, table))
            csv.row({table.title, row.value.region, row.value.name, row.value.printed, row.formula_text, row.exact_text,
                     row.difference ? csv_number(*row.difference) : "", row.agrees ? "yes" : "no"});
    return csv.text();
}

std::string variants_table(const StudyResult& run) {
    Csv csv{"variant", "scenario", "region", "measure", "value"};
    for (const VariantAnswer& variant : run.variants)
        for (const VariantOutcome& outcome : variant.outcomes)
            for (std::size_t j = 0; j < outcome.welfare_percent.size(); ++j)
                csv.row({variant.name, outcome.name, variant.regions[static_cast<int>(j)], "welfare_percent",
                         csv_number(outcome.welfare_percent[j])});
    return csv.text();
}

// Rows of the arrays of a kind of question; what an array does not run over stays empty.
std::string answers_table(const QuestionKind& kind, const AnswerArrays& all) {
    std::vector<std::string> header;
    for (const AnswerArrays::Dimension& d : all.dimensions)
        header.push_back(d.name.rfind(kind.block + "_", 0) == 0 ? d.name.substr(kind.block.size() + 1) : d.name);
    Csv csv(header, {"measure", "value"});
    for (const AnswerArrays::Array& array : all.arrays) {
        for (std::size_t at = 0; at < array.values.size(); ++at) {
            if (!std::isfinite(array.values[at])) continue;
            std::vector<std::string> fields(all.dimensions.size());
            std::size_t left = at;
            for (std::size_t d = all.dimensions.size(); d-- > 0;) {
                const AnswerArrays::Dimension& dimension = all.dimensions[d];
                const auto& over = array.dimensions;
                if (std::find(over.begin(), over.end(), dimension.name) == over.end()) continue;
                fields[d] = dimension.labels[left % dimension.labels.size()];
                left /= dimension.labels.size();
            }
            fields.push_back(array.name);
            fields.push_back(csv_number(array.values[at]));
            csv.row(fields);
        }
    }
    return csv.text();
}

std::string claims_table(const StudyResult& run) {
    Csv csv{"claim", "variant", "verdict"};
    for (std::size_t k = 0; k < run.claims.size(); ++k) {
        csv.row({run.claims[k].text, "", to_string(run.claims[k].verdict)});
        for (const VariantAnswer& variant : run.variants)
            csv.row({run.claims[k].text, variant.name, to_string(variant.verdict(k))});
    }
    return csv.text();
}

}  // namespace

std::string console_tables(const StudyResult& run) {
    const Certificate& c = run.base.certificate;
    std::string out = fmt::format("{}\n{} ({} regions, {} sectors, {})\n", run.study.title, run.study.economy.title,
                                  run.base.world.n_regions(), run.base.world.n_sectors(), run.study.economy.year);
    out += fmt::format("base equilibrium: residual {:.1e}; closure {}\n", c.residual, c.closure);
    if (run.base.moved.large()) out += wrapped({"NOTE: " + movement_in_words(run)});
    for (const std::string& sentence : deficits_in_words(run)) out += wrapped({sentence});
    for (const ScenarioResult& s : run.scenarios) out += scenario_table(run, s);
    for (const auto& answer : run.answers) out += answer_text(run, *answer);
    if (!run.claims.empty()) out += "\nclaims\n";
    const bool drawn = run.uncertainty && run.uncertainty->error.empty();
    for (std::size_t k = 0; k < run.claims.size(); ++k)
        out += claim_text(run, k) + (drawn ? "    over draws: " + run.uncertainty->claims[k].verdict + "\n" : "");
    out += variants_text(run);
    if (run.uncertainty) out += uncertainty_text(run);
    for (const PublishedTable& table : run.study.published) out += published_text(run, table);
    return out;
}

std::map<std::string, std::string> result_tables(const StudyResult& run, const Job& job) {
    std::map<std::string, std::string> tables = {
        {"regions", regions_table(run, job)}, {"sectors", sectors_table(run, job)}, {"trade", trade_table(run, job)}};
    if (!run.study.published.empty()) tables["published"] = published_table(run);
    if (!run.variants.empty()) tables["variants"] = variants_table(run);
    if (!run.claims.empty()) tables["claims"] = claims_table(run);
    for (const auto& kind : run.study.question_kinds) {
        if (!kind->arrays) continue;
        if (const AnswerArrays all = kind->arrays(run); !all.arrays.empty())
            tables[kind->table] = answers_table(*kind, all);
    }
    return tables;
}

std::vector<std::string> result_files() {
    return {"results.json",        "times.json",         "results.nc",       "report.html",
            "tables/regions.csv",  "tables/sectors.csv", "tables/trade.csv", "tables/published.csv",
            "tables/variants.csv", "tables/claims.csv",  "tables/paths.csv"};
}

namespace {

std::string table_file(const std::string& name) {
    return "tables/" + name + ".csv";
}

// Everything but results.nc, which is made in its place.
void write_texts(const ResultsText& text, const std::map<std::string, std::string>& tables, const std::string& report,
                 const OutputFolder& folder) {
    const std::filesystem::path& staged = folder.staged();
    write_text(staged / "results.json", text.results, folder.options());
    write_text(staged / "times.json", text.times, folder.options());
    make_folder(staged / "tables");
    for (const auto& [name, table] : tables) write_text(staged / table_file(name), table, folder.options());
    write_text(staged / "report.html", report, folder.options());
}

}  // namespace

void write_results(const StudyResult& run, OutputFolder& folder) {
    const WriteOptions& options = folder.options();
    const ResultsText text = results_text(run, options.job);
    write_results_netcdf(run, folder.staged() / "results.nc", options);
    write_texts(text, result_tables(run, options.job), report_html(text), folder);
    folder.commit();
}

void write_results(const StudyResult& run, const std::filesystem::path& folder, const WriteOptions& options) {
    OutputFolder out(folder, result_files(), options);
    write_results(run, out);
}

void write_results(const ResultContents& contents, const std::filesystem::path& folder) {
    const std::vector<std::string> known = result_files();
    for (const auto& [name, table] : contents.tables)
        if (std::find(known.begin(), known.end(), table_file(name)) == known.end())
            throw_input({{"", 0, "tables"}, "no table of a study's results", '"' + name + '"', "", ""});
    OutputFolder out(folder, known);
    if (!contents.netcdf.empty()) write_text(out.staged() / "results.nc", contents.netcdf, out.options());
    write_texts(contents.text, contents.tables, contents.report, out);
    out.commit();
}

}  // namespace detente
