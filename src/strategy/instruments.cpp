#include "strategy/instruments.h"

#include <algorithm>

namespace detente {

const std::vector<std::string>& tariff_form_names() {
    static const std::vector<std::string> names = {"line", "mfn", "uniform"};
    return names;
}

std::string to_string(TariffForm form) {
    return tariff_form_names()[static_cast<std::size_t>(form)];
}

std::vector<TariffBlock> tariff_blocks(const World& world, const Instruments& instruments, int owner) {
    std::vector<TariffBlock> blocks;
    const TariffBlock empty{{}, instruments.lower, instruments.upper, owner};
    const auto begin = [&] { blocks.push_back(empty); };
    const int j = instruments.importer;
    if (instruments.form == TariffForm::uniform) begin();
    for (const int s : instruments.sectors) {
        if (instruments.form == TariffForm::mfn) begin();
        for (const int i : instruments.exporters) {
            const bool imported = i != j && world.share(i, j, s) > 0.0;
            const bool exported = i != j && instruments.reciprocated && world.share(j, i, s) > 0.0;
            if (!imported && !exported) continue;
            if (instruments.form == TariffForm::line) begin();
            if (imported) blocks.back().lines.push_back({i, j, s});
            if (exported) blocks.back().lines.push_back({j, i, s});
        }
    }
    blocks.erase(
        std::remove_if(blocks.begin(), blocks.end(), [](const TariffBlock& block) { return block.lines.empty(); }),
        blocks.end());
    return blocks;
}

void set_rates(const std::vector<TariffBlock>& blocks, const std::vector<double>& rate, TradeTensor& tariff) {
    for (std::size_t b = 0; b < blocks.size(); ++b)
        for (const TariffLine& line : blocks[b].lines) tariff(line.exporter, line.importer, line.sector) = rate[b];
}

std::vector<double> rates(const std::vector<TariffBlock>& blocks, const TradeTensor& tariff) {
    std::vector<double> list;
    for (const TariffBlock& block : blocks) {
        double sum = 0.0;
        for (const TariffLine& line : block.lines) sum += tariff(line.exporter, line.importer, line.sector);
        list.push_back(std::clamp(sum / static_cast<double>(block.lines.size()), block.lower, block.upper));
    }
    return list;
}

}  // namespace detente
