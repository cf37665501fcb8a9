#include "library/solver.h"

#include <fmt/format.h>

namespace detente::library {

Job job_of(const v1::Job& job) {
    if (!job.progress) return Job(job.stop);
    return Job(job.stop, [report = job.progress](const JobProgress& at) { report({at.what, at.done, at.total}); });
}

SolverOptions solver_of(const v1::SolveOptions& options) {
    if (!(options.tolerance >= 1e-14 && options.tolerance <= 1e-3))
        throw_input({{"", 0, "tolerance"},
                     "out of range",
                     fmt::format("{:g}", options.tolerance),
                     "between 1e-14 and 1e-3",
                     ""});
    return {options.tolerance, options.independent_certificate, job_of(options.job)};
}

}  // namespace detente::library
