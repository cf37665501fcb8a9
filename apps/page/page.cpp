// The engine for a page: calls from JavaScript that take text or bytes and give JSON. One session of one worker; what
// each call takes and gives is said in session.h. Errors come back as {"error": "...", "kind": "..."}, as the command
// words them. `Module.onProgress(what, done, total)`, where the page sets it, hears of every step of a long call.
#include <emscripten.h>

#include <cstring>
#include <exception>
#include <new>
#include <string>

#include "base/error.h"
#include "session.h"

namespace {

using detente::page::Json;
using detente::page::Session;

std::string answer;  // what the last call returned; JavaScript copies it before the next

// From whichever thread did the step; the page hears of it in its own.
void tell(const detente::JobProgress& at) {
    MAIN_THREAD_ASYNC_EM_ASM(
        {
            if (Module["onProgress"]) Module["onProgress"](UTF8ToString($0), $1, $2);
            _free($0);
        },
        ::strdup(at.what.c_str()), at.done, at.total);
}

Session& session() {
    static Session one(tell);
    return one;
}

std::string refusal(const std::string& message, const char* kind) {
    return Json{{"error", message}, {"kind", kind}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// `act` gives the text of the answer.
template <class Act>
const char* guarded(const Act& act) {
    try {
        answer = act();
    } catch (const detente::Error& error) {
        using Kind = detente::ErrorKind;
        answer = refusal(error.what(), error.kind() == Kind::input  ? "input"
                                       : error.kind() == Kind::file ? "file"
                                                                    : "solve");
    } catch (const std::bad_alloc&) {
        answer = refusal(
            "the answer needs more memory than a browser gives a page: ask for less at a time, or use the command",
            "memory");
    } catch (const std::exception& error) {
        answer = refusal(error.what(), "internal");
    }
    return answer.c_str();
}

std::string text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

extern "C" {

/// `name` may be null: then "economy".
EMSCRIPTEN_KEEPALIVE const char* detente_open(const char* bytes, std::size_t size, const char* name) {
    return guarded([&] {
        return text(session().open({bytes, size}, name != nullptr && *name != 0 ? name : "economy"));
    });
}

EMSCRIPTEN_KEEPALIVE const char* detente_source(const char* name, const char* content) {
    return guarded([&] {
        session().add_source(name, content);
        return std::string("{}");
    });
}

EMSCRIPTEN_KEEPALIVE const char* detente_models() {
    return guarded([] { return text(detente::page::models_json()); });
}

EMSCRIPTEN_KEEPALIVE const char* detente_configure(const char* question) {
    return guarded([&] { return text(session().configure(question)); });
}

EMSCRIPTEN_KEEPALIVE const char* detente_solve(const char* policy) {
    return guarded([&] { return text(session().solve(policy)); });
}

EMSCRIPTEN_KEEPALIVE const char* detente_war(const char* question) {
    return guarded([&] { return text(session().war(question)); });
}

EMSCRIPTEN_KEEPALIVE const char* detente_best(const char* question) {
    return guarded([&] { return text(session().best(question)); });
}

EMSCRIPTEN_KEEPALIVE const char* detente_run(const char* question) {
    return guarded([&] {
        const std::string results = session().run(question);
        return "{\"engine\": \"detente " DETENTE_VERSION "\", \"results\": " + results + "}";
    });
}
}
