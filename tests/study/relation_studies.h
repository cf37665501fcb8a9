// A small world, a trade war and a deal of two, and studies of how long it lasts.
#pragma once

#include <string>

#include "economy/economy_io.h"
#include "questions/built_in.h"
#include "questions/relation.h"
#include "study/run.h"
#include "support.h"

namespace detente::test {

inline const char* const two_at_war = R"(
[[nash]]
name = "war"
players = ["A", "B"]
instruments = { exporter = "players", sector = "goods" }
[[talks]]
name = "deal"
players = ["A", "B"]
threat = "war"
)";

inline const RelationAnswer& relation_of(const StudyResult& run) {
    return *answers_of<RelationAnswer>(run.answers).at(0);
}

inline StudyResult run_text(const std::string& text, int threads = 1) {
    TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "ledger.toml", R"(
title = "Made up"
[[commitment]]
id = "one"
actor = "A"
counterpart = "B"
field = "tariffs"
text = "cut a tariff"
kind = "by_date"
from = 2020-01-01
due = 2020-06-01
source = "made up"
[[observation]]
commitment = "one"
date = 2020-05-01
value = 1
reporter = "made up"
source = "made up"
[[commitment]]
id = "two"
actor = "B"
counterpart = "A"
field = "tariffs"
text = "cut a tariff"
kind = "by_date"
from = 2020-01-01
due = 2020-06-01
source = "made up"
[[observation]]
commitment = "two"
date = 2020-05-01
value = 1
reporter = "made up"
source = "made up"
[[commitment]]
id = "three"
actor = "A"
counterpart = "B"
field = "purchases"
text = "buy"
measure = "what was bought"
kind = "at_least"
quantity = 10
unit = "tonnes"
from = 2021-01-01
due = 2021-06-01
source = "made up"
[[observation]]
commitment = "three"
date = 2021-06-01
value = 6
reporter = "made up"
source = "made up"
)");
    put_file(folder / "study.toml", "[economy]\npath = \"toy.nc\"\n" + text);
    RunOptions options;
    options.threads = threads;
    return run_study(read_study(folder / "study.toml"), options);
}

/// With `more` lines in the block.
inline std::string relation(const std::string& more = "") {
    return std::string(two_at_war) + "[relation]\nplayers = [\"A\", \"B\"]\ncooperate = \"deal\"\nwar = \"war\"\n" +
           more + "\n";
}

}  // namespace detente::test
