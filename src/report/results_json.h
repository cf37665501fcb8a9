// The parts of results.json.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include "study/run.h"

namespace detente {

using Json = nlohmann::ordered_json;

/// A scenario's or a question's outcome: status, regions, groups, trade, tariffs, certificate.
Json outcome_json(const StudyResult& run, const ScenarioResult& outcome);

/// Rows of a matrix.
Json matrix_json(const Eigen::MatrixXd& matrix);

}  // namespace detente
