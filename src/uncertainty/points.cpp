#include "uncertainty/points.h"

#include <boost/random/sobol.hpp>
#include <cmath>
#include <numbers>

#include "base/random.h"

namespace detente {
namespace {

// Enough for an error, few enough that each keeps the evenness of its points.
constexpr int most_replicates = 8, least_in_replicate = 8;

// The middle of one of 2^53 cells: never 0 or 1, where quantiles are infinite.
double in_unit(std::uint64_t bits) {
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
}

// Streams of one seed beyond those of draws.
constexpr std::uint64_t shifts_from = std::uint64_t{1} << 40;

}  // namespace

struct DrawPoints::Sobol {
    boost::random::sobol engine;
    explicit Sobol(std::size_t dimensions) : engine(dimensions) {}
};

DrawPoints::DrawPoints(DrawMethod method, std::size_t inputs, int draws, std::uint64_t seed)
    : method_(method),
      inputs_(inputs),
      draws_(method == DrawMethod::quadrature ? 2 * static_cast<int>(inputs) : draws),
      seed_(seed) {
    if (method == DrawMethod::quadrature) return;
    if (draws_ >= most_replicates * least_in_replicate) replicates_ = most_replicates;
    if (method != DrawMethod::sobol) return;
    sobol_ = std::make_unique<Sobol>(inputs);
    point_.assign(inputs, 0);  // the sequence begins at the origin, which the engine leaves out
    for (int r = 0; r < replicates_; ++r) {
        RandomStream random(seed, shifts_from + static_cast<std::uint64_t>(r));
        std::vector<std::uint64_t>& shift = shift_.emplace_back();
        for (std::size_t d = 0; d < inputs; ++d) shift.push_back(random.next());
    }
}

DrawPoints::~DrawPoints() = default;

void DrawPoints::advance_sobol() {
    for (std::uint64_t& coordinate : point_) coordinate = sobol_->engine();
}

std::vector<double> DrawPoints::next() {
    std::vector<double> out(inputs_);
    const int k = at_++;
    switch (method_) {
        case DrawMethod::sobol: {
            const int replicate = k % replicates_;
            if (replicate == 0 && k > 0) advance_sobol();
            for (std::size_t d = 0; d < inputs_; ++d)
                out[d] = in_unit(point_[d] ^ shift_[static_cast<std::size_t>(replicate)][d]);
            break;
        }
        case DrawMethod::random: {
            RandomStream random(seed_, static_cast<std::uint64_t>(k));
            for (double& u : out) u = in_unit(random.next());
            break;
        }
        case DrawMethod::quadrature: {
            const double angle = (k + 1) * std::numbers::pi / static_cast<double>(inputs_);
            for (std::size_t d = 0; d + 1 < inputs_; d += 2) {
                out[d] = std::numbers::sqrt2 * std::cos(static_cast<double>(d + 1) * angle);
                out[d + 1] = std::numbers::sqrt2 * std::sin(static_cast<double>(d + 1) * angle);
            }
            if (inputs_ % 2 == 1) out.back() = k % 2 == 0 ? -1.0 : 1.0;
            break;
        }
    }
    return out;
}

}  // namespace detente
