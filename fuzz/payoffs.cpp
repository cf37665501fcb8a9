// Payoff files: what was read and written again reads the same.
#include "base/csv.h"
#include "fuzz.h"
#include "relation/payoff_file.h"

namespace detente::fuzz {
namespace {

std::string written(const StageGame& game) {
    std::string out = "a,b,u_a,u_b";
    for (const std::string& name : game.bystanders) out += "," + csv_field("u_" + name);
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            out += "\n" + csv_field(game.actions_a[a]) + "," + csv_field(game.actions_b[b]) + "," +
                   csv_number(game.payoff_a(a, b)) + "," + csv_number(game.payoff_b(a, b));
            for (const auto& payoff : game.bystander_payoff) out += "," + csv_number(payoff(a, b));
        }
    }
    return out + "\n";
}

void expect_same(const StageGame& a, const StageGame& b) {
    // Actions may stand in another order: they go by their first row, and rows are now in the order of A's actions.
    if (a.n_a() != b.n_a() || a.n_b() != b.n_b() || a.bystanders != b.bystanders) broken("the games' shapes differ");
    for (int i = 0; i < a.n_a(); ++i) {
        for (int j = 0; j < a.n_b(); ++j) {
            const int k = b.actions_a.at(a.actions_a[i]), l = b.actions_b.at(a.actions_b[j]);
            bool same = a.payoff_a(i, j) == b.payoff_a(k, l) && a.payoff_b(i, j) == b.payoff_b(k, l);
            for (std::size_t c = 0; c < a.bystanders.size(); ++c)
                same = same && a.bystander_payoff[c](i, j) == b.bystander_payoff[c](k, l);
            if (!same) broken("a payoff differs");
        }
    }
}

}  // namespace
}  // namespace detente::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    const auto path = put("payoffs.csv", as_text(data, size));
    reads([&] {
        const detente::StageGame game = detente::read_payoffs(path);
        check_stage_game(game);
        expect_same(game, detente::read_payoffs(put("again.csv", written(game))));
    });
    return 0;
}
