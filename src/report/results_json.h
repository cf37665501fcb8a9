// The parts of results.json.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include "study/run.h"

namespace detente {

using Json = nlohmann::ordered_json;

/// A scenario's or a question's outcome: status, regions, groups, trade, tariffs, certificate; `without` names matrices
/// that nobody needs ("trade", "tariffs").
Json outcome_json(const StudyResult& run, const ScenarioResult& outcome, const std::vector<std::string>& without = {});

/// What an answer without an equilibrium begins with: title and description of its question, status, and its words or
/// the error.
Json opening_json(const Question& question, const Answer& answer);

/// The base: certificate, what calibrating moved, regions, trade, tariffs.
Json base_json(const StudyResult& run);

/// The trade elasticities in use: where they come from, set, horizon and mean; a key that is not known is left out.
Json elasticities_json(const Economy& economy);

/// Rows of a matrix to seven digits: results.nc has all of them, and a page of 194 regions should load at once.
Json seven_digits(const std::vector<std::vector<double>>& matrix);

/// Rows of a matrix.
Json matrix_json(const Eigen::MatrixXd& matrix);

}  // namespace detente
