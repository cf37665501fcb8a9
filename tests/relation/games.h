// The games of the reference numbers, and where those stand.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "relation/stage_game.h"
#include "support.h"

namespace detente::test {

/// A file of the shared reference numbers of the relation layer.
inline std::filesystem::path relation_reference(const std::string& name) {
    const char* folder = std::getenv("DETENTE_SHARED");
    return std::filesystem::path(folder == nullptr ? "../shared" : folder) / "reference" / "relations" / name;
}

inline IndexSet numbered(const char* kind, Eigen::Index count) {
    std::vector<std::string> names;
    for (Eigen::Index k = 0; k < count; ++k) names.push_back(std::to_string(k));
    return IndexSet(kind, names);
}

inline StageGame game_of(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    StageGame game;
    game.actions_a = numbered("action of A", a.rows());
    game.actions_b = numbered("action of B", a.cols());
    game.payoff_a = a;
    game.payoff_b = b;
    return game;
}

/// Symmetric two by two: R both keep, S the rival alone breaks, T alone breaks, P war.
inline StageGame symmetric(double r, double s, double t, double p) {
    Eigen::Matrix2d a;
    a << r, s, t, p;
    return game_of(a, a.transpose());
}

/// Abreu and Sannikov (2014), their example of three actions.
inline StageGame abreu_sannikov() {
    Eigen::Matrix3d a, b;
    a << 16, 3, 0, 21, 10, -1, 9, 5, -5;
    b << 9, 13, 3, 1, 4, 0, 0, -4, -15;
    return game_of(a, b);
}

/// Inverse demand max(10 - q1 - q2, 0), unit cost 1, `n` equally spaced quantities on [0, 5.4].
inline StageGame cournot(int n) {
    Eigen::MatrixXd a(n, n);
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) {
            const double q1 = 5.4 * i / (n - 1), q2 = 5.4 * j / (n - 1);
            a(i, j) = q1 * (std::max(10.0 - q1 - q2, 0.0) - 1.0);
        }
    }
    return game_of(a, a.transpose());
}

/// A game by the name that the reference files give it.
inline StageGame reference_game(const std::string& name) {
    if (name.rfind("PD_9_1_10_3", 0) == 0) return symmetric(9, 1, 10, 3);
    if (name.rfind("PD_3_0_5_1", 0) == 0) return symmetric(3, 0, 5, 1);
    if (name.rfind("AS2014", 0) == 0) return abreu_sannikov();
    return cournot(std::atoi(name.c_str() + std::string("Cournot").size()));
}

}  // namespace detente::test
