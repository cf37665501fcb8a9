// Small linear programs, max c'x subject to A x = b and x >= 0, whose columns their owner knows: a revised simplex that
// starts from a feasible basis, asks the owner for a column that improves, and keeps its basis for the next program.
// Its duals price what the owner has, so that the owner can bound the optimum whether or not the simplex finished.
//
// Sources: Dantzig (1951); Dantzig and Wolfe (1960, Operations Research 8) for columns made on demand; Harris (1973,
// Mathematical Programming 5) for the row that leaves; Bland (1977, Mathematics of Operations Research 2) against
// cycles.
#pragma once

#include <Eigen/Core>
#include <compare>
#include <optional>
#include <vector>

#include "base/job.h"

namespace detente {

/// What its owner calls a column; the order decides between equals where a program stalls.
struct ProgramColumn {
    int kind = 0;
    Eigen::Index row = 0;
    std::size_t item = 0;
    auto operator<=>(const ProgramColumn&) const = default;
};

/// The owner of a program of R rows.
class LinearProgram {
public:
    virtual ~LinearProgram() = default;
    /// The R entries of a column of A.
    virtual Eigen::VectorXd entries(const ProgramColumn& column) const = 0;
    /// Its coefficient in the objective.
    virtual double objective(const ProgramColumn& column) const = 0;
    /// The column whose reduced objective, c - duals'a, is largest and above `least`, or where `first` the first one in
    /// order that is above it; none at the optimum. `duals`: R prices of the rows.
    virtual std::optional<ProgramColumn> entering(const Eigen::VectorXd& duals, double least, bool first) const = 0;
    /// Whether the column stands for a constraint that is not met: nothing that counts may then be left of it.
    virtual bool artificial(const ProgramColumn&) const { return false; }
    /// Whether an artificial column has been driven to nothing and must not grow again.
    virtual bool spent(const ProgramColumn&) const { return false; }

protected:
    LinearProgram() = default;
    LinearProgram(const LinearProgram&) = default;
    LinearProgram& operator=(const LinearProgram&) = default;
};

/// What counts as nothing.
struct SimplexOptions {
    double negligible = 1e-11;     ///< reduced objectives and levels that count as 0; right sides are of order 1
    double smallest_pivot = 1e-8;  ///< smaller ones multiply rounding
    int patience = 50;             ///< pivots that move nothing before Bland's rule, which cannot cycle, takes over
};

/// A basis of R columns for a program of R rows.
class Simplex {
public:
    /// `right`: the right side b, R numbers.
    explicit Simplex(Eigen::VectorXd right, const SimplexOptions& options = {});

    /// Begins with R columns whose matrix can be inverted and whose levels are at least 0.
    void start(const LinearProgram& program, std::vector<ProgramColumn> basis);
    /// Pivots until no column improves or `limit` is reached; returns how many. An unbounded direction ends it too. The
    /// job is looked at before every pivot.
    int improve(const LinearProgram& program, int limit, const Job& job = {});
    /// Inverts the basis anew: levels and duals are then those of its columns, without the rounding of the pivots.
    void invert(const LinearProgram& program);
    /// Whether the levels, by the columns and not by the inverse, meet every row to `tolerance` without artificial
    /// columns; inverts anew before it gives up.
    bool consistent(const LinearProgram& program, double tolerance);

    /// R prices of the rows at the basis.
    Eigen::VectorXd duals(const LinearProgram& program) const;
    /// The columns of the basis and their levels, R each; every other column is at 0.
    const std::vector<ProgramColumn>& basis() const { return basis_; }
    const Eigen::VectorXd& level() const { return level_; }

private:
    Eigen::Index leaving(const LinearProgram& program, const Eigen::VectorXd& step, bool first) const;
    std::optional<double> pivot(const LinearProgram& program, const ProgramColumn& entering, bool first);

    Eigen::VectorXd right_;
    SimplexOptions options_;
    std::vector<ProgramColumn> basis_;
    Eigen::MatrixXd inverse_;
    Eigen::VectorXd level_;
    int since_inverted_ = 0;
};

}  // namespace detente
