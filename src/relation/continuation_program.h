// The linear program behind one action pair with imperfect public monitoring: the best continuation promises, one for
// each signal, that make the pair worth playing.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "base/simplex.h"
#include "relation/convex_set.h"

namespace detente {

/// A unilateral deviation, as a constraint: sum over signals of weight(y) w_player(y) >= least.
struct Incentive {
    Eigen::Index player = 0;
    Eigen::VectorXd weight;  ///< delta_i (pi(y|a) - pi(y|a'))
    double least = 0.0;      ///< (1-delta_i)(g_i(a') - g_i(a))
};

/// Result of one direction. `bound` is valid whether or not the simplex finished, by Lagrangian duality.
struct Promise {
    bool feasible = false;           ///< `mean` is reached
    double bound = 0.0;              ///< no promise reaches further than this along the direction
    Eigen::Vector2d mean{0.0, 0.0};  ///< sum over signals of pi(y|a) w(y) at the best promise found
};

/// max over w(y) in W of direction . diag(delta) sum_y pi(y) w(y) subject to the incentives. Each w(y) is a mixture of
/// W's vertices: a simplex whose columns are found by asking W for its extreme point, so that its size does not depend
/// on how finely W is drawn (Dantzig and Wolfe 1960). A basis stays feasible for every direction and is kept.
class ContinuationProgram : private LinearProgram {
public:
    /// `signal_probability`: pi(y) of each signal under the pair, adding to at most 1; `incentives` weigh as many.
    ContinuationProgram(Eigen::VectorXd signal_probability, std::vector<Incentive> incentives);

    /// A new W: false where duality certifies that no promise meets the incentives.
    bool reset(const ConvexSet& set);
    /// After a `reset` that did not rule it out.
    Promise solve(const Eigen::Vector2d& direction);

private:
    // A column: a vertex (item) promised after a signal (row), the surplus of an incentive (row), or what an incentive
    // lacks.
    enum Kind { promise, surplus, lack };
    Eigen::VectorXd entries(const ProgramColumn& column) const override;
    double objective(const ProgramColumn& column) const override;
    std::optional<ProgramColumn> entering(const Eigen::VectorXd& duals, double least, bool first) const override;
    bool artificial(const ProgramColumn& column) const override { return column.kind == lack; }
    bool spent(const ProgramColumn& column) const override { return !filling_ && column.kind == lack; }

    void start();
    int improve();
    Eigen::VectorXd right_side() const;
    Eigen::Vector2d priced(Eigen::Index signal, const Eigen::VectorXd& duals) const;
    std::size_t farthest(const Eigen::Vector2d& direction) const;
    double lagrangian(const Eigen::VectorXd& duals) const;

    Eigen::VectorXd probability_;
    std::vector<Incentive> incentives_;
    Eigen::Index signals_, rows_;
    Eigen::VectorXd right_;  // a whole promise after each signal, and what each incentive needs
    ConvexSet set_;
    Eigen::Vector2d direction_{0.0, 0.0};
    bool usable_ = false;   // the basis meets every constraint
    bool filling_ = false;  // phase one: lacks are driven out
    Simplex simplex_;
};

}  // namespace detente
