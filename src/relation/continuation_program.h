// The linear program behind one action pair with imperfect public monitoring: the best continuation promises, one for
// each signal, that make the pair worth playing.
#pragma once

#include <Eigen/Core>
#include <vector>

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
class ContinuationProgram {
public:
    ContinuationProgram(Eigen::VectorXd signal_probability, std::vector<Incentive> incentives);

    /// A new W: false where duality certifies that no promise meets the incentives.
    bool reset(const ConvexSet& set);
    /// After a `reset` that did not rule it out.
    Promise solve(const Eigen::Vector2d& direction);

private:
    // A column: a vertex promised after a signal (vertex >= 0), the surplus of an incentive, or what an incentive
    // lacks.
    struct Column {
        enum class Kind { promise, surplus, lack } kind = Kind::promise;
        Eigen::Index row = 0;  // the signal or the incentive
        std::size_t vertex = 0;
    };
    Eigen::VectorXd entries(const Column& column) const;
    double cost(const Column& column) const;
    void start();
    void invert();
    int improve();
    bool pivot(const Column& entering);
    Eigen::VectorXd duals() const;
    Eigen::Vector2d priced(Eigen::Index signal, const Eigen::VectorXd& duals) const;
    std::size_t farthest(const Eigen::Vector2d& direction) const;
    bool consistent();
    double lagrangian(const Eigen::VectorXd& duals) const;

    Eigen::VectorXd probability_;
    std::vector<Incentive> incentives_;
    Eigen::Index signals_, rows_;
    Eigen::VectorXd right_;  // a whole promise after each signal, and what each incentive needs
    ConvexSet set_;
    Eigen::Vector2d direction_{0.0, 0.0};
    bool usable_ = false;   // the basis meets every constraint
    bool filling_ = false;  // phase one: lacks are driven out
    std::vector<Column> basis_;
    Eigen::MatrixXd inverse_;
    Eigen::VectorXd level_;
    int since_inverted_ = 0;
};

}  // namespace detente
