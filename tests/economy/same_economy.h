// Two economies that must be the same to the last digit.
#pragma once

#include <gtest/gtest.h>

#include "economy/economy.h"

namespace detente::test {

inline void expect_same(const Economy& a, const Economy& b) {
    EXPECT_EQ(a.title, b.title);
    EXPECT_EQ(a.source, b.source);
    EXPECT_EQ(a.licence, b.licence);
    EXPECT_EQ(a.unit, b.unit);
    EXPECT_EQ(a.note, b.note);
    EXPECT_EQ(a.year, b.year);
    EXPECT_EQ(a.regions.names(), b.regions.names());
    EXPECT_EQ(a.sectors.names(), b.sectors.names());
    EXPECT_EQ(a.sector_titles, b.sector_titles);
    EXPECT_EQ(a.trade.data(), b.trade.data());
    EXPECT_EQ(a.tariff.data(), b.tariff.data());
    EXPECT_EQ(a.value_added_share.data(), b.value_added_share.data());
    EXPECT_EQ(a.input_share.data(), b.input_share.data());
    EXPECT_EQ(a.final_share.data(), b.final_share.data());
    EXPECT_EQ(a.theta, b.theta);
    EXPECT_EQ(a.sigma, b.sigma);
    EXPECT_EQ(a.psi, b.psi);
    EXPECT_EQ(a.theta_log_sd, b.theta_log_sd);
    EXPECT_EQ(a.elasticities, b.elasticities);
    EXPECT_EQ(a.elasticity_set, b.elasticity_set);
    EXPECT_EQ(a.elasticity_horizon, b.elasticity_horizon);
    EXPECT_EQ(a.goods, b.goods);
    EXPECT_EQ(a.value_added, b.value_added);
    EXPECT_EQ(a.deficit, b.deficit);
    EXPECT_EQ(a.sector_columns, b.sector_columns);
    EXPECT_EQ(a.region_columns, b.region_columns);
    ASSERT_EQ(a.region_sector_columns.size(), b.region_sector_columns.size());
    for (const auto& [name, table] : a.region_sector_columns) {
        EXPECT_EQ(table.data(), b.region_sector_columns.at(name).data());
    }
    ASSERT_EQ(a.trade_columns.size(), b.trade_columns.size());
    for (const auto& [name, table] : a.trade_columns) EXPECT_EQ(table.data(), b.trade_columns.at(name).data());
}

}  // namespace detente::test
