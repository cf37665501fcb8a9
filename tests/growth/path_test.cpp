// Paths over years against closed forms, an independent fixed point, and sums by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium/model_table.h"
#include "growth/path.h"
#include "support.h"

namespace detente::test {
namespace {

World world_of(const std::string& model, Closure closure) {
    ModelOptions options = model_options(model);
    options.closure = closure;
    return calibrate(toy_economy(), options).world;
}

// A tariff of the first region on the second, and the borders all but closed.
Shock tariff_of(const World& world, double more) {
    Shock shock;
    shock.tariff = world.tariff;
    shock.tariff(1, 0, 0) += more;
    return shock;
}
Shock closed(const World& world) {
    Shock shock;
    shock.trade_cost = TradeTensor(3, world.n_sectors(), 1e6);
    for (int s = 0; s < world.n_sectors(); ++s)
        for (int j = 0; j < 3; ++j) shock.trade_cost(j, j, s) = 1.0;
    return shock;
}

std::vector<YearGiven> years(std::size_t count, const Shock* policy) {
    return std::vector<YearGiven>(count, {policy, {}, {}});
}

class Paths : public ::testing::TestWithParam<std::string> {
protected:
    World world(Closure closure = Closure::fixed) const { return world_of(GetParam(), closure); }
};

TEST_P(Paths, WithoutAnythingEveryHatIsOneInEveryYear) {
    const World w = world();
    const CapitalPath path = capital_path(w, {}, years(30, nullptr), 2018);
    ASSERT_EQ(path.years.size(), 30U);
    for (const PathYear* year : {&path.years.front(), &path.years.back(), &path.long_run})
        for (const auto& list : {year->capital, year->factor_supply, year->consumption, year->real_wage})
            for (const double hat : list) EXPECT_NEAR(hat, 1.0, 1e-11);
    for (const double log : path.log_equivalent()) EXPECT_NEAR(log, 0.0, 1e-11);
}

// K' = (I / P)^d K^(1 - d), and V = K^chi, in every year of a path of two policies.
TEST_P(Paths, CapitalFollowsItsLawFromYearToYear) {
    const World w = world();
    const Shock rise = tariff_of(w, 0.5), cut = tariff_of(w, -0.05);
    const CapitalRule rule{0.4, 0.1, 0.95};
    std::vector<YearGiven> given = years(8, &rise);
    for (std::size_t t = 4; t < 8; ++t) given[t].policy = &cut;
    const CapitalPath path = capital_path(w, rule, given, 2018);
    EXPECT_EQ(path.years[0].capital, std::vector<double>(3, 1.0)) << "the base's capital is there when it begins";
    for (std::size_t t = 0; t + 1 < path.years.size(); ++t) {
        Shock shock = t < 4 ? rise : cut;
        shock.factor_supply.clear();
        for (std::size_t j = 0; j < 3; ++j) {
            EXPECT_NEAR(path.years[t + 1].capital[j],
                        std::pow(path.years[t].consumption[j], 0.1) * std::pow(path.years[t].capital[j], 0.9), 1e-14);
            shock.factor_supply.push_back(std::pow(path.years[t].capital[j], 0.4));
        }
        const Equilibrium e = solve(w, shock);
        for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(path.years[t].consumption[j], e.welfare_hat[j], 1e-10);
    }
}

TEST_P(Paths, WithAFullTransitionCapitalIsTheYearBeforesConsumption) {
    const World w = world();
    const Shock rise = tariff_of(w, 0.5);
    const CapitalPath path = capital_path(w, {0.4, 1.0, 0.95}, years(3, &rise), 2018);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(path.years[1].capital[j], path.years[0].consumption[j], 1e-14);
        EXPECT_NEAR(path.years[2].capital[j], path.years[1].consumption[j], 1e-14);
    }
}

// The static model with V = (I / P)^chi, iterated without any of the path's code.
TEST_P(Paths, TheLongRunIsAFixedPointOfTheStaticModel) {
    const World w = world();
    const double chi = 0.45;
    Shock shock = tariff_of(w, 1.0);
    const Shock policy = shock;
    shock.factor_supply.assign(3, 1.0);
    Equilibrium e = solve(w, shock);
    for (int k = 0; k < 60; ++k) {
        for (std::size_t j = 0; j < 3; ++j)
            shock.factor_supply[j] = std::pow(e.income_hat[j] / e.consumer_price_hat[j], chi);
        e = solve(w, shock);
    }
    const CapitalPath path = capital_path(w, {chi, 0.06, 0.98}, years(2, &policy), 2018);
    EXPECT_LT(path.long_run_gap, 1e-9);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(path.long_run.capital[j], e.income_hat[j] / e.consumer_price_hat[j], 1e-9);
        EXPECT_NEAR(path.long_run.consumption[j], e.income_hat[j] / e.consumer_price_hat[j], 1e-9);
        EXPECT_NEAR(path.long_run.factor_supply[j], shock.factor_supply[j], 1e-9);
        EXPECT_GT(std::abs(path.long_run.capital[j] - 1.0), 1e-5) << "the tariff moves everyone";
    }
}

// A region on its own with productivity A: C = A K^chi, so that K = C = A^(1 / (1 - chi)) in the end.
TEST_P(Paths, BehindClosedBordersTheLongRunIsInClosedForm) {
    const World w = world(Closure::balanced);
    const Shock alone = closed(w);
    const double chi = 1.0 / 3.0, a[] = {1.3, 0.9, 1.0};
    const auto run = [&](const std::vector<double>& productivity) {
        return capital_path(w, {chi, 0.06, 0.98}, {{&alone, productivity, {}}}, 2018);
    };
    const CapitalPath with = run({a[0], a[1], a[2]}), without = run({});
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(with.long_run.capital[j] / without.long_run.capital[j], std::pow(a[j], 1.0 / (1.0 - chi)), 1e-7);
        EXPECT_NEAR(with.years[0].consumption[j] / without.years[0].consumption[j], a[j], 1e-7);
    }
}

TEST_P(Paths, WithoutCapitalItIsTheStaticModelYearByYear) {
    const World w = world();
    const Shock rise = tariff_of(w, 0.5), cut = tariff_of(w, -0.05);
    std::vector<YearGiven> given = years(4, &rise);
    given[2].policy = given[3].policy = &cut;
    const CapitalPath path = capital_path(w, {0.0, 0.06, 0.98}, given, 2018);
    const Equilibrium first = solve(w, rise), last = solve(w, cut);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(path.years[1].consumption[j], first.welfare_hat[j], 1e-11);
        EXPECT_NEAR(path.years[3].consumption[j], last.welfare_hat[j], 1e-11);
        EXPECT_NEAR(path.years[3].real_wage[j], last.real_wage_hat[j], 1e-11);
        EXPECT_NEAR(path.long_run.consumption[j], last.welfare_hat[j], 1e-11);
        EXPECT_NEAR(path.log_after[j], std::log(last.welfare_hat[j]), 1e-11);
    }
}

TEST_P(Paths, TheSumOfTwoYearsByHand) {
    const World w = world();
    const Shock rise = tariff_of(w, 0.5);
    const CapitalPath path = capital_path(w, {0.4, 0.1, 0.9}, years(2, &rise), 2018);
    for (std::size_t j = 0; j < 3; ++j)
        EXPECT_NEAR(path.log_equivalent()[j],
                    0.1 * std::log(path.years[0].consumption[j]) + 0.09 * std::log(path.years[1].consumption[j]) +
                        0.81 * path.log_after[j],
                    1e-15);
}

// The years after the last in one number, against two thousand of them one by one.
TEST_P(Paths, TheYearsAfterTheLastAreAllThere) {
    const World w = world();
    const Shock rise = tariff_of(w, 0.8);
    const CapitalRule rule{0.4, 0.06, 0.97};
    const CapitalPath few = capital_path(w, rule, years(3, &rise), 2018);
    const CapitalPath many = capital_path(w, rule, years(600, &rise), 2018);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(few.log_equivalent()[j], many.log_equivalent()[j], largest_tail_error);
        EXPECT_NEAR(many.years.back().capital[j], many.long_run.capital[j], 1e-8);
    }
}

// Capital follows a change for good step by step: what it is worth lies between the first year and the long run.
TEST_P(Paths, WorthOfALastingCutLiesBetweenTheFirstYearAndTheLongRun) {
    const World w = world();
    Shock free;
    free.tariff = TradeTensor(3, w.n_sectors());
    const CapitalPath path = capital_path(w, {}, years(10, &free), 2018);
    for (std::size_t j = 0; j < 3; ++j) {
        const double first = std::log(path.years[0].consumption[j]), end = std::log(path.long_run.consumption[j]);
        const double worth = path.log_equivalent()[j];
        EXPECT_LT(std::min(first, end), worth);
        EXPECT_GT(std::max(first, end), worth);
    }
}

// The same growth everywhere, in productivity and labour, is that of everything: ln C_t = ln A_t + (1 - chi) ln N_t +
// chi ln K_t, with ln K' = d ln C + (1 - d) ln K, and labour earns C / N.
TEST_P(Paths, GrowthOfAllTogetherIsInClosedForm) {
    const World w = world(Closure::balanced);
    const CapitalRule rule{0.3, 0.2, 0.9};
    std::vector<YearGiven> given;
    for (int t = 0; t < 6; ++t)
        given.push_back(
            {nullptr, std::vector<double>(3, std::pow(1.02, t)), std::vector<double>(3, std::pow(1.01, t))});
    const CapitalPath path = capital_path(w, rule, given, 2018);
    double capital = 0.0;
    for (int t = 0; t < 6; ++t) {
        const double labour = t * std::log(1.01), c = t * std::log(1.02) + 0.7 * labour + 0.3 * capital;
        const PathYear& year = path.years[static_cast<std::size_t>(t)];
        for (std::size_t j = 0; j < 3; ++j) {
            EXPECT_NEAR(std::log(year.capital[j]), capital, 1e-11);
            EXPECT_NEAR(std::log(year.consumption[j]), c, 1e-11);
            EXPECT_NEAR(std::log(year.real_wage[j]), c - labour, 1e-11);
        }
        capital = 0.2 * c + 0.8 * capital;
    }
}

INSTANTIATE_TEST_SUITE_P(ModelsWithCapital, Paths, ::testing::Values("ricardian", "krugman"),
                         [](const auto& one) { return one.param; });

// More to work with makes it more productive: capital goes further than under constant returns.
TEST(PathsWithScaleEconomies, GoFurther) {
    ModelOptions options = model_options("ricardian");
    options.scale_economies = true;
    const World scaled = calibrate(toy_economy(), options).world, plain = world_of("ricardian", Closure::fixed);
    const std::vector<YearGiven> better = {{nullptr, std::vector<double>(3, 1.1), {}}};
    const CapitalPath with = capital_path(scaled, {}, better, 2018), without = capital_path(plain, {}, better, 2018);
    EXPECT_LT(with.long_run_gap, 1e-9);
    EXPECT_LT(with.residual(), 1e-11);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_GT(without.long_run.capital[j], 1.1);
        EXPECT_GT(with.long_run.capital[j], without.long_run.capital[j]);
    }
}

// Where capital is drawn away from the state in which it would stay, no long run is said to be reached.
TEST(PathsWithScaleEconomies, HaveNoLongRunThatCapitalMovesAwayFrom) {
    ModelOptions options = model_options("ricardian");
    options.scale_economies = true, options.closure = Closure::balanced;
    const World w = calibrate(toy_economy(), options).world;
    const std::vector<YearGiven> better(60, {nullptr, std::vector<double>(3, 1.02), {}});
    // With a share of 0.6 it settles; of 0.95 it grows faster every year, by the same law.
    const CapitalPath settles = capital_path(w, {0.6, 0.2, 0.98}, better, 2018);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_GT(settles.long_run.capital[j], settles.years[59].capital[j]);
        EXPECT_LT(settles.years[59].capital[j] / settles.years[58].capital[j],
                  settles.years[10].capital[j] / settles.years[9].capital[j]);
    }
    expect_error(ErrorKind::solve, {"the long run", "does not settle", "smaller share"}, [&] {
        capital_path(w, {0.95, 0.2, 0.98}, better, 2018);
    });
    // The same without any change: the base is then no state that capital stays in.
    expect_error(ErrorKind::solve, {"the long run", "does not settle"}, [&] {
        capital_path(w, {0.95, 0.2, 0.98}, years(2, nullptr), 2018);
    });
}

// A region whose surplus, held by the closure, is a good part of what it earns: consumption answers to what it works
// with by more than one for one, and the nearer to ruin the more.
class PathsOfASurplus : public ::testing::Test {
protected:
    static World world() {
        Economy e;
        e.title = "Surplus", e.source = "made up for tests", e.licence = "Apache-2.0", e.unit = "coins", e.year = 2020;
        e.regions = IndexSet("region", {"A", "B"});
        e.sectors = IndexSet("sector", {"G"});
        e.sector_titles = {"G"};
        e.goods = {1}, e.theta = {4.0}, e.sigma = {5.0};
        e.trade = e.tariff = TradeTensor(2, 1);
        e.trade(0, 0, 0) = 40.0, e.trade(0, 1, 0) = 60.0, e.trade(1, 0, 0) = 10.0, e.trade(1, 1, 0) = 900.0;
        e.value_added_share = e.final_share = RegionSector(2, 1, 1.0);
        e.input_share = InputTensor(2, 1);
        return calibrate(e, model_options("ricardian")).world;
    }
    // The first works with 2 % more from the first year on.
    static CapitalPath path(double share, std::size_t count) {
        static const World w = world();
        return capital_path(w, {share, 0.06, 0.98}, std::vector<YearGiven>(count, {nullptr, {1.02, 1.0}, {}}), 2000);
    }
};

// Against the law of motion over thousands of years in a program of its own (Newton steps on wages).
TEST_F(PathsOfASurplus, TheLongRunIsFoundBehindARegionWithoutAnEquilibrium) {
    const CapitalPath at = path(0.6, 40);
    EXPECT_NEAR(at.long_run.capital[0], 1.88505732, 2e-8);
    EXPECT_NEAR(at.long_run.capital[1], 1.01138616, 2e-8);
    EXPECT_NEAR(path(0.7, 40).long_run.capital[0], 4.23571, 1e-5);
}

// The same years without an end, cut at different ones: what they are worth is the same.
TEST_F(PathsOfASurplus, WorthDoesNotDependOnWhereItsYearsEnd) {
    for (const double share : {0.5, 0.6, 0.9}) {
        const CapitalPath all = path(share, 500);
        EXPECT_LT(all.tail_error, largest_tail_error);
        for (const std::size_t count : {1U, 3U, 40U}) {
            const CapitalPath few = path(share, count);
            EXPECT_LT(few.tail_error, largest_tail_error);
            for (std::size_t j = 0; j < 2; ++j)
                EXPECT_NEAR(few.log_equivalent()[j], all.log_equivalent()[j], 2 * largest_tail_error)
                    << share << " " << count;
        }
    }
    EXPECT_NEAR(std::exp(path(0.9, 40).log_equivalent()[0]), 1.749358, 1e-6);
}

TEST(PathsRefused, WhatHasNoPathAndRulesOutOfBounds) {
    EXPECT_NE(no_path_reason(model_options("melitz")).find("melitz"), std::string::npos);
    ModelOptions elastic = model_options("ricardian");
    elastic.labour_supply = 0.5;
    const World worker = calibrate(toy_economy(), elastic).world;
    expect_error(ErrorKind::input, {"fixed supply of labour"},
                 [&] { capital_path(worker, {}, years(1, nullptr), 2018); });
    const World w = world_of("ricardian", Closure::fixed);
    const auto refused = [&](const CapitalRule& rule, const char* key) {
        expect_error(ErrorKind::input, {key, "out of range"}, [&] { capital_path(w, rule, years(1, nullptr), 2018); });
    };
    refused({1.0, 0.06, 0.98}, "share");
    refused({-0.1, 0.06, 0.98}, "share");
    refused({0.3, 0.0, 0.98}, "transition");
    refused({0.3, 1.1, 0.98}, "transition");
    refused({0.3, 0.06, 1.0}, "discount");
    refused({0.3, 0.06, 0.0}, "discount");
    expect_error(ErrorKind::input, {"years", "at least one"}, [&] { capital_path(w, {}, {}, 2018); });
    expect_error(ErrorKind::input, {"productivity", "of B", "no positive number"}, [&] {
        capital_path(w, {}, {{nullptr, {1.0, 0.0, 1.0}, {}}}, 2018);
    });
}

TEST(PathsRefused, AYearWithoutAnEquilibriumIsNamed) {
    const World w = world_of("ricardian", Closure::fixed);
    Shock ruin;
    ruin.transfer = w.transfer;
    ruin.transfer[0] -= 5.0 * w.labour_income[0], ruin.transfer[1] += 5.0 * w.labour_income[0];
    std::vector<YearGiven> given = years(3, nullptr);
    given[2].policy = &ruin;
    expect_error(ErrorKind::solve, {"year 2020", "no equilibrium"}, [&] { capital_path(w, {}, given, 2018); });
}

TEST(PathsRefused, ACancelledJobEndsIt) {
    std::stop_source stop;
    stop.request_stop();
    SolverOptions options;
    options.job = Job(stop.get_token());
    EXPECT_THROW(capital_path(world_of("ricardian", Closure::fixed), {}, years(5, nullptr), 2018, options),
                 Interrupted);
}

}  // namespace
}  // namespace detente::test
