#include "economy/elasticity_set.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/csv.h"
#include "base/text.h"

namespace detente {
namespace {

struct Remark {
    std::string text;
    int line = 0;
};

// The lines `# key: text` above the header; a line without a key goes on with the text before it.
std::map<std::string, Remark> read_remarks(const std::filesystem::path& path, const Job& job) {
    LineReader lines(path, job);
    std::map<std::string, Remark> remarks;
    std::string_view line;
    std::string key;
    static const std::vector<std::string> keys = {"title", "source", "licence", "horizon", "note", "codes"};
    while (lines.next(line) && line.substr(0, 1) == "#") {
        const std::string_view text = trimmed(line.substr(1));
        const std::size_t colon = text.find(':');
        const std::string word(trimmed(text.substr(0, std::min(colon, text.size()))));
        if (colon != std::string_view::npos && std::find(keys.begin(), keys.end(), word) != keys.end()) {
            key = word;
            if (!remarks.emplace(key, Remark{std::string(trimmed(text.substr(colon + 1))), lines.number()}).second)
                throw_input(Place{lines.file(), lines.number(), key}, "the remark stands twice");
        } else if (!key.empty() && !text.empty()) {
            remarks[key].text += (remarks[key].text.empty() ? "" : " ") + std::string(text);
        }
    }
    return remarks;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        const std::string_view part = trimmed(std::string_view(text).substr(start, end - start));
        if (!part.empty()) parts.emplace_back(part);
        start = end + 1;
    }
    return parts;
}

class Reader {
public:
    Reader(const std::filesystem::path& path, const Job& job)
        : table_(CsvTable::read(path, job)), remarks_(read_remarks(path, job)) {
        set_.name = path.stem().string();
    }

    ElasticitySet read() {
        if (table_.rows() == 0) throw_input(Place{table_.file(), 0, ""}, "the set has no rows");
        for (const auto& [key, text] : {std::pair{"title", &set_.title},
                                        {"source", &set_.source},
                                        {"licence", &set_.licence},
                                        {"horizon", &set_.horizon},
                                        {"note", &set_.note}})
            if (const auto found = remarks_.find(key); found != remarks_.end()) *text = found->second.text;
        read_columns();
        for (int row = 0; row < table_.rows(); ++row) read_row(row);
        read_codes();
        shrink();
        return std::move(set_);
    }

private:
    int column(const std::string& name) const { return table_.has(name) ? table_.column(name) : -1; }
    bool given(int row, int at) const { return at >= 0 && !table_.text(row, at).empty(); }

    void read_columns() {
        set_.columns = {"sector"};
        if (const auto found = remarks_.find("codes"); found != remarks_.end()) {
            for (const std::string& name : split(found->second.text, ',')) {
                if (!table_.has(name))
                    throw_unknown_name(Place{table_.file(), found->second.line, "codes"}, "column", name,
                                       table_.columns());
                set_.columns.push_back(name);
            }
        }
        sector_ = table_.column("sector");
        title_ = column("title"), theta_ = column("theta"), log_sd_ = column("log_sd"), psi_ = column("psi");
        estimate_ = column("estimate"), error_ = column("standard_error");
        if (theta_ < 0 && estimate_ < 0) table_.column("theta");
        if (estimate_ >= 0 && error_ < 0) table_.column("standard_error");
        if (table_.has("sigma"))
            throw_input({Place{table_.file(), table_.header_line(), "sigma"},
                         "a set holds elasticities of trade (theta); that of substitution is one plus theta", "",
                         "a column theta in place of sigma", ""});
        set_.has_psi = psi_ >= 0;
        set_.has_log_sd = estimate_ >= 0 || log_sd_ >= 0;
    }

    double positive(int row, int at, bool zero = false) const {
        const double value = table_.number(row, at);
        if (!(zero ? value >= 0.0 : value > 0.0))
            throw_input({table_.place(row, at), zero ? "must not be negative" : "must be positive",
                         table_.text(row, at), zero ? "0 or more" : "above 0", ""});
        return value;
    }

    double at_most(int row, int at, double value, double most) const {
        if (value > most)
            throw_input(
                {table_.place(row, at), "out of range", table_.text(row, at), fmt::format("at most {:g}", most), ""});
        return value;
    }

    void read_row(int row) {
        ElasticitySet::Row out;
        out.sector = table_.text(row, sector_);
        if (out.sector != "*") out.sector = clean_name(out.sector, "sector", table_.place(row, sector_));
        if (title_ >= 0) out.title = table_.text(row, title_);
        if (given(row, theta_) && given(row, estimate_))
            throw_input(table_.place(row, theta_), "a row has theta or an estimate, and this one has both");
        if (given(row, theta_)) {
            out.theta = at_most(row, theta_, positive(row, theta_), 1e4);
            if (given(row, log_sd_))
                out.log_sd = at_most(row, log_sd_, positive(row, log_sd_, true), 5.0);
            else if (log_sd_ >= 0 && estimate_ < 0)
                throw_input({table_.place(row, log_sd_), "missing; how sure theta of the other rows is, the set says",
                             "", "the standard deviation of ln theta", ""});
            else if (estimate_ >= 0)
                open_.push_back(set_.rows.size());
        } else if (given(row, estimate_)) {
            out.basis = ElasticitySet::Basis::estimate;
            out.estimate = {table_.number(row, estimate_), positive(row, error_)};
            // Eight standard errors below 0 is no noise around an elasticity above 0, but another sign or unit.
            constexpr double noise = 8.0;
            if (!(std::abs(out.estimate.value) <= 1e4) || out.estimate.value < -noise * out.estimate.standard_error)
                throw_input(
                    {table_.place(row, estimate_), "no estimate of a trade elasticity, which is positive",
                     fmt::format("{} with standard error {}", table_.text(row, estimate_), table_.text(row, error_)),
                     "a positive number up to its noise (theta, not minus theta)", ""});
        } else if (estimate_ >= 0) {
            out.basis = ElasticitySet::Basis::prior;
        } else {
            throw_input({table_.place(row, theta_), "missing", "", "a trade elasticity, above 0", ""});
        }
        if (psi_ >= 0) out.psi = positive(row, psi_, true);
        set_.rows.push_back(std::move(out));
    }

    void read_codes() {
        for (const std::string& name : set_.columns) {
            const int at = table_.column(name);
            std::vector<std::vector<std::string>> list;
            std::map<std::string, int> first;
            for (int row = 0; row < table_.rows(); ++row) {
                const std::string& text = table_.text(row, at);
                list.push_back(at == sector_ ? std::vector<std::string>{set_.rows[static_cast<std::size_t>(row)].sector}
                                             : split(text, ';'));
                std::set<std::string> here;
                for (const std::string& code : list.back())
                    if (!here.insert(code).second)
                        throw_input(table_.place(row, at), "the code \"" + code + "\" stands twice in this row");
                const auto [entry, added] =
                    at == sector_ ? first.emplace(list.back().front(), row) : std::pair{first.end(), true};
                if (!added)
                    throw_input(
                        {table_.place(row, at), "a row stands twice: sector " + list.back().front(), "",
                         fmt::format("one row for each; the first is in line {}", table_.place(entry->second, at).line),
                         ""});
            }
            set_.codes.push_back(std::move(list));
        }
    }

    void shrink() {
        if (estimate_ < 0) return;
        std::vector<ElasticityEstimate> estimates;
        for (const ElasticitySet::Row& row : set_.rows)
            if (row.basis == ElasticitySet::Basis::estimate) estimates.push_back(row.estimate);
        const ShrunkElasticities shrunk =
            at_place(Place{table_.file(), 0, "estimate"}, [&] { return shrink_elasticities(estimates); });
        set_.prior = shrunk.prior;
        auto next = shrunk.sectors.begin();
        for (ElasticitySet::Row& row : set_.rows) {
            if (row.basis == ElasticitySet::Basis::given) continue;
            const LogElasticity& known = row.basis == ElasticitySet::Basis::estimate ? *next++ : shrunk.prior;
            row.theta = std::exp(known.mean), row.log_sd = known.sd;
        }
        // Given without a word on how sure: no better known than a sector that nobody has estimated.
        for (const std::size_t row : open_) set_.rows[row].log_sd = shrunk.prior.sd;
    }

    CsvTable table_;
    std::map<std::string, Remark> remarks_;
    int sector_ = -1, title_ = -1, theta_ = -1, log_sd_ = -1, psi_ = -1, estimate_ = -1, error_ = -1;
    std::vector<std::size_t> open_;  // rows with a theta as given in a set of estimates
    ElasticitySet set_;
};

}  // namespace

bool ElasticitySet::shrunk() const {
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.basis != Basis::given; });
}

ElasticitySet read_elasticity_set(const std::filesystem::path& path, const Job& job) {
    return Reader(path, job).read();
}

}  // namespace detente
