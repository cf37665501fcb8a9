#include "detente/error.h"

#include <new>

#include "base/error.h"
#include "base/job.h"
#include "library/boundary.h"

namespace detente {
namespace v1 {

Error::Error(const std::string& message, Parts parts)
    : std::runtime_error(message), parts_(std::make_shared<const Parts>(std::move(parts))) {}
Error::Error(const Error&) noexcept = default;
Error& Error::operator=(const Error&) noexcept = default;
Error::~Error() = default;

ErrorKind Error::kind() const noexcept {
    return parts_->kind;
}
const std::string& Error::file() const noexcept {
    return parts_->file;
}
int Error::line() const noexcept {
    return parts_->line;
}
const std::string& Error::key() const noexcept {
    return parts_->key;
}
const std::string& Error::problem() const noexcept {
    return parts_->problem;
}
const std::string& Error::found() const noexcept {
    return parts_->found;
}
const std::string& Error::expected() const noexcept {
    return parts_->expected;
}
const std::string& Error::nearest() const noexcept {
    return parts_->nearest;
}

}  // namespace v1

namespace library {

void rethrow() {
    try {
        throw;
    } catch (const v1::Error&) {
        throw;
    } catch (const Interrupted& error) {
        throw v1::Error(error.what(), {v1::ErrorKind::cancelled, "", 0, "", error.what(), "", "", ""});
    } catch (const Error& error) {
        const auto kind = static_cast<v1::ErrorKind>(error.kind());
        if (const InputProblem* p = error.problem(); p != nullptr)
            throw v1::Error(error.what(), {kind, p->place.file, p->place.line, p->place.key, p->problem, p->found,
                                           p->expected, p->nearest});
        throw v1::Error(error.what(), {kind, "", 0, "", error.what(), "", "", ""});
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        // A third-party library's own: nothing that its name would tell a caller.
        throw v1::Error(error.what(), {v1::ErrorKind::solve, "", 0, "", error.what(), "", "", ""});
    }
}

}  // namespace library
}  // namespace detente
