// What a government can set: tariff rates on chosen lines, each rate for one line, one sector or all of them.
#pragma once

#include <string>
#include <vector>

#include "equilibrium/model.h"

namespace detente {

/// `line`: a rate for each exporter and sector; `mfn`: one rate a sector for all exporters; `uniform`: one rate.
enum class TariffForm { line, mfn, uniform };

/// The forms as studies write them, in the order of the enumeration.
const std::vector<std::string>& tariff_form_names();
std::string to_string(TariffForm form);

/// The instruments of one government.
struct Instruments {
    int importer = 0;
    std::vector<int> exporters, sectors;
    TariffForm form = TariffForm::line;
    double lower = 0.0, upper = 10.0;  ///< bounds of the rates; below 0: import subsidies
    /// Every exporter answers with the same rate on the same sector of this government's goods (an automatic
    /// reciprocal retaliator): the government sets both.
    bool reciprocated = false;
};

/// What one region (`exporter`) sells another (`importer`) in one sector; positions.
struct TariffLine {
    int exporter = 0, importer = 0, sector = 0;
};

/// Lines that share one rate.
struct TariffBlock {
    std::vector<TariffLine> lines;
    double lower = 0.0, upper = 10.0;
    int owner = 0;  ///< whose goal the rate serves
};

/// The blocks of `instruments`. Lines on which nothing is traded in the base are left out: no rate on them matters.
std::vector<TariffBlock> tariff_blocks(const World& world, const Instruments& instruments, int owner);

/// Sets every line of the blocks to its rate.
void set_rates(const std::vector<TariffBlock>& blocks, const std::vector<double>& rate, TradeTensor& tariff);
/// The rates in force, averaged over the lines of a block and brought within its bounds.
std::vector<double> rates(const std::vector<TariffBlock>& blocks, const TradeTensor& tariff);

}  // namespace detente
