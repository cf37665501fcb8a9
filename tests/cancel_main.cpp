// Every long call of the engine, cancelled at random times: it must end within a tenth of a second.
// `cancel [--count N] [--seed S] [--most SECONDS] [NAME...]`: prints, by call, how long it takes when it is left alone
// (as far as SECONDS) and the longest that it went on after being cancelled. Times are those of the calling thread on
// its processor, so that other programs on the machine do not count.
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <iostream>
#include <random>
#include <thread>

#include "base/file.h"
#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "equilibrium/adjoint.h"
#include "equilibrium/welfare.h"
#include "input_output_world.h"
#include "questions/built_in.h"
#include "random_economy.h"
#include "relation/game_report.h"
#include "relation/population.h"
#include "relation/tournament.h"
#include "relation/trust.h"
#include "report/results.h"
#include "strategy/common_ground.h"
#include "strategy/cooperation.h"
#include "strategy/game_support.h"
#include "strategy/talks.h"

namespace {

using namespace detente;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

double seconds(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// What a call has taken: the time of its thread on a processor, or, where it waits for others nearly all the time, that
// of the day.
class Watch {
public:
    explicit Watch(clockid_t thread) : thread_(thread), began_(seconds(CLOCK_MONOTONIC)) {}
    double operator()() const {
        constexpr double nearly_nothing = 0.02, at_first = 0.05;
        const double own = seconds(thread_), day = seconds(CLOCK_MONOTONIC) - began_;
        return day > at_first && own < nearly_nothing * day ? day : own;
    }

private:
    clockid_t thread_;
    double began_;
};

struct Outcome {
    bool cancelled = false;  // it ended because it was asked to
    double took = 0.0, after = 0.0;
    std::string failure;  // what it threw else: such a call shows nothing
};

// Runs `call` in a thread of its own and asks it to stop when it has had `at` seconds.
Outcome run(const std::function<void(const Job&)>& call, double at) {
    std::stop_source stop;
    Outcome out;
    std::atomic<bool> ended{false};
    std::promise<void> released;
    std::thread worker([&, go = released.get_future().share()] {
        const Watch watch(CLOCK_THREAD_CPUTIME_ID);
        try {
            call(Job(stop.get_token()));
        } catch (const Interrupted&) {
            out.cancelled = true;
        } catch (const std::exception& error) {
            out.failure = error.what();
        }
        out.took = watch();
        ended = true;
        go.wait();  // its clock goes with it
    });
    clockid_t clock{};
    ::pthread_getcpuclockid(worker.native_handle(), &clock);
    const Watch watch(clock);
    while (!ended && watch() < at) std::this_thread::sleep_for(200us);
    const double asked = ended ? at : watch();
    stop.request_stop();
    released.set_value();
    worker.join();
    out.after = std::max(0.0, out.took - asked);
    return out;
}

struct Case {
    std::string name;
    std::function<void(const Job&)> call;
};

Economy large_economy(bool scale) {
    std::mt19937_64 random(1);
    testing::RandomSpec spec;
    spec.min_regions = spec.max_regions = 77, spec.min_sectors = spec.max_sectors = 45;
    spec.min_theta = 2.0, spec.max_theta = 12.0, spec.empty_markets = 0.0;
    Economy e = testing::random_economy(random, spec);
    for (std::size_t s = 0; scale && s < e.theta.size(); ++s) e.psi[s] = 0.5 / e.theta[s];
    return e;
}

Shock wall(const World& world, double rate) {
    Shock shock;
    shock.tariff = world.tariff;
    for (int s = 0; s < world.n_sectors(); ++s)
        for (int i = 1; i < world.n_regions(); ++i) shock.tariff(i, 0, s) += rate, shock.tariff(0, i, s) += rate;
    return shock;
}

StageGame random_game(int actions, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> uniform;
    StageGame game;
    std::vector<std::string> names;
    for (int k = 0; k < actions; ++k) names.push_back("a" + std::to_string(k));
    game.player_a = "A", game.player_b = "B";
    game.actions_a = game.actions_b = IndexSet("action", names);
    game.payoff_a = game.payoff_b = Eigen::MatrixXd::Zero(actions, actions);
    // Each side's effort costs it something and helps the other more: a dilemma at every step, with noise.
    for (int a = 0; a < actions; ++a)
        for (int b = 0; b < actions; ++b) {
            const double x = static_cast<double>(a) / actions, y = static_cast<double>(b) / actions;
            game.payoff_a(a, b) = 3.0 * y - x - 0.5 * x * x + 0.01 * uniform(random);
            game.payoff_b(a, b) = 3.0 * x - y - 0.5 * y * y + 0.01 * uniform(random);
        }
    return game;
}

void add_equilibria(std::vector<Case>& list) {
    const auto calibrated = [](const ModelOptions& options, bool scale) {
        return [options, economy = std::make_shared<Economy>(large_economy(scale))](const Job& job) {
            calibrate(*economy, options, {1e-12, true, job});
        };
    };
    ModelOptions plain, scale, elastic;
    scale.scale_economies = true, elastic.labour_supply = 0.5;
    list.push_back({"calibrate-77x45", calibrated(plain, false)});
    list.push_back({"calibrate-77x45-scale", calibrated(scale, true)});
    list.push_back({"calibrate-77x45-elastic", calibrated(elastic, false)});
    ModelOptions balanced = plain;
    balanced.closure = Closure::balanced;
    list.push_back({"calibrate-77x45-balanced", calibrated(balanced, false)});
    list.push_back({"calibrate-krugman-77x45", calibrated(model_options("krugman"), false)});

    const auto world = std::make_shared<World>(calibrate(large_economy(false)).world);
    list.push_back({"path-77x45", [world](const Job& job) { solve(*world, wall(*world, 1e6), {1e-12, true, job}); }});
    list.push_back({"decompose-77x45", [world](const Job& job) {
                        const Shock shock = wall(*world, 0.2);
                        const SolverOptions options{1e-12, true, job};
                        decompose(*world, shock, solve(*world, shock, options), options);
                    }});
    list.push_back({"gradient-77x45", [world](const Job& job) {
                        const Shock shock = wall(*world, 0.2);
                        const SolverOptions options{1e-12, true, job};
                        const Equilibrium e = solve(*world, shock, options);
                        gradient(*world, shock, e, log_welfare(*world, e, 0), options);
                    }});
    const auto trade = std::make_shared<Economy>(Catalogue::beside_program().load("world-2023"));
    list.push_back({"calibrate-melitz-194", [trade](const Job& job) {
                        calibrate(*trade, model_options("melitz"), {1e-12, true, job});
                    }});
}

void add_strategy(std::vector<Case>& list) {
    const auto world = std::make_shared<World>(calibrate(Catalogue::beside_program().load("us-china-2017")).world);
    const int a = world->regions.at("USA"), b = world->regions.at("CHN");
    const auto pair = std::vector<Player>{test::government(*world, a, {b}, 20), test::government(*world, b, {a}, 20)};
    Shock from;
    from.tariff = world->tariff;
    list.push_back({"optimal", [=](const Job& job) {
                        OptimumOptions options;
                        options.starts = 5, options.solver.job = job;
                        optimal_policy(*world, from, pair[0].objective, pair[0].instruments, options);
                    }});
    list.push_back({"nash", [=](const Job& job) {
                        NashOptions options;
                        options.sweeps.solver.job = job;
                        trade_war(*world, from, pair, options);
                    }});
    list.push_back({"talks", [=](const Job& job) {
                        TalksOptions options;
                        options.sweeps.solver.job = job;
                        trade_talks(*world, from, pair, {1.0, 1.0}, options);
                    }});
    Shock free;
    free.tariff = world->tariff;
    std::vector<TariffIssue> issues;
    for (int s = 0; s < 12; ++s) {
        issues.push_back({"issue " + std::to_string(s), {{b, a, s}, {a, b, s}}});
        free.tariff(b, a, s) = free.tariff(a, b, s) = 0.0;
    }
    const Shock war = wall(*world, 0.25);
    list.push_back(
        {"common-ground", [=](const Job& job) {
             CommonGroundOptions options;
             options.solver.job = job;
             common_ground(*world, war, free.tariff, issues, {pair[0].objective, pair[1].objective}, options);
         }});
    Shock fought = from, agreed = from;
    for (int s = 0; s < 20; ++s) {
        fought.tariff(b, a, s) = fought.tariff(a, b, s) = 0.5;
        agreed.tariff(b, a, s) = agreed.tariff(a, b, s) = 0.0;
    }
    list.push_back({"cooperation", [=](const Job& job) {
                        CooperationOptions options;
                        options.solver.job = job;
                        CooperationProgram program(*world, agreed, fought, pair, options);
                        program.at({0.5, 0.5});
                    }});
    // As many rates as the program takes: every line of both sides.
    std::vector<Player> all = {test::government(*world, a), test::government(*world, b)};
    Shock worst = from;
    free.tariff = world->tariff;
    for (int s = 0; s < world->n_sectors(); ++s)
        for (const int j : {a, b})
            for (int i = 0; i < world->n_regions(); ++i)
                if (i == a || i == b) {
                    if (i != j) worst.tariff(i, j, s) += 1.0;
                } else {
                    worst.tariff(i, j, s) += 0.01;
                }
    if (2 * (world->n_regions() - 1) * world->n_sectors() > most_tariffs)
        for (Player& player : all) player.instruments.exporters = {player.objective.region == a ? b : a, 2, 3, 4};
    list.push_back({"cooperation-many", [=](const Job& job) {
                        CooperationOptions options;
                        options.solver.job = job;
                        CooperationProgram program(*world, free, worst, all, options);
                        program.at({0.5, 0.5});
                    }});
}

void add_relations(std::vector<Case>& list) {
    const auto report = [](int actions, double discount_b, double fidelity) {
        return [game = random_game(actions, 3), discount_b, fidelity](const Job& job) {
            GameQuestion question;
            question.discount_a = 0.9, question.discount_b = discount_b;
            question.fidelity_a = question.fidelity_b = fidelity;
            report_game(game, question, job);
        };
    };
    list.push_back({"game-60x60", report(60, 0.9, 1.0)});
    list.push_back({"game-60x60-unequal", report(60, 0.8, 1.0)});
    list.push_back({"game-60x60-lapses", report(60, 0.9, 0.95)});
    list.push_back({"game-5x5-lapses", report(5, 0.9, 0.95)});
    list.push_back({"game-500x500", report(500, 0.9, 1.0)});
    list.push_back({"trust", [](const Job& job) {
                        TrustProblem problem;
                        problem.reciprocator = *make_strategy("TFT", {}),
                        problem.opportunist = *make_strategy("ALLD", {});
                        problem.lapse_own = problem.lapse_partner = 0.05, problem.discount = 0.999;
                        problem.accuracy = 0.8;
                        TrustOptions options;
                        options.job = job;
                        dialogue_value(problem, options);
                    }});
    const auto tournament = [](bool simulate) {
        return [simulate](const Job& job) {
            StageGame axelrod = random_game(2, 1);
            axelrod.payoff_a << 3, 0, 5, 1;
            axelrod.payoff_b << 3, 5, 0, 1;
            const DilemmaGame game = dilemma_of(axelrod);
            std::vector<std::string> names, left_out;
            for (const NamedStrategy& row : named_strategies()) names.push_back(row.name);
            TournamentOptions options;
            options.noise.lapse_a = options.noise.lapse_b = 0.05;
            options.simulate = simulate, options.turns = 100'000'000, options.threads = 1, options.job = job;
            round_robin(named_entrants(names, game, left_out), game, options);
        };
    };
    list.push_back({"tournament-simulated", tournament(true)});
    list.push_back({"tournament-exact", tournament(false)});
    list.push_back({"moran", [](const Job& job) {
                        const Eigen::MatrixXd payoff = random_game(40, 5).payoff_a.cwiseAbs();
                        moran_law(payoff / payoff.maxCoeff(), most_population, 0.5, job);
                    }});
    list.push_back({"play-of-many-states", [](const Job& job) {
                        // Two strategies that count to a hundred: ten thousand states that lead to each other.
                        Automaton counting;
                        counting.name = "counting";
                        for (int s = 0; s < 100; ++s) {
                            AutomatonState state;
                            state.cooperate = s % 3 == 0 ? 0.2 : 0.9;
                            for (std::size_t o = 0; o < 4; ++o)
                                state.next[o] = (s + (o == 0 ? 1 : static_cast<int>(o) * 7)) % 100;
                            counting.states.push_back(state);
                        }
                        Noise noise;
                        noise.lapse_a = noise.lapse_b = 0.01, noise.misreading_a = noise.misreading_b = 0.02;
                        play(counting, counting, noise, {}, job);
                    }});
}

void add_files(std::vector<Case>& list, const fs::path& folder) {
    std::mt19937_64 random(1);
    const testing::IcioLayout layout{testing::IcioEdition::e2023, true};
    const auto icio = testing::random_world(random, testing::region_codes(77), testing::icio_sectors(45),
                                            testing::icio_categories(layout.edition), 4);
    testing::write_icio(icio, folder / "icio_2020.csv", layout);
    const auto import = [](const std::string& format, const fs::path& path) {
        return [=](const Job& job) {
            ImportOptions options;
            options.theta = 5.0, options.merge_split = format == "icio", options.job = job;
            import_economy(format, path, options);
        };
    };
    list.push_back({"import-icio-csv", import("icio", folder / "icio_2020.csv")});
    for (const auto& [name, release, n, m] : {std::tuple{"xlsx", testing::WiodRelease::r2013, 41, 35},
                                              std::tuple{"xlsb", testing::WiodRelease::r2016, 44, 56}}) {
        const auto wiod = testing::random_world(random, testing::region_codes(n), testing::wiod_sectors(release, m),
                                                testing::wiod_categories(), 4);
        testing::write_wiod(wiod, folder / (std::string("wiod_2011.") + name), release);
        list.push_back(
            {std::string("import-wiod-") + name, import("wiod", folder / (std::string("wiod_2011.") + name))});
    }
    Economy large = large_economy(false);
    for (int k = 0; k < 40; ++k) large.trade_columns["column " + std::to_string(k)] = large.trade;
    write_economy(large, folder / "large.nc");
    list.push_back({"read-netcdf", [=](const Job& job) { read_economy(folder / "large.nc", job); }});
    list.push_back({"write-netcdf", [=](const Job& job) { write_economy(large, folder / "copy.nc", {job, {}}); }});
    const Economy plain = large_economy(false);
    list.push_back({"export-csv", [=](const Job& job) { export_csv(plain, folder / "csv", {job, {}}); }});
    export_csv(plain, folder / "tables");
    list.push_back({"import-csv", import("csv", folder / "tables")});
    list.push_back({"import-gravity", [=](const Job& job) {
                        ImportOptions options;
                        options.theta = 5.0, options.job = job;
                        import_economy("gravity", {folder / "flows.csv"}, options);
                    }});
    std::string flows = "year,exporter,importer,product,value\n";
    const std::vector<std::string> codes = testing::region_codes(77);
    for (int product = 0; product < 150; ++product)
        for (const std::string& i : codes)
            for (const std::string& j : codes)
                flows += "2020," + i + ',' + j + ',' + std::to_string(product) + ",1.5\n";
    write_text(folder / "flows.csv", flows);

    // A study of many scenarios: solving them, and writing what they gave.
    write_economy(Catalogue::beside_program().load("us-china-2017"), folder / "world.nc");
    std::string text = "[economy]\npath = \"world.nc\"\n[model]\ndecomposition = false\n";
    for (int k = 0; k < 200; ++k)
        text += "[[scenario]]\nname = \"s" + std::to_string(k) +
                "\"\ntariff = [ { importer = \"USA\", exporter = \"CHN\", add = 0." + std::to_string(10 + k % 89) +
                " } ]\n";
    write_text(folder / "many.toml", text);
    RunOptions one;
    one.threads = 1;
    const auto answered = std::make_shared<StudyResult>(run_study(read_study(folder / "many.toml"), one));
    list.push_back({"study-many-scenarios", [=](const Job& job) {
                        RunOptions options;
                        options.threads = 1, options.job = job;
                        run_study(read_study(folder / "many.toml"), options);
                        job.check();
                    }});
    list.push_back({"write-results", [=](const Job& job) { write_results(*answered, folder / "results", {job, {}}); }});
}

struct Settings {
    int count = 3;
    unsigned seed = 1;
    double most = 2.0;
    std::vector<std::string> names;
};

Settings read(int count, char** arguments) {
    Settings settings;
    for (int a = 1; a < count; ++a) {
        const std::string word = arguments[a];
        if (word.rfind("--", 0) != 0)
            settings.names.push_back(word);
        else if (a + 1 == count)
            throw_input(Place{"", 0, word}, "needs a value");
        else if (word == "--count")
            settings.count = std::atoi(arguments[++a]);
        else if (word == "--seed")
            settings.seed = static_cast<unsigned>(std::atoi(arguments[++a]));
        else if (word == "--most")
            settings.most = std::atof(arguments[++a]);
        else
            throw_unknown_name(Place{}, "option", word, {"--count", "--seed", "--most"});
    }
    return settings;
}

constexpr double limit = 0.1;  // seconds

// A busy machine is late once; a call that does not listen is late again.
template <class Call>
Outcome run_again_where_late(const Call& call, double at) {
    const Outcome outcome = run(call, at);
    return outcome.after > limit ? run(call, at) : outcome;
}

int check(const Settings& settings, const fs::path& folder) {
    std::vector<Case> list;
    add_equilibria(list);
    add_strategy(list);
    add_relations(list);
    add_files(list, folder);
    std::mt19937_64 random(settings.seed);
    int failed = 0;
    for (const Case& one : list) {
        if (!settings.names.empty() &&
            std::find(settings.names.begin(), settings.names.end(), one.name) == settings.names.end())
            continue;
        const Outcome alone = run_again_where_late(one.call, settings.most);
        if (!alone.failure.empty()) {
            std::printf("%-26s FAILED: %s\n", one.name.c_str(), alone.failure.c_str());
            ++failed;
            continue;
        }
        double longest = alone.after;
        int cancelled = alone.cancelled ? 1 : 0;
        for (int k = 0; k < settings.count; ++k) {
            const double at = std::uniform_real_distribution<double>(0.0, std::min(alone.took, settings.most))(random);
            const Outcome outcome = run_again_where_late(one.call, at);
            longest = std::max(longest, outcome.after);
            cancelled += outcome.cancelled ? 1 : 0;
        }
        const bool good = longest <= limit;
        std::printf("%-26s %6.0f ms%s cancelled %d times, at most %5.1f ms later%s\n", one.name.c_str(),
                    1e3 * alone.took, alone.cancelled ? "+" : " ", cancelled, 1e3 * longest, good ? "" : "  TOO LONG");
        std::fflush(stdout);
        failed += good ? 0 : 1;
    }
    return failed == 0 ? 0 : 2;
}

}  // namespace

int main(int count, char** arguments) {
    std::string folder = (fs::temp_directory_path() / "detente-cancel-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 3;
    int status = 0;
    try {
        status = check(read(count, arguments), folder);
    } catch (const std::exception& error) {
        std::cout << error.what() << '\n';
        status = 1;
    }
    fs::remove_all(folder);
    return status;
}
