// Paths of a study with variables of the environment.
#include <gtest/gtest.h>

#include <cstdlib>

#include "study/study.h"
#include "support.h"

namespace detente::test {
namespace {

class StudyPath : public ::testing::Test {
protected:
    void SetUp() override {
        ::setenv("DETENTE_TEST_A", "data", 1);
        ::setenv("DETENTE_TEST_ROOT", "/root", 1);
        ::unsetenv("DETENTE_TEST_NONE");
    }
    static std::string at(const std::string& text) {
        return study_path(text, "/studies", {"s.toml", 2, "path"}).string();
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
