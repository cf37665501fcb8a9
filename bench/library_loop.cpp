// 10,000 counterfactuals of us-china-2017 by the public library, each with a tariff of its own: seconds a loop, the
// fastest of five. bench/python_loop.py does the same from Python.
#include <detente/detente.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

int main() {
    const detente::World world = detente::calibrate(detente::Economy::load("us-china-2017"));
    constexpr int count = 10'000;
    double best = 1e300, sum = 0.0;
    for (int repetition = 0; repetition < 5; ++repetition) {
        const auto begin = std::chrono::steady_clock::now();
        for (int k = 0; k < count; ++k) {
            const double add = 0.25 + 1e-6 * k;
            sum += detente::solve(
                       world,
                       {.tariff = {{.importer = {"USA"}, .exporter = {"CHN"}, .sector = {"goods"}, .add = add}}})
                       .welfare_percent()["USA"];
        }
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    std::printf("%.6f %.12f\n", best, sum);
}
