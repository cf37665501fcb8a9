// Studies over draws: against dense grids, quadratures, other seeds and the same study answered by itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "economy/economy_io.h"
#include "equilibrium/model_table.h"
#include "questions/built_in.h"
#include "questions/relation.h"
#include "report/results.h"
#include "support.h"
#include "uncertainty/uncertainty.h"

namespace detente::test {
namespace {

const char* const scenario_text = R"toml(
[economy]
path = "toy.nc"
[[scenario]]
name = "rise"
tariff = [ { importer = "A", exporter = "B", add = 0.3 }, { importer = "B", exporter = "A", add = 0.1 } ]
[[claim]]
text = "A loses"
holds = "welfare('rise', 'A') < 0"
)toml";

const char* const relation_text = R"toml(
[economy]
path = "toy.nc"
[[scenario]]
name = "high"
tariff = [ { importer = "A", exporter = "B", add = 0.3 }, { importer = "B", exporter = "A", add = 0.3 } ]
[[nash]]
name = "war"
players = ["A", "B"]
from = "high"
instruments = { exporter = "players", sector = "goods", form = "line" }
bounds = [0.0, 3.0]
[[talks]]
name = "deal"
players = ["A", "B"]
from = "high"
threat = "war"
[[game]]
name = "shape"
players = ["A", "B"]
policies = ["deal", "war"]
cooperate = "deal"
war = "war"
[relation]
players = ["A", "B"]
cooperate = "deal"
war = "war"
fidelity = 0.95
[[claim]]
text = "It holds"
holds = "self_enforcing() > 0"
)toml";

Study study_of(const std::string& text, std::vector<double> log_sd, UncertaintySettings settings) {
    const TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    Sources sources;
    sources.files["toy.nc"] = read_bytes(folder / "toy.nc");
    Study study = read_study(text, "study.toml", sources, built_in_questions());
    study.economy.theta_log_sd = std::move(log_sd);
    settings.elasticities = !study.economy.theta_log_sd.empty();
    study.uncertainty = std::move(settings);
    return study;
}

UncertaintySettings settings_of(int draws, DrawMethod method = DrawMethod::sobol, std::uint64_t seed = 1) {
    UncertaintySettings settings;
    settings.draws = draws, settings.method = method, settings.seed = seed;
    return settings;
}

RunOptions on(int threads) {
    RunOptions options;
    options.threads = threads;
    return options;
}

const Band& welfare(const UncertaintyResult& u, std::size_t region) {
    EXPECT_EQ(u.keys[0], "welfare_percent");
    return u.outcomes[0].by_key[0][region];
}

// Welfare of A at one factor on the elasticity of goods, by calibrations of its own.
double welfare_at(const Study& study, double factor) {
    Study one = study;
    one.uncertainty.reset();
    scale_elasticities(one.economy, one.model, {factor, 1.0}, true);
    const StudyResult run = run_study(one, on(1));
    return *region_result(run, run.scenarios[0], 0, "welfare_percent");
}

// One elasticity: the mean is an integral over its density, and quantiles are those of a weighted grid.
TEST(Uncertainty, OfOneElasticityIsThatOfADenseGrid) {
    constexpr double sd = 0.4;
    UncertaintySettings settings = settings_of(2000);
    settings.common = 0.0;
    const Study study = study_of(scenario_text, {sd, 0.0}, settings);
    const StudyResult run = run_with_uncertainty(study, on(2));
    const Band& band = welfare(*run.uncertainty, 0);
    ASSERT_EQ(band.draws, 2000);
    double mean = 0.0, squares = 0.0, mass = 0.0;
    constexpr int points = 1201;
    std::vector<std::pair<double, double>> grid;  // welfare and weight
    for (int k = 0; k < points; ++k) {
        const double z = -4.5 + 9.0 * k / (points - 1), weight = std::exp(-0.5 * z * z);
        const double value = welfare_at(study, std::exp(sd * z));
        grid.emplace_back(value, weight);
        mean += weight * value, squares += weight * value * value, mass += weight;
    }
    mean /= mass;
    const double spread = std::sqrt(squares / mass - mean * mean);
    EXPECT_NEAR(band.value.mean, mean, 4.0 * band.error->mean + 1e-4 * spread);
    EXPECT_LT(band.error->mean, 0.01 * spread);
    EXPECT_NEAR(band.value.sd, spread, 4.0 * band.error->sd + 1e-3 * spread);
    std::sort(grid.begin(), grid.end());
    double below = 0.0;
    std::size_t q = 0;
    for (const auto& [value, weight] : grid) {
        below += weight / mass;
        for (; q < band_levels.size() && below >= band_levels[q]; ++q)
            EXPECT_NEAR(band.value.quantile[q], value, 4.0 * band.error->quantile[q] + 5e-3 * spread) << q;
    }
    EXPECT_EQ(q, band_levels.size());
    EXPECT_NEAR(*band.point, welfare_at(study, 1.0), 1e-10);
    ASSERT_EQ(run.uncertainty->outcomes[0].drivers[0].size(), 1u);
    EXPECT_NEAR(run.uncertainty->outcomes[0].drivers[0][0].share, 1.0, 0.02);
}

TEST(Uncertainty, ByQuadratureHasTheMeansAndSpreadsOfDraws) {
    UncertaintySettings settings = settings_of(4000);
    settings.intervals["tariff_coverage"] = {0.6, 1.0};
    const Study study = study_of(scenario_text, {0.2, 0.15}, settings);
    Study points = study;
    points.uncertainty->method = DrawMethod::quadrature;
    const UncertaintyResult drawn = *run_with_uncertainty(study, on(2)).uncertainty;
    const UncertaintyResult exact = *run_with_uncertainty(points, on(2)).uncertainty;
    EXPECT_EQ(exact.draws, 8);  // two elasticities, what they have in common, and coverage
    EXPECT_EQ(exact.replicates, 0);
    for (std::size_t j = 0; j < 3; ++j) {
        const Band &a = welfare(drawn, j), &b = welfare(exact, j);
        EXPECT_NEAR(a.value.mean, b.value.mean, 4.0 * a.error->mean + 0.01 * a.value.sd);
        EXPECT_NEAR(a.value.sd, b.value.sd, 0.06 * a.value.sd);
        EXPECT_FALSE(b.error);
    }
}

// One uniform input: two points, at one standard deviation to either side; a nearly linear answer has theirs.
TEST(Uncertainty, ByQuadratureOfOneInputHasItsSpread) {
    UncertaintySettings settings = settings_of(2);
    settings.method = DrawMethod::quadrature;
    settings.intervals["tariff_coverage"] = {0.6, 1.0};
    settings.keep_draws = true;
    const UncertaintyResult u = *run_with_uncertainty(study_of(scenario_text, {}, settings), on(1)).uncertainty;
    ASSERT_EQ(u.draws, 2);
    EXPECT_NEAR(u.drawn_inputs[0][0], 0.8 - 0.4 / std::sqrt(12.0), 1e-12);
    const std::size_t first = 0;  // welfare of the first region under the first outcome
    EXPECT_NEAR(welfare(u, 0).value.sd, 0.5 * std::abs(u.drawn_values[0][first] - u.drawn_values[1][first]), 1e-12);
}

// So uncertain that no draw can be solved: that is said, and is no answer.
TEST(Uncertainty, OfWhichNoDrawIsAnsweredIsNotThere) {
    const StudyResult run = run_with_uncertainty(study_of(scenario_text, {1e9, 1e9}, settings_of(16)), on(2));
    EXPECT_NE(run.uncertainty->error.find("none of 16 draws was answered"), std::string::npos)
        << run.uncertainty->error << run.uncertainty->failed;
    EXPECT_FALSE(run.complete());
}

TEST(Uncertainty, OfTwoSeedsAgreesWithinItsError) {
    for (const DrawMethod method : {DrawMethod::sobol, DrawMethod::random}) {
        UncertaintySettings settings = settings_of(1600, method, 1);
        settings.intervals["tariff_coverage"] = {0.6, 1.0};
        const Study study = study_of(scenario_text, {0.4, 0.3}, settings);
        Study other = study;
        other.uncertainty->seed = 2;
        const UncertaintyResult one = *run_with_uncertainty(study, on(2)).uncertainty;
        const UncertaintyResult two = *run_with_uncertainty(other, on(2)).uncertainty;
        for (std::size_t j = 0; j < 3; ++j) {
            const Band &a = welfare(one, j), &b = welfare(two, j);
            EXPECT_NE(a.value.mean, b.value.mean);
            const auto agree = [&](double x, double y, double ex, double ey) {
                EXPECT_NEAR(x, y, 6.0 * std::hypot(ex, ey) + 1e-9) << to_string(method) << " " << j;
            };
            agree(a.value.mean, b.value.mean, a.error->mean, b.error->mean);
            agree(a.value.sd, b.value.sd, a.error->sd, b.error->sd);
            agree(a.value.positive, b.value.positive, a.error->positive, b.error->positive);
            for (std::size_t q = 0; q < 5; ++q)
                agree(a.value.quantile[q], b.value.quantile[q], a.error->quantile[q], b.error->quantile[q]);
        }
    }
}

// Points that are spread evenly know a mean better than independent ones.
TEST(Uncertainty, BySobolPointsIsMoreExactThanByIndependentOnes) {
    const auto error = [](DrawMethod method) {
        const Study study = study_of(scenario_text, {0.4, 0.3}, settings_of(800, method));
        return welfare(*run_with_uncertainty(study, on(2)).uncertainty, 0).error->mean;
    };
    EXPECT_LT(error(DrawMethod::sobol), 0.5 * error(DrawMethod::random));
}

TEST(Uncertainty, HasTheSameDigitsOnAnyNumberOfThreads) {
    UncertaintySettings settings = settings_of(70);
    settings.intervals["discount_rate"] = {0.01, 0.2};
    const Study study = study_of(relation_text, {0.3, 0.3}, settings);
    const StudyResult one = run_with_uncertainty(study, on(1)), two = run_with_uncertainty(study, on(2));
    EXPECT_EQ(results_json(one), results_json(two));
    EXPECT_EQ(one.uncertainty->error, "");
}

// Drawn numbers are those of the study read with the drawn parameters and answered from nothing: wars, deals and
// relations too.
TEST(Uncertainty, OfADrawIsTheStudyWithItsParameters) {
    UncertaintySettings settings = settings_of(12);
    settings.intervals["discount_rate"] = {0.01, 0.2};
    settings.keep_draws = true;
    const Study study = study_of(relation_text, {0.3, 0.3}, settings);
    const StudyResult run = run_with_uncertainty(study, on(2));
    const UncertaintyResult& u = *run.uncertainty;
    ASSERT_EQ(u.error, "");
    ASSERT_EQ(u.inputs.size(), 5u);  // common, goods, services, and a discount rate each
    ASSERT_EQ(u.drawn_values.size(), 12u);
    for (std::size_t k = 0; k < 4; ++k) {
        const std::vector<double>& x = u.drawn_inputs[k];
        Study one = study;
        one.uncertainty.reset();
        std::vector<double> factor;
        for (std::size_t s = 0; s < 2; ++s) factor.push_back(std::exp(0.3 * std::sqrt(0.3) * x[0] + x[1 + s]));
        scale_elasticities(one.economy, one.model, factor, true);
        for (auto& question : one.questions) {
            if (question->kind->block != "relation") continue;
            auto copy = std::make_shared<RelationQuestion>(dynamic_cast<const RelationQuestion&>(*question));
            copy->discount_rate = {x[3], x[4]};
            question = copy;
        }
        const StudyResult alone = run_study(one, on(1));
        ASSERT_TRUE(alone.complete());
        std::size_t at = 0;
        for (const OutcomeBands& outcome : u.outcomes) {
            const ScenarioResult& result = need_outcome(alone, outcome.name);
            for (const std::string& key : u.keys)
                for (int j = 0; j < 3; ++j, ++at) {
                    const double own = region_result(alone, result, j, key).value_or(0.0),
                                 drawn = u.drawn_values[k][at];
                    EXPECT_NEAR(std::isnan(drawn) ? 0.0 : drawn, own, 2e-6 * std::max(1.0, std::abs(own)))
                        << outcome.name << " " << key << " " << j;
                }
        }
        for (const AnswerBands& answer : u.answers) {
            const Answer& own = need_answer(alone, answer.name);
            for (const AnswerFigure& figure : own.kind->figures(alone, own)) {
                EXPECT_NEAR(u.drawn_values[k][at], figure.value, 1e-5 * std::max(1.0, std::abs(figure.value)))
                    << answer.name << " " << figure.name;
                ++at;
            }
        }
        EXPECT_EQ(at, u.drawn_values[k].size());
    }
}

// With psi held, theta psi passes 1 in some draws: those have no equilibrium to speak of, and are counted.
TEST(Uncertainty, CountsDrawsThatFail) {
    UncertaintySettings settings = settings_of(512);
    settings.scale_elasticities = false, settings.common = 0.0;
    Study study = study_of(scenario_text, {0.5, 0.0}, settings);
    study.model.scale_economies = true;
    study.economy.psi = {0.15, 0.05};  // theta psi = 0.6
    const StudyResult run = run_with_uncertainty(study, on(2));
    const UncertaintyResult& u = *run.uncertainty;
    // P(ln theta hat > ln (1 / 0.6)) = 1 - Phi(1.0217) = 0.1535
    EXPECT_NEAR(u.failed / 512.0, 0.1535, 0.01);
    EXPECT_EQ(u.outcomes[0].answered + u.outcomes[0].failed, 512);
    EXPECT_GE(u.outcomes[0].failed, u.failed);
    EXPECT_EQ(welfare(u, 0).draws, u.outcomes[0].answered);
    EXPECT_EQ(u.claims[0].failed, u.failed);
    EXPECT_EQ(u.claims[0].holds + u.claims[0].fails + u.claims[0].undecided + u.claims[0].failed, 512);
    ASSERT_FALSE(u.failures.empty());
    int counted = 0;
    for (const auto& [reason, draws] : u.failures) {
        EXPECT_NE(reason.find("too strong"), std::string::npos) << reason;
        counted += draws;
    }
    EXPECT_EQ(counted, u.failed);
    const auto json = nlohmann::json::parse(results_json(run));
    EXPECT_EQ(json["uncertainty"]["failed"], u.failed);
    EXPECT_NEAR(json["claims"][0]["share_of_draws"]["failed"], u.failed / 512.0, 1e-12);
    // Held together, none fails.
    study.uncertainty->scale_elasticities = true;
    EXPECT_EQ(run_with_uncertainty(study, on(2)).uncertainty->failed, 0);
}

// A claim at the median of what it is about holds in half of the draws.
TEST(Uncertainty, SharesOutClaims) {
    UncertaintySettings settings = settings_of(512);
    const Study study = study_of(scenario_text, {0.4, 0.3}, settings);
    const double median = welfare(*run_with_uncertainty(study, on(2)).uncertainty, 0).value.quantile[2];
    const std::string claim =
        "[[claim]]\ntext = \"above\"\nholds = \"welfare('rise', 'A') > " + std::to_string(1e6 * median) + " / 1e6\"\n";
    const StudyResult run = run_with_uncertainty(study_of(scenario_text + claim, {0.4, 0.3}, settings), on(2));
    const ClaimShares& shares = run.uncertainty->claims[1];
    EXPECT_NEAR(shares.holds, 256, 2);
    EXPECT_NE(shares.verdict.find("depends: holds in "), std::string::npos) << shares.verdict;
    const ClaimShares& first = run.uncertainty->claims[0];
    EXPECT_EQ(first.holds + first.fails, 512);
}

// Fidelity drawn with certainty of one half: nothing but what the distribution says.
TEST(Uncertainty, IntegratesOutWhatIsNotKnownOfPromises) {
    Study study = study_of(relation_text, {}, settings_of(256));
    study.uncertainty->intervals["discount_rate"] = {0.01, 0.2};
    const StudyResult run = run_with_uncertainty(study, on(2));
    const auto& answers = run.uncertainty->answers;
    const auto relation =
        std::find_if(answers.begin(), answers.end(), [](const AnswerBands& a) { return a.block == "relation"; });
    ASSERT_NE(relation, answers.end());
    EXPECT_EQ(relation->answered, 256);
    ASSERT_EQ(relation->figures[0].name, "self_enforcing");
    const ClaimShares& claim = run.uncertainty->claims[0];
    EXPECT_NEAR(relation->figures[0].band.value.mean, claim.holds / 256.0, 1e-12);
    for (const FigureBand& figure : relation->figures) {
        if (figure.name != "discount.A") continue;
        EXPECT_GT(figure.band.value.sd, 0.0);
        ASSERT_EQ(figure.drivers.size(), 1u);  // by rank: the draws are few
        EXPECT_EQ(run.uncertainty->inputs[figure.drivers[0].input].name, "discount_rate.A");
        EXPECT_NEAR(figure.drivers[0].share, 1.0, 1e-3);
    }
}

// One government has one patience, whichever relation asks: what two relations take is drawn once.
TEST(Uncertainty, DrawsOnceWhatTwoRelationsTake) {
    std::string text = relation_text;
    text.replace(text.find("[relation]"), 10, "[[relation]]\nname = \"first\"");
    text.insert(text.find("[[claim]]"),
                "[[relation]]\nname = \"second\"\nplayers = [\"B\", \"A\"]\ncooperate = \"deal\"\nwar = \"war\"\n");
    text.replace(text.find("self_enforcing()"), 16, "self_enforcing('first')");
    Study study = study_of(text, {}, settings_of(64));
    study.uncertainty->intervals["discount_rate"] = {0.01, 0.2};
    study.uncertainty->intervals["period_years"] = {0.25, 1.0};
    const StudyResult run = run_with_uncertainty(study, on(2));
    std::vector<std::string> names;
    for (const UncertainInput& input : run.uncertainty->inputs) names.push_back(input.name);
    EXPECT_EQ(names, (std::vector<std::string>{"discount_rate.A", "discount_rate.B", "period_years"}));
    const auto discount_of = [&](const std::string& relation, const std::string& figure) {
        for (const AnswerBands& answer : run.uncertainty->answers)
            for (const FigureBand& one : answer.figures)
                if (answer.name == relation && one.name == figure) return one.band.value;
        return BandValues{};
    };
    for (const char* figure : {"discount.A", "discount.B"}) {
        EXPECT_GT(discount_of("first", figure).sd, 0.0);
        EXPECT_EQ(discount_of("first", figure).mean, discount_of("second", figure).mean);
        EXPECT_EQ(discount_of("first", figure).quantile, discount_of("second", figure).quantile);
    }
}

TEST(Uncertainty, LeavesOutWhatTheStudySays) {
    UncertaintySettings settings = settings_of(10);
    settings.leave_out = {"shape", "relation"};
    const StudyResult run = run_with_uncertainty(study_of(relation_text, {0.3, 0.3}, settings), on(1));
    const UncertaintyResult& u = *run.uncertainty;
    EXPECT_EQ(u.left_out, settings.leave_out);
    EXPECT_EQ(u.outcomes.size(), 3u);
    EXPECT_EQ(u.claims[0].undecided, 10);
    EXPECT_EQ(u.claims[0].verdict, "undecided in all");
}

TEST(Uncertainty, OfACancelledJobIsNotThere) {
    std::stop_source stop;
    RunOptions options = on(2);
    options.job = Job(stop.get_token(), [&](const JobProgress& progress) {
        if (progress.what == "draws" && progress.done == 20) stop.request_stop();
    });
    const StudyResult run = run_with_uncertainty(study_of(scenario_text, {0.3, 0.3}, settings_of(5000)), options);
    ASSERT_TRUE(run.uncertainty);
    EXPECT_NE(run.uncertainty->error, "");
    EXPECT_TRUE(run.uncertainty->outcomes.empty());
    EXPECT_FALSE(run.complete());
    EXPECT_TRUE(run.scenarios[0].answered);
    const auto json = nlohmann::json::parse(results_json(run));
    EXPECT_EQ(json["uncertainty"]["status"], "failed");
}

TEST(Uncertainty, IsPrintedAndWritten) {
    UncertaintySettings settings = settings_of(600);
    settings.keep_draws = true;
    const StudyResult run = run_with_uncertainty(study_of(scenario_text, {0.3, 0.3}, settings), on(2));
    const std::string text = console_tables(run);
    for (const char* part : {"600 points of a scrambled Sobol sequence", "over draws: ", "5 %", "95 %"})
        EXPECT_NE(text.find(part), std::string::npos) << part;
    const auto json = nlohmann::json::parse(results_json(run));
    const auto& u = json["uncertainty"];
    EXPECT_EQ(u["draws"], 600);
    EXPECT_EQ(u["drivers"], "sobol");
    const auto& band = u["outcomes"]["rise"]["regions"]["A"]["welfare_percent"];
    EXPECT_LE(band["p05"], band["p95"]);
    EXPECT_EQ(band["point"], json["scenarios"]["rise"]["regions"]["A"]["welfare_percent"]);
    const TemporaryFolder folder;
    write_results(run, folder / "out");
    EXPECT_TRUE(std::filesystem::exists(folder / "out/results.nc"));
}

}  // namespace
}  // namespace detente::test
