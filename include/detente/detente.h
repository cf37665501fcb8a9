// The whole library: economies, calibrated worlds, counterfactuals, governments, the relation over time, studies.
//
//     detente::World world = detente::calibrate(detente::Economy::load("us-china-2017"));
//     detente::Policy war{.tariff = {{.importer = {"USA"}, .exporter = {"CHN"}, .add = 0.10}}};
//     double welfare = detente::solve(world, war).welfare_percent()["USA"];
//
// Nothing here reads the environment, writes to a terminal, installs a signal handler or keeps state of the process.
// Results are immutable values that may be used from several threads; errors are exceptions (detente/error.h).
#pragma once

#include "detente/economy.h"
#include "detente/equilibrium.h"
#include "detente/error.h"
#include "detente/evidence.h"
#include "detente/growth.h"
#include "detente/job.h"
#include "detente/ledger.h"
#include "detente/policy.h"
#include "detente/relation.h"
#include "detente/strategy.h"
#include "detente/study.h"
#include "detente/table.h"
#include "detente/tournament.h"
#include "detente/version.h"
#include "detente/world.h"
