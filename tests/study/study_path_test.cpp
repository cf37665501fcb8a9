// Paths of a study with variables.
#include <gtest/gtest.h>

#include "reading/sources.h"
#include "support.h"

namespace detente::test {
namespace {

class StudyPath : public ::testing::Test {
protected:
    static std::string at(const std::string& text) {
        Sources sources;
        sources.folder = "/studies";
        sources.variable = [](const std::string& name) -> std::optional<std::string> {
            if (name == "DETENTE_TEST_A") return "data";
            if (name == "DETENTE_TEST_ROOT") return "/root";
            return std::nullopt;
        };
        return find_source(sources, text, {"s.toml", 2, "path"}).path.string();
    }
};

TEST_F(StudyPath, EveryVariableIsTaken) {
    EXPECT_EQ(at("${DETENTE_TEST_ROOT}/${DETENTE_TEST_A}/x.${DETENTE_TEST_A}"), "/root/data/x.data");
}

TEST_F(StudyPath, DefaultsStandInAndMayHoldFurtherVariables) {
    EXPECT_EQ(at("/x/${DETENTE_TEST_NONE:-y}/${DETENTE_TEST_NONE:-${DETENTE_TEST_A}.nc}"), "/x/y/data.nc");
    EXPECT_EQ(at("/x/${DETENTE_TEST_NONE:-${DETENTE_TEST_NONE:-deep}}"), "/x/deep");
    EXPECT_EQ(at("/x/${DETENTE_TEST_A:-${DETENTE_TEST_NONE}}/z"), "/x/data/z");
    EXPECT_EQ(at("/x${DETENTE_TEST_NONE:-}/y"), "/x/y");
}

TEST_F(StudyPath, RelativePathsStartAtTheStudyUnlessTheirBeginningIsFromTheEnvironment) {
    EXPECT_EQ(at("x.nc"), "/studies/x.nc");
    EXPECT_EQ(at("${DETENTE_TEST_A}/x.nc"), "data/x.nc");
    EXPECT_EQ(at("sub/${DETENTE_TEST_A}"), "/studies/sub/data");
    EXPECT_EQ(at("${DETENTE_TEST_NONE:-here}/${DETENTE_TEST_A}"), "/studies/here/data");
    EXPECT_EQ(at("${DETENTE_TEST_NONE:-${DETENTE_TEST_A}}/x"), "data/x");
    EXPECT_EQ(at("${DETENTE_TEST_NONE:-sub/${DETENTE_TEST_A}}/x"), "/studies/sub/data/x");
}

TEST_F(StudyPath, ADollarAloneIsItself) {
    EXPECT_EQ(at("/a$b/{c}"), "/a$b/{c}");
}

TEST_F(StudyPath, WhatIsWrongIsSaidWithItsPlace) {
    const auto wrong = [&](const std::string& text, const std::string& part) {
        expect_error(ErrorKind::input, {"s.toml:2: path", part}, [&] { at(text); });
    };
    wrong("${DETENTE_TEST_A}/${DETENTE_TEST_NONE}", "DETENTE_TEST_NONE is not set");
    wrong("x/${DETENTE_TEST_A", "not closed");
    wrong("x/${DETENTE_TEST_A:-y", "not closed");
    wrong("x/${DETENTE_TEST_NONE:-${DETENTE_TEST_A}", "not closed");
    wrong("x/${DETENTE_TEST_A-y}", "not the name of a variable");
    wrong("x/${DETENTE_TEST_A:y}", "begins with");
    wrong("x/${}", "not the name of a variable");
    wrong("${DETENTE_TEST_NONE:-}", "empty");
    std::string deep = "x";
    for (int k = 0; k < 10000; ++k) deep = "${DETENTE_TEST_NONE:-" + deep + "}";
    wrong(deep, "too deep");
}

}  // namespace
}  // namespace detente::test
