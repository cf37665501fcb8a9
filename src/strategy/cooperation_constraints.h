// The program of cooperation.h at a point: what the constraints miss, and their derivatives.
#pragma once

#include <memory>
#include <vector>

#include "strategy/nash.h"
#include "strategy/tariff_sweep.h"

namespace detente {

/// Variables y: ln(1 + rate) of every block of every player's instruments, scaled so that the curvature of gains is
/// about one; the share s; and where the agreement moves money, the part of it that is paid.
struct CooperationPoint {
    std::vector<double> y;
    Eigen::ArrayXd utility, best;  ///< u_i and D_i by player
    Eigen::MatrixXd slope;         ///< d u / d ln(1 + rate), [block, player]; last row: by the part of the money paid
    Eigen::MatrixXd best_slope;    ///< d D / d ln(1 + rate)
    bool solved = false;           ///< false: no equilibrium there, or no best answer
};

/// Shares of the agreement's gains are measured up to this many.
constexpr double most_share = 100.0;
/// Discount factors below this are not told from none.
constexpr double least_patience = 1e-3;

/// What the variable after the tariffs stands for, which the search makes as large as it can: the share s, or, to see
/// whether anything holds at all, the least that a breach loses (at s = 0).
enum class CooperationAim { share, slack };

/// The program of one agreement, one war and P players: its variables y (`CooperationPoint`) and 2 P constraints.
class CooperationConstraints {
public:
    CooperationConstraints(const World& world, const Shock& agreement, const Shock& war,
                           std::vector<Player> governments, SolverOptions solver);

    /// Numbers of rates and of players.
    Eigen::Index n_tariffs() const { return static_cast<Eigen::Index>(blocks_.size()); }
    Eigen::Index n_players() const { return static_cast<Eigen::Index>(players_.size()); }
    /// Two for each player: its share of the gain, its incentive.
    Eigen::Index n_constraints() const { return 2 * n_players(); }
    /// The variable that is made as large as can be.
    double aim(const std::vector<double>& y) const { return y[blocks_.size()]; }
    /// The part paid of the money that the agreement moves; 0 where it moves none.
    double paid(const std::vector<double>& y) const { return paid_.empty() ? 0.0 : y.back(); }
    bool moves_money() const { return !paid_.empty(); }
    const std::vector<Player>& governments() const { return players_; }
    const Eigen::ArrayXd& war() const { return war_; }
    const Eigen::ArrayXd& gain() const { return gain_; }  ///< C - N
    const Eigen::ArrayXd& discount() const { return discount_; }
    const Shock& war_shock() const { return war_shock_; }
    const Shock& agreement_shock() const { return agreement_shock_; }

    /// Scales anew: points made before mean other tariffs.
    void set_discount(const Eigen::ArrayXd& discount);
    void set_aim(CooperationAim aim) { aim_ = aim, point_.solved = false; }
    std::vector<double> point(const Shock& shock) const;
    Shock shock(const std::vector<double>& y) const;
    std::vector<double> lower() const { return bound(false); }
    std::vector<double> upper() const { return bound(true); }

    /// Remembers the last point.
    const CooperationPoint& evaluate(const std::vector<double>& y);
    const CooperationPoint& last() const { return point_; }
    /// Below zero where a constraint holds, as a share of the gain; `slope`: [variable, constraint].
    Eigen::ArrayXd misses(const CooperationPoint& point, Eigen::MatrixXd* slope = nullptr) const;
    /// The least remainder (Euclidean) of d s = sum multiplier d miss over the constraints that bind, multipliers not
    /// negative, where no bound holds it back; the multipliers by constraint.
    double stationarity(const CooperationPoint& point, Eigen::ArrayXd& multiplier) const;
    /// From where the next search for a player's best answer starts; the last point is forgotten.
    void set_reply(std::size_t player, const TradeTensor& tariff);

    /// Points evaluated, and passes over the trade tensor that they took.
    int evaluations() const { return evaluations_; }
    int passes() const;

private:
    Eigen::ArrayXd utilities(const Shock& shock) const;
    double part_paid(const Shock& shock) const;
    void add_player(Eigen::Index p, std::vector<double>& scale);
    std::vector<double> payment(double part) const;
    std::vector<double> bound(bool upper) const;
    Eigen::ArrayXd tariffs(const std::vector<double>& y) const;
    std::vector<int> held(const CooperationPoint& point) const;
    bool answer(std::size_t player);

    const World& world_;
    SolverOptions solver_;
    std::vector<Player> players_;
    Shock agreement_shock_, war_shock_;
    Eigen::ArrayXd war_, gain_, discount_, flow_scale_, scale_;
    std::vector<TariffBlock> blocks_;
    std::vector<std::vector<TariffBlock>> others_;      // by player: the others' blocks
    std::vector<std::vector<Eigen::Index>> others_at_;  // and where they stand among all
    std::vector<double> paid_;                          // what the agreement moves; empty where nothing
    std::unique_ptr<TariffSweep> joint_;                // everybody's tariffs
    std::vector<std::unique_ptr<TariffSweep>> alone_;   // each player's best answer
    std::vector<Eigen::ArrayXd> reply_;
    CooperationAim aim_ = CooperationAim::share;
    CooperationPoint point_;
    int evaluations_ = 0;
};

}  // namespace detente
