#include "bind.h"
#include "call.h"

namespace detente::python {

/// What a study or an episode is read from, as a dictionary has it (study.cpp).
Sources sources_of(const nb::dict& given);

namespace {

nb::dict set_of(const ElasticitySet& set) {
    nb::dict out;
    nb::list rows;
    for (const ElasticityRow& row : set.rows) {
        nb::dict one;
        one["sector"] = row.sector, one["title"] = row.title, one["basis"] = row.basis, one["theta"] = row.theta;
        one["log_sd"] = row.log_sd, one["psi"] = row.psi, one["estimate"] = row.estimate;
        one["standard_error"] = row.standard_error;
        rows.append(one);
    }
    out["name"] = set.name, out["title"] = set.title, out["source"] = set.source, out["licence"] = set.licence;
    out["horizon"] = set.horizon, out["note"] = set.note, out["rows"] = rows;
    return out;
}

nb::dict schedule_of(const TariffSchedule& s) {
    nb::dict out;
    nb::list rows;
    for (const ScheduleRow& row : s.rows) {
        nb::dict one;
        one["economy"] = row.economy, one["importer"] = row.importer, one["exporter"] = row.exporter;
        one["sector"] = row.sector, one["increase"] = row.increase;
        rows.append(one);
    }
    out["name"] = s.name, out["title"] = s.title, out["source"] = s.source, out["licence"] = s.licence;
    out["note"] = s.note, out["date"] = s.date, out["data_state"] = s.data_state, out["kind"] = s.kind;
    out["announced"] = s.announced, out["rows"] = rows;
    return out;
}

nb::object fit_of(const std::optional<ValidationFit>& fit) {
    if (!fit) return nb::none();
    nb::dict out;
    out["cells"] = fit->cells, out["slope"] = fit->slope, out["standard_error"] = fit->standard_error;
    out["low"] = fit->low, out["high"] = fit->high, out["p_one"] = fit->p_one;
    out["correlation"] = fit->correlation, out["r2_at_one"] = fit->r2_at_one, out["r2_level"] = fit->r2_level;
    return out;
}

nb::dict validated(const std::string& path, const nb::dict& given, int threads, const nb::object& progress) {
    const Sources sources = sources_of(given);
    const Validation v = interruptible(progress, [&](const Job& job) { return validate(path, sources, threads, job); });
    nb::dict out;
    nb::list predictors, cells;
    for (const ValidationPredictor& p : v.predictors) {
        nb::dict one;
        one["name"] = p.name, one["fit"] = fit_of(p.fit), one["placebo"] = fit_of(p.placebo);
        predictors.append(one);
    }
    for (const ValidationCell& c : v.cells) {
        nb::dict one;
        one["importer"] = c.importer, one["exporter"] = c.exporter, one["sector"] = c.sector;
        one["predicted"] = c.predicted, one["observed"] = c.observed, one["weight"] = c.weight;
        one["headline"] = c.headline;
        cells.append(one);
    }
    out["name"] = v.name, out["title"] = v.title, out["predictors"] = predictors, out["cells"] = cells;
    out["json"] = v.json, out["text"] = v.text, out["csv"] = v.csv, out["scatter"] = v.scatter;
    return out;
}

nb::dict tracked(const std::string& path_or_text, const std::string& name, const nb::dict& how) {
    TrackOptions options;
    take(how, "as_of", options.as_of), take(how, "prior", options.prior);
    const TrackedLedger t =
        released([&] { return name.empty() ? track(path_or_text, options) : track_text(path_or_text, name, options); });
    nb::dict out;
    nb::list commitments, fidelity;
    for (const TrackedCommitment& c : t.commitments) {
        nb::dict one;
        one["id"] = c.id, one["actor"] = c.actor, one["counterpart"] = c.counterpart, one["field"] = c.field;
        one["text"] = c.text, one["from"] = c.from, one["due"] = c.due, one["quantity"] = c.quantity;
        one["unit"] = c.unit, one["status"] = c.status, one["reason"] = c.reason;
        one["expected_share"] = c.expected_share, one["value"] = c.value, one["reporter"] = c.reporter;
        one["counted"] = c.counted;
        commitments.append(one);
    }
    for (const TrackedFidelity& f : t.fidelity) {
        nb::dict one;
        one["actor"] = f.actor, one["field"] = f.field, one["mean"] = f.mean, one["low"] = f.low, one["high"] = f.high;
        one["prior_weight"] = f.prior_weight, one["kept"] = f.kept, one["kept_in_part"] = f.kept_in_part;
        one["broken"] = f.broken;
        fidelity.append(one);
    }
    out["title"] = t.title, out["as_of"] = t.as_of, out["commitments"] = commitments, out["fidelity"] = fidelity;
    out["json"] = t.json, out["text"] = t.text;
    return out;
}

}  // namespace

void bind_evidence(nb::module_& module) {
    module.def("elasticity_sets", [] { return elasticity_sets(); });
    module.def(
        "elasticity_set", [](const std::string& name) { return set_of(elasticity_set(name)); }, nb::arg("name"));
    module.def("tariff_schedules", [] { return tariff_schedules(); });
    module.def(
        "tariff_schedule", [](const std::string& name) { return schedule_of(tariff_schedule(name)); }, nb::arg("name"));
    module.def("validate", &validated, nb::arg("path"), nb::arg("sources"), nb::arg("threads") = 0,
               nb::arg("progress").none() = nb::none());
    module.def("track", &tracked, nb::arg("path_or_text"), nb::arg("name"), nb::arg("how"));
}

}  // namespace detente::python
