#include "report/variants_text.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "report/words.h"

namespace detente {
namespace {

std::string list_text(const StudyResult& run) {
    std::vector<std::string> lines;
    for (std::size_t v = 0; v < run.variants.size(); ++v) {
        const VariantAnswer& a = run.variants[v];
        lines.push_back(fmt::format("{}  {}{}{}", v + 1, a.name, a.title.empty() ? "" : ": " + a.title,
                                    a.error.empty() ? "" : ", FAILED: " + a.error));
        for (const VariantOutcome& outcome : a.outcomes)
            if (!outcome.error.empty()) lines.push_back("   FAILED: " + outcome.name + ": " + outcome.error);
        for (const std::string& failed : a.unanswered) lines.push_back("   FAILED: " + failed);
    }
    return wrapped(lines);
}

// The numbers of the variants above their columns; 0 is the study as it stands.
std::string numbers(const StudyResult& run, int width) {
    std::string out;
    for (std::size_t v = 0; v <= run.variants.size(); ++v) out += fmt::format(" {:>{}}", v, width);
    return out + "\n";
}

std::string claims_text(const StudyResult& run) {
    const auto sign = [](Verdict verdict) { return "+-~?"[static_cast<std::size_t>(verdict)]; };
    std::string out = "  + holds, - fails, ~ negligible, ? undecided; 0 is the study as it stands\n";
    out += "  claim " + numbers(run, 2);
    for (std::size_t k = 0; k < run.claims.size(); ++k) {
        out += fmt::format("  {:>5}  {:>2}", k + 1, sign(run.claims[k].verdict));
        for (const VariantAnswer& a : run.variants) out += fmt::format(" {:>2}", sign(a.verdict(k)));
        out += claim_variants(run, k).robust ? "  robust\n" : "\n";
    }
    return out;
}

std::optional<double> welfare(const VariantAnswer& a, const std::string& name, const std::string& region) {
    if (!a.regions.contains(region)) return std::nullopt;
    for (const VariantOutcome& outcome : a.outcomes)
        if (outcome.name == name && !outcome.welfare_percent.empty())
            return outcome.welfare_percent[static_cast<std::size_t>(a.regions.at(region))];
    return std::nullopt;
}

std::string welfare_text(const StudyResult& run) {
    constexpr int width = 8, few = 7;  // an economy of so many regions is shown whole, of a larger one as many
    const auto cell = [](double percent) { return fmt::format("{:+.{}f}", percent, std::abs(percent) < 10.0 ? 4 : 2); };
    std::string out = fmt::format("  {:<24} {:<8}", "welfare, %", "") + numbers(run, width);
    for (const ScenarioResult* s : outcomes(run)) {
        if (!s->answered) continue;
        for (const int j : largest_changes(s->equilibrium, few)) {
            const std::string& region = run.base.world.regions[j];
            out += fmt::format("  {:<24} {:<8} {:>{}}", s->scenario.name, region,
                               cell(100.0 * (s->equilibrium.welfare_hat[static_cast<std::size_t>(j)] - 1.0)), width);
            for (const VariantAnswer& a : run.variants) {
                const auto value = welfare(a, s->scenario.name, region);
                out += fmt::format(" {:>{}}", value ? cell(*value) : "-", width);
            }
            out += "\n";
        }
    }
    return out;
}

}  // namespace

std::string variants_text(const StudyResult& run) {
    if (run.variants.empty()) return "";
    return "\nvariants\n" + list_text(run) + (run.claims.empty() ? "" : claims_text(run)) + welfare_text(run);
}

}  // namespace detente
