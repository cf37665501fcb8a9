#include "base/spreadsheet.h"

#include <expat.h>

#include <algorithm>
#include <exception>

#include "base/error.h"
#include "base/spreadsheet_parts.h"

namespace detente {
namespace {

// Expat is a C library: an exception waits here until the parser has returned.
struct XmlState {
    XML_Parser parser;
    const XmlHandler* handler;
    std::exception_ptr error;

    template <typename Call>
    void guard(Call&& call) {
        if (error) return;
        try {
            call();
        } catch (...) {
            error = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

// Names come as "namespace name".
std::string_view local(const char* name) {
    const std::string_view full = name;
    return full.substr(full.rfind(' ') + 1);
}

void XMLCALL on_start(void* data, const char* name, const char** attributes) {
    auto* state = static_cast<XmlState*>(data);
    state->guard([&] {
        state->handler->start(local(name), [attributes](std::string_view wanted) {
            for (const char** at = attributes; *at != nullptr; at += 2)
                if (local(*at) == wanted) return std::string_view(at[1]);
            return std::string_view();
        });
    });
}

void XMLCALL on_end(void* data, const char* name) {
    auto* state = static_cast<XmlState*>(data);
    state->guard([&] { state->handler->end(local(name)); });
}

void XMLCALL on_text(void* data, const char* text, int size) {
    auto* state = static_cast<XmlState*>(data);
    state->guard([&] { state->handler->text(std::string_view(text, static_cast<std::size_t>(size))); });
}

}  // namespace

void read_xml(ZipMember part, const XmlHandler& handler) {
    constexpr int chunk = 1 << 16;
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreateNS(nullptr, ' '),
                                                                         XML_ParserFree);
    XmlState state{parser.get(), &handler, nullptr};
    XML_SetUserData(parser.get(), &state);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    for (bool more = true; more;) {
        void* buffer = XML_GetBuffer(parser.get(), chunk);
        if (buffer == nullptr) throw std::bad_alloc();
        const std::size_t size = part.read(static_cast<char*>(buffer), chunk);
        more = size > 0;
        const XML_Status status = XML_ParseBuffer(parser.get(), static_cast<int>(size), more ? 0 : 1);
        if (state.error) std::rethrow_exception(state.error);
        if (status == XML_STATUS_OK) continue;
        throw_input(Place{part.name(), static_cast<int>(XML_GetCurrentLineNumber(parser.get())), ""},
                    std::string("not valid XML: ") + XML_ErrorString(XML_GetErrorCode(parser.get())));
    }
}

std::map<std::string, std::string> read_relations(const ZipArchive& archive, const std::string& workbook) {
    std::map<std::string, std::string> members;
    XmlHandler handler;
    handler.start = [&](std::string_view name, const auto& attribute) {
        if (name != "Relationship") return;
        const std::string target(attribute("Target"));
        // Relative to xl/, or from the root of the archive.
        members[std::string(attribute("Id"))] = target.rfind('/', 0) == 0 ? target.substr(1) : "xl/" + target;
    };
    handler.end = [](std::string_view) {};
    handler.text = [](std::string_view) {};
    read_xml(archive.open("xl/_rels/" + workbook + ".rels", most_list_bytes), handler);
    return members;
}

const std::string& part_of(const SheetParts& sheets, const std::string& sheet, const std::string& file) {
    std::vector<std::string> names;
    for (const auto& [name, member] : sheets) {
        if (name == sheet) return member;
        names.push_back(name);
    }
    throw_unknown_name(Place{file, 0, ""}, "sheet", sheet, names);
}

std::string sheet_place(const std::string& file, const std::string& sheet) {
    return file + ": sheet " + sheet;
}

void CellOrder::row(int number) {
    if (number <= row_) {
        throw_input({Place{sheet_, 0, "row " + std::to_string(number)}, "the row stands twice or out of order", "",
                     "rows in ascending order, each once", ""});
    }
    row_ = number;
    seen_.clear();
}

void CellOrder::cell(int column) {
    const auto at = static_cast<std::size_t>(column);
    if (at >= seen_.size()) seen_.resize(at + 1, false);
    if (seen_[at]) {
        throw_input(
            {Place{sheet_, 0, cell_name(row_, column)}, "the cell stands twice", "", "one value for each cell", ""});
    }
    seen_[at] = true;
}

std::unique_ptr<Workbook> open_workbook(const std::filesystem::path& path, const Job& job) {
    auto archive = std::make_unique<ZipArchive>(path, job);
    if (archive->has("xl/workbook.xml")) return open_xlsx(std::move(archive));
    if (archive->has("xl/workbook.bin")) return open_xlsb(std::move(archive));
    throw_input({Place{path.string(), 0, ""}, "this archive is no workbook", "",
                 "an .xlsx or .xlsb file; an archive of several must be unpacked first", ""});
}

std::string cell_name(int row, int column) {
    std::string letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters + std::to_string(row);
}

}  // namespace detente
