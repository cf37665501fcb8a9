#include "detente/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "equilibrium/model_table.h"
#include "library/boundary.h"
#include "library/handles.h"
#include "library/model.h"
#include "library/solver.h"
#include "library/tables.h"

namespace detente {
namespace library {

v1::Certificate certificate_of(const Certificate& c) {
    return {c.converged, c.residual,   c.blocks,  c.walras,  c.dropped,
            c.passes,    c.path_steps, c.seconds, c.closure, c.numeraire};
}

v1::World world_handle(v1::Economy economy, std::shared_ptr<const Calibration> base) {
    const BaseMovement& m = base->moved;
    v1::BaseMovement moved{m.trade_total, m.labour_income, m.deficit, m.text()};
    std::string model = base->world.options.model->name;
    v1::Certificate certificate = certificate_of(base->certificate);
    return v1::World(std::make_shared<const v1::World::Impl>(v1::World::Impl{
        std::move(economy), std::move(base), std::move(model), std::move(certificate), std::move(moved)}));
}

namespace {

TableMaker maker(const v1::World::Impl& impl) {
    return {impl.economy.impl().economy, impl.base};
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

const Economy& World::economy() const noexcept {
    return impl_->economy;
}
const std::vector<std::string>& World::regions() const noexcept {
    return impl_->economy.regions();
}
const std::vector<std::string>& World::sectors() const noexcept {
    return impl_->economy.sectors();
}
const std::string& World::unit() const noexcept {
    return impl_->economy.unit();
}
const std::string& World::model() const noexcept {
    return impl_->model;
}
const Certificate& World::certificate() const noexcept {
    return impl_->certificate;
}
const BaseMovement& World::moved() const noexcept {
    return impl_->moved;
}

Table World::trade() const {
    const detente::World& w = engine(*this);
    TradeTensor flows(w.n_regions(), w.n_sectors());
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int j = 0; j < w.n_regions(); ++j)
            for (int i = 0; i < w.n_regions(); ++i) flows(i, j, s) = w.flow(i, j, s);
    const Owned owned(impl_->economy.impl().economy, std::move(flows));
    return owned.maker.by_line("trade", unit(), *owned.data);
}
Table World::trade_share() const {
    return maker(*impl_).by_line("trade_share", "share", engine(*this).share);
}
Table World::tariff() const {
    return maker(*impl_).by_line("tariff", "rate", engine(*this).tariff);
}
Table World::income() const {
    return maker(*impl_).by_region("income", unit(), engine(*this).income);
}
Table World::labour_income() const {
    return maker(*impl_).by_region("labour_income", unit(), engine(*this).labour_income);
}
Table World::transfer() const {
    return maker(*impl_).by_region("transfer", unit(), engine(*this).transfer);
}
Table World::revenue() const {
    return maker(*impl_).by_region("revenue", unit(), engine(*this).revenue);
}

World calibrate(const Economy& economy, const Model& model, const SolveOptions& options) {
    return guarded([&] {
        const detente::Economy& tables = engine(economy);
        auto base = std::make_shared<const Calibration>(
            detente::calibrate(tables, options_of(model, tables), solver_of(options)));
        return world_handle(economy, std::move(base));
    });
}

}  // namespace v1
}  // namespace detente
