// Counter-based random numbers: the k-th number of a stream depends on the seed, the stream and k alone, so that a
// simulation gives the same result on any number of threads, with any compiler and any standard library.
//
// Source: Steele, Lea and Flood (2014, OOPSLA), SplitMix64: a Weyl counter through a 64-bit finalizer.
#pragma once

#include <cstdint>

namespace detente {

/// A stream of independent 64-bit numbers; a UniformRandomBitGenerator of the standard library.
class RandomStream {
public:
    using result_type = std::uint64_t;

    /// Streams of one seed, and seeds of one stream, are independent of each other.
    RandomStream(std::uint64_t seed, std::uint64_t stream) : counter_(mix(mix(seed) ^ mix(stream ^ weyl))) {}

    /// The next number, any of 64 bits.
    std::uint64_t next() {
        counter_ += weyl;
        return mix(counter_);
    }
    /// Uniform on [0, 1), 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    /// Normal with mean 0 and variance 1 (Boost.Random's ziggurat: the standard library's differs between libraries).
    double normal();

    /// As the standard library asks of a generator.
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~result_type{0}; }
    result_type operator()() { return next(); }

private:
    static constexpr std::uint64_t weyl = 0x9E3779B97F4A7C15ULL;
    static constexpr std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t counter_;
};

}  // namespace detente
