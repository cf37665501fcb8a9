// results.nc as a file: what a set of results in memory would need twice.
#pragma once

#include <filesystem>

#include "study/run.h"

namespace detente {

/// Writes results.nc; does nothing where nothing was answered.
void write_results_netcdf(const StudyResult& result, const std::filesystem::path& path,
                          const WriteOptions& options = {});

}  // namespace detente
