#include "surroundings.h"

#include <cstdlib>

#include "interrupts.h"
#include "progress_bar.h"

namespace detente::cli {
namespace {

std::stop_token& interrupted() {
    static std::stop_token token;
    return token;
}

}  // namespace

void begin_jobs() {
    interrupted() = catch_interrupts();
}

Job job(bool bar) {
    if (!bar) return Job(interrupted());
    const auto shown = std::make_shared<ProgressBar>();
    return Job(interrupted(), [shown](const JobProgress& progress) { shown->show(progress); });
}

WriteOptions write_options() {
    return {{}, interrupted()};
}

std::optional<std::string> environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Catalogue catalogue() {
    constexpr const char* variable = "DETENTE_ECONOMIES";
    Catalogue all;
    if (const auto folder = environment(variable); folder && !folder->empty()) all.add_folder(*folder, variable);
    constexpr const char* sets = "DETENTE_ELASTICITIES";
    if (const auto folder = environment(sets); folder && !folder->empty()) all.add_elasticity_folder(*folder, sets);
    const Catalogue beside = Catalogue::beside_program();
    for (const auto& folder : beside.folders()) all.add_folder(folder);
    for (const auto& folder : beside.elasticity_folders()) all.add_elasticity_folder(folder);
    for (const auto& folder : beside.schedule_folders()) all.add_schedule_folder(folder);
    return all;
}

}  // namespace detente::cli
