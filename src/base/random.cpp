#include "base/random.h"

#include <boost/random/normal_distribution.hpp>

namespace detente {

double RandomStream::normal() {
    return boost::random::normal_distribution<double>()(*this);
}

}  // namespace detente
