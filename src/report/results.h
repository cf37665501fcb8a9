// The results of a study as text and bytes, and as the files of a folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "study/run.h"

namespace detente {

class OutputFolder;

/// Tables for a terminal.
std::string console_tables(const StudyResult& result);

/// results.json (docs/results.md): equal studies give equal text.
std::string results_json(const StudyResult& result);
/// times.json: the seconds that the run, its equilibria and its searches took, at the addresses of results.json.
std::string times_json(const StudyResult& result);
/// Both, made once.
struct ResultsText {
    std::string results, times;
};
ResultsText results_text(const StudyResult& result, const Job& job = {});
/// tables/*.csv by name ("regions"): tidy tables.
std::map<std::string, std::string> result_tables(const StudyResult& result, const Job& job = {});
/// results.nc; empty where nothing was answered.
std::string results_netcdf(const StudyResult& result, const Job& job = {});
/// report.html: one self-contained page.
std::string report_html(const StudyResult& result);
/// The same around results that have been put into words already.
std::string report_html(const ResultsText& text);

/// Results apart from the run that gave them: what a program that has only these can write.
struct ResultContents {
    ResultsText text;
    std::string netcdf;                         ///< empty: none
    std::map<std::string, std::string> tables;  ///< by name, as `result_tables` has them
    std::string report;
};

/// The files of a set of results, relative to its folder.
std::vector<std::string> result_files();
/// Writes results.json, times.json, results.nc, tables/*.csv and report.html, and puts them in place: all of them or
/// none. The folder's job, cancelled, leaves what was there.
void write_results(const StudyResult& result, OutputFolder& folder);
/// The same into a folder that is made where there is none.
void write_results(const StudyResult& result, const std::filesystem::path& folder, const WriteOptions& options = {});
/// The same of what was kept of a run. Throws an input error for a table that is no part of a set of results.
void write_results(const ResultContents& contents, const std::filesystem::path& folder);

}  // namespace detente
