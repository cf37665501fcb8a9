// Trade elasticities from the options: one for every sector, a file, exceptions, or what the source has; and what was
// done in words.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "economy/import_common.h"

namespace detente {
namespace {

enum class From { nothing, source, everywhere, file, exception };

// How the sentences on theta begin, whoever wrote them.
const std::vector<std::string>& sentences() {
    static const std::vector<std::string> starts = {
        "ASSUMED: the source has no trade elasticities", "The source has no trade elasticities",
        "MISSING: the source has no trade elasticities", "ASSUMED: trade elasticities of the source were replaced"};
    return starts;
}

std::string sectors(std::size_t count) {
    return count == 1 ? "1 sector" : fmt::format("{} sectors", count);
}
std::string others(std::size_t count) {
    return count == 1 ? "the other sector" : fmt::format("the other {} sectors", count);
}

void check_positive(double value, const Place& place, const std::string& found) {
    if (value > 0.0 && std::isfinite(value)) return;
    throw_input({place, "a trade elasticity must be positive", found, "above 0", ""});
}

class Theta {
public:
    Theta(Economy& e, const ImportOptions& options)
        : e_(e),
          options_(options),
          had_(!e.theta.empty()),
          m_(static_cast<std::size_t>(e.n_sectors())),
          before_(e.theta) {
        if (!had_) e.theta.assign(m_, 0.0);
        from_.assign(m_, had_ ? From::source : From::nothing);
    }

    void fill() {
        if (options_.theta) {
            check_positive(*options_.theta, option_place(options_, "theta"), fmt::format("{}", *options_.theta));
            set_all(*options_.theta, From::everywhere);
        }
        if (!options_.theta_file.empty()) read_file();
        for (const auto& [sector, value] : options_.theta_of) {
            const Place place = option_place(options_, "theta");
            const int s = e_.sectors.at(sector, place);
            check_positive(value, place, fmt::format("{} for {}", value, sector));
            set(static_cast<std::size_t>(s), value, From::exception);
        }
        check_complete();
        describe();
        replace_companions();
    }

private:
    void set(std::size_t s, double value, From from) {
        e_.theta[s] = value;
        from_[s] = from;
    }
    void set_all(double value, From from) {
        for (std::size_t s = 0; s < m_; ++s) set(s, value, from);
    }

    // A row for a sector, or "*" for every sector without one.
    void read_file() {
        const CsvTable table = CsvTable::read(options_.theta_file, options_.csv, {}, options_.job);
        const int sector = table.column("sector"), theta = table.column("theta");
        std::vector<int> row_of(m_ + 1, -1);
        for (int row = 0; row < table.rows(); ++row) {
            const std::string& name = table.text(row, sector);
            const std::size_t at =
                name == "*" ? m_ : static_cast<std::size_t>(e_.sectors.at(name, table.place(row, sector)));
            if (row_of[at] >= 0) {
                throw_input({table.place(row, sector), "a row stands twice: sector " + name, "",
                             fmt::format("one row for each; the first is in line {}", table.place(row_of[at], 0).line),
                             ""});
            }
            row_of[at] = row;
            check_positive(table.number(row, theta), table.place(row, theta), table.text(row, theta));
        }
        if (row_of[m_] >= 0 && options_.theta) {
            throw_input({table.place(row_of[m_], sector), "the elasticity of every other sector is given twice",
                         fmt::format("{} here and {} as theta", table.number(row_of[m_], theta), *options_.theta),
                         "one of them", ""});
        }
        if (row_of[m_] >= 0) set_all(table.number(row_of[m_], theta), From::file);
        for (std::size_t s = 0; s < m_; ++s)
            if (row_of[s] >= 0) set(s, table.number(row_of[s], theta), From::file);
    }

    std::size_t count(From from) const {
        return static_cast<std::size_t>(std::count(from_.begin(), from_.end(), from));
    }

    std::vector<std::string> names(From from) const {
        std::vector<std::string> list;
        for (std::size_t s = 0; s < m_; ++s)
            if (from_[s] == from) list.push_back(e_.sectors[static_cast<int>(s)]);
        return list;
    }

    void check_complete() const {
        const std::vector<std::string> missing = names(From::nothing);
        if (missing.empty()) return;
        constexpr std::size_t named = 5;
        const bool file = !options_.theta_file.empty();
        throw_input({file ? Place{options_.theta_file.string(), 0, "sector"} : option_place(options_, "theta"),
                     "sectors without a trade elasticity",
                     fmt::format("{}{}",
                                 fmt::join(missing.begin(),
                                           missing.begin() + static_cast<long>(std::min(named, missing.size())), ", "),
                                 missing.size() > named ? fmt::format(" and {} more", missing.size() - named) : ""),
                     file ? "a row for each, a row for * (all others), or one theta beside the file"
                          : "one theta for all others",
                     ""});
    }

    // "theta is 3 in 27t28, 2 in C and 5 in the other 33 sectors".
    void describe() {
        std::vector<std::string> parts;
        const std::string file = options_.theta_file.filename().string();
        if (count(From::file) == m_) parts.push_back("theta was read from " + file);
        if (count(From::file) > 0 && count(From::file) < m_)
            parts.push_back(fmt::format("theta was read from {} for {}", file, sectors(count(From::file))));
        constexpr std::size_t named = 8;
        std::size_t exceptions = 0;
        for (std::size_t s = 0; s < m_; ++s) {
            if (from_[s] == From::exception && exceptions++ < named)
                parts.push_back(fmt::format("theta is {} in {}", e_.theta[s], e_.sectors[static_cast<int>(s)]));
        }
        if (exceptions > named)
            parts.push_back("theta was given one by one for " + sectors(exceptions - named) + " more");
        if (count(From::everywhere) > 0) {
            parts.push_back(count(From::everywhere) == m_
                                ? fmt::format("theta is {} in every sector", *options_.theta)
                                : fmt::format("theta is {} in {}", *options_.theta, others(count(From::everywhere))));
        }
        const std::string before = take_sentences(e_, sentences());
        if (count(From::source) > 0) {
            parts.push_back(fmt::format("it is as it was in {}{}", others(count(From::source)),
                                        before.empty() ? "" : " (" + before.substr(0, before.size() - 1) + ")"));
        }
        const std::string start = had_                      ? "ASSUMED: trade elasticities of the source were replaced"
                                  : count(From::file) == m_ ? "The source has no trade elasticities"
                                                            : "ASSUMED: the source has no trade elasticities";
        add_note(e_, fmt::format("{}; {}.", start, fmt::join(parts, ", ")));
    }

    // What belongs to a theta goes with it: sigma is one plus theta, theta psi stays where others keep theirs, and what
    // a person gives is given without error.
    void replace_companions() {
        if (count(From::source) == 0) {
            e_.sigma.clear(), e_.psi.clear(), e_.theta_log_sd.clear();
            e_.elasticities.clear(), e_.elasticity_set.clear(), e_.elasticity_horizon.clear();
            return;
        }
        std::size_t replaced = 0;
        for (std::size_t s = 0; s < m_; ++s) {
            if (from_[s] == From::source) continue;
            ++replaced;
            if (!e_.sigma.empty()) e_.sigma[s] = 1.0 + e_.theta[s];
            if (!e_.psi.empty()) e_.psi[s] *= before_[s] / e_.theta[s];
            if (!e_.theta_log_sd.empty()) e_.theta_log_sd[s] = 0.0;
        }
        if (!e_.elasticities.empty() && replaced > 0) e_.elasticities += "; theta was given for " + sectors(replaced);
    }

    Economy& e_;
    const ImportOptions& options_;
    const bool had_;
    const std::size_t m_;
    const std::vector<double> before_;
    std::vector<From> from_;
};

}  // namespace

bool theta_is_given(const ImportOptions& options) {
    return options.theta || !options.theta_file.empty() || !options.theta_of.empty();
}

void take_theta_sentences(Economy& economy) {
    take_sentences(economy, sentences());
}

void fill_theta(Economy& e, const ImportOptions& options) {
    if (theta_is_given(options)) return Theta(e, options).fill();
    if (options.elasticity_set) return;
    add_note(e,
             "MISSING: the source has no trade elasticities (theta); the ricardian model needs them: import again "
             "with one theta or a theta file.");
}

}  // namespace detente
