// report.html: the template, its style, its script and the results, in one file.
#include <string>
#include <string_view>

#include "base/error.h"
#include "report/report_assets.h"
#include "report/results.h"

namespace detente {
namespace {

void replace(std::string& text, const std::string& marker, std::string_view content) {
    const std::size_t at = text.find(marker);
    if (at == std::string::npos) throw Error(ErrorKind::solve, "the report template has lost its marker " + marker);
    text.replace(at, marker.size(), content);
}

// Inside a script element "</script>" would end it wherever it stands.
std::string for_script(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

}  // namespace

std::string report_html(const StudyResult& run) {
    return report_html(results_text(run));
}

std::string report_html(const ResultsText& text) {
    // The times as one more member: the page puts them back in their places.
    const std::size_t end = text.results.rfind('}');
    const std::string json = text.results.substr(0, end) + ",\n\"times\": " + text.times + "}";
    std::string page(report_assets::page());
    // The results come last: text of theirs must not be searched for markers.
    replace(page, "/*DETENTE:STYLE*/", report_assets::style());
    replace(page, "/*DETENTE:SCRIPT*/", report_assets::script());
    replace(page, "/*DETENTE:RESULTS*/", for_script(json));
    return page;
}

}  // namespace detente
