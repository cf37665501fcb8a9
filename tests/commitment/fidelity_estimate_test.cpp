// Fidelity from ledgers: exposure, censoring, priors, and that it does not ask who the actor is.
#include <gtest/gtest.h>

#include <cmath>

#include "base/distribution.h"
#include "base/random.h"
#include "commitment/fidelity.h"
#include "support.h"

namespace detente::test {
namespace {

Date day(const std::string& text) {
    return *parse_date(text);
}

struct Promise {
    std::string actor, kind, from = "2024-01-01", due = "2024-12-31", more;
    std::vector<std::pair<std::string, double>> seen;
};

Ledger ledger_of(const std::vector<Promise>& list) {
    std::string text;
    int count = 0;
    for (const Promise& p : list) {
        const std::string id = "c" + std::to_string(count++);
        text += "[[commitment]]\nid = \"" + id + "\"\nactor = \"" + p.actor + "\"\ncounterpart = \"" +
                (p.actor == "A" ? "B" : "A") + "\"\nfield = \"f\"\ntext = \"t\"\nkind = \"" + p.kind +
                "\"\nfrom = " + p.from + "\ndue = " + p.due + "\nsource = \"s\"\n" + p.more + "\n";
        if (p.kind == "at_least") text += "quantity = 100\nunit = \"tonnes\"\n";
        for (const auto& [date, value] : p.seen)
            text += "[[observation]]\ncommitment = \"" + id + "\"\ndate = " + date +
                    "\nvalue = " + std::to_string(value) + "\nreporter = \"r\"\nsource = \"s\"\n";
    }
    return read_ledger(text, "l.toml");
}

FidelityEstimate of(const std::vector<Promise>& list, const std::string& actor, const std::string& as_of,
                    const FidelityOptions& options = {}) {
    const Ledger ledger = ledger_of(list);
    for (const FidelityEstimate& e : estimate_fidelity(ledger, track(ledger, day(as_of)), options))
        if (e.actor == actor && e.field.empty()) return e;
    return {};
}

void expect_same(const FidelityEstimate& x, const FidelityEstimate& y) {
    for (const auto reading :
         {FidelityReading::strict, FidelityReading::graded_target, FidelityReading::graded_increment}) {
        EXPECT_EQ(x.reading(reading).mean, y.reading(reading).mean);
        EXPECT_EQ(x.reading(reading).low, y.reading(reading).low);
        EXPECT_EQ(x.reading(reading).high, y.reading(reading).high);
    }
    EXPECT_EQ(x.rate, y.rate);
    EXPECT_EQ(x.graded_target.prior_weight, y.graded_target.prior_weight);
}

TEST(FidelityEstimates, SwappingTheActorsOfAnyLedgerSwapsThem) {
    const std::vector<std::string> kinds = {"at_least", "by_date", "refrain"};
    for (std::uint64_t draw = 0; draw < 60; ++draw) {
        RandomStream random(5, draw);
        std::vector<Promise> list, swapped;
        for (int k = 0; k < 8; ++k) {
            Promise p;
            p.actor = k < 2 ? (k == 0 ? "A" : "B") : random.uniform() < 0.5 ? "A" : "B";
            p.kind = kinds[static_cast<std::size_t>(3.0 * random.uniform())];
            if (random.uniform() < 0.3) p.more = "ended = 2024-07-31\nended_reason = \"a ruling\"";
            const double value =
                p.kind == "at_least" ? std::floor(120.0 * random.uniform()) : std::floor(2.0 * random.uniform());
            if (random.uniform() < 0.9) p.seen = {{random.uniform() < 0.5 ? "2024-06-30" : "2024-12-31", value}};
            list.push_back(p);
            p.actor = p.actor == "A" ? "B" : "A";
            swapped.push_back(p);
        }
        expect_same(of(list, "A", "2025-03-01"), of(swapped, "B", "2025-03-01"));
        expect_same(of(list, "B", "2025-03-01"), of(swapped, "A", "2025-03-01"));
    }
}
TEST(FidelityEstimates, EqualCleanRecordsCountEqually) {
    // One runs on, one was ended by a court on the day on which the other was last seen.
    const std::vector<Promise> list = {
        {"A", "refrain", "2024-01-01", "2024-12-31", "ended = 2024-06-30\nended_reason = \"r\"", {{"2024-06-30", 0}}},
        {"B", "refrain", "2024-01-01", "2025-12-31", "", {{"2024-06-30", 0}}}};
    expect_same(of(list, "A", "2024-07-31"), of(list, "B", "2024-07-31"));
    EXPECT_EQ(of(list, "A", "2024-07-31").censored, 1);
}
TEST(FidelityEstimates, ADaysRestraintIsNotAYears) {
    const auto after = [](const std::string& due) {
        return of({{"A", "refrain", "2024-01-01", due, "", {{due, 0}}}}, "A", "2026-01-01").strict;
    };
    EXPECT_NEAR(after("2024-01-01").a, 1.0 + 1.0 / 365.25, 1e-12);
    EXPECT_NEAR(after("2024-12-31").a, 1.0 + 366.0 / 365.25, 1e-12);
    EXPECT_NEAR(after("2024-12-31").mean, after("2024-12-31").a / (after("2024-12-31").a + 1.0), 1e-12);
}
TEST(FidelityEstimates, WithAUniformPriorBreachesAreGamma) {
    // phi = exp(-rate), rate ~ Gamma(1 + k, 1 + years): E phi = ((1 + T) / (2 + T))^(1 + k).
    for (const double breaches : {1.0, 3.0}) {
        const FidelityEstimate e =
            of({{"A", "refrain", "2024-01-01", "2024-12-31", "", {{"2024-12-31", breaches}}}}, "A", "2026-01-01");
        const double years = 1.0 + e.restraint_years, shape = 1.0 + breaches;
        EXPECT_NEAR(e.strict.mean, std::pow(years / (years + 1.0), shape), 1e-9);
        for (const double p : {0.01, 0.05, 0.5, 0.95, 0.99})
            EXPECT_NEAR(quantile(e.strict, p), std::exp(-gamma_quantile(1.0 - p, shape) / years), 1e-9) << p;
        EXPECT_NEAR(e.rate, shape / years, 1e-12);
    }
}
// With failures among acts too: against a plain sum over a fine grid of rates.
TEST(FidelityEstimates, ActsAndBreachesTogetherAreTheProductOfTheirLikelihoods) {
    const std::vector<Promise> list = {{"A", "by_date", "2024-01-01", "2024-12-31", "", {{"2024-12-31", 0}}},
                                       {"A", "by_date", "2024-01-01", "2024-12-31", "", {{"2024-12-31", 1}}},
                                       {"A", "refrain", "2024-01-01", "2024-12-31", "", {{"2024-10-31", 2}}}};
    FidelityOptions options;
    options.prior = fidelity_prior("jeffreys");
    const FidelityEstimate e = of(list, "A", "2026-01-01", options);
    double total = 0.0, mean = 0.0, below = 0.0;
    constexpr int steps = 400000;
    for (int k = 0; k < steps; ++k) {
        const double rate = 40.0 * (k + 0.5) / steps, phi = std::exp(-rate);
        // d phi = phi d rate; Beta(1/2, 1/2), one kept, one broken, two breaches in the years seen.
        const double weight = phi * std::pow(phi * (1.0 - phi), -0.5) * phi * (1.0 - phi) *
                              std::exp(-rate * e.restraint_years) * rate * rate;
        total += weight, mean += weight * phi;
        if (phi <= e.strict.low) below += weight;
    }
    EXPECT_NEAR(e.restraint_years, 305.0 / 365.25, 1e-12);
    EXPECT_NEAR(e.strict.mean, mean / total, 1e-6);
    EXPECT_NEAR(below / total, 0.05, 1e-4);
}
TEST(FidelityEstimates, PriorsAreNamedAndWeighed) {
    const std::vector<Promise> list = {{"A", "by_date", "2024-01-01", "2024-12-31", "", {{"2024-06-30", 1}}}};
    const FidelityEstimate e = of(list, "A", "2025-01-01");
    ASSERT_EQ(e.priors.size(), 3U);
    EXPECT_NEAR(e.priors[0].posterior.mean, 2.0 / 3.0, 1e-12);
    EXPECT_NEAR(e.priors[1].posterior.mean, 1.5 / 2.0, 1e-12);
    EXPECT_NEAR(e.priors[2].posterior.mean, 5.0 / 6.0, 1e-12);
    EXPECT_NEAR(e.strict.prior_weight, 2.0 / 3.0, 1e-12);
    EXPECT_FALSE(e.fault_seen());
    FidelityOptions options;
    options.prior = fidelity_prior("jeffreys");
    EXPECT_EQ(of(list, "A", "2025-01-01", options).graded_target.mean, e.priors[1].posterior.mean);
    expect_error(ErrorKind::input, {"did you mean \"jeffreys\""}, [] { fidelity_prior("jefreys"); });
}
TEST(FidelityEstimates, OnlyTheCounterpartMovesADate) {
    const auto read = [](const std::string& moved) {
        return [moved] { ledger_of({{"A", "by_date", "2024-01-01", "2024-12-31", moved, {}}}); };
    };
    const std::string rest = ", source = \"s\" }";
    expect_error(ErrorKind::input, {"l.toml:11", "commitment.moved.by", "only the counterpart", "B"},
                 read("moved = { to = 2025-02-28, by = \"A\"" + rest));
    expect_error(ErrorKind::input, {"l.toml:11", "commitment.moved.to", "after 2024-12-31"},
                 read("moved = { to = 2024-02-28, by = \"B\"" + rest));
    expect_error(ErrorKind::input, {"commitment.moved.source", "missing"},
                 read("moved = { to = 2025-02-28, by = \"B\" }"));
    expect_error(ErrorKind::input, {"l.toml:11", "commitment.moved", "wrong kind"}, read("moved = 3"));
}

}  // namespace
}  // namespace detente::test
