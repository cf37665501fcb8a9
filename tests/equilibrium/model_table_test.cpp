// The model table: what it refuses, and that the manual says what it says.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "models_under_test.h"
#include "support.h"

namespace detente::test {
namespace {

TEST(ModelTable, UnknownModelIsAnErrorWithTheNearestName) {
    EXPECT_EQ(&built_in_models().at("krugman"), model_options("krugman").model);
    expect_error(ErrorKind::input, {"unknown model", "krugmann", "did you mean \"krugman\""},
                 [] { model_options("krugmann"); });
    expect_error(ErrorKind::input, {"unknown model", "armington"}, [] { built_in_models().at("armington"); });
    EXPECT_EQ(testing::models_under_test().at("armington").title, "Armington (1969)");
}

TEST(ModelTable, RowsNeedANameOfTheirOwnAndTheirEquations) {
    expect_error(ErrorKind::input, {"ricardian", "stands twice"},
                 [] { (void)built_in_models().with(built_in_models().at("ricardian")); });
    static Model lacking = testing::armington_model();
    lacking.name = "lacking", lacking.certify = nullptr;
    expect_error(ErrorKind::input, {"lacking", "certify"}, [] { (void)built_in_models().with(lacking); });
    static Model unbounded = testing::armington_model();
    unbounded.name = "unbounded", unbounded.options[0].otherwise = 1000.0;
    expect_error(ErrorKind::input, {"substitution", "out of range"}, [] { (void)built_in_models().with(unbounded); });
    expect_error(ErrorKind::input, {"no rows"}, [] { (void)ModelTable(std::vector<const Model*>{}); });
}

TEST(ModelTable, TablesDoNotChangeEachOther) {
    EXPECT_EQ(built_in_models().names(), (std::vector<std::string>{"ricardian", "krugman", "melitz"}));
    EXPECT_EQ(testing::models_under_test().names().back(), "armington");
}

TEST(ModelTable, DefaultsAreThePapers) {
    const ModelOptions melitz = model_options("melitz");
    EXPECT_EQ(melitz.closure, Closure::world_share);
    EXPECT_EQ(melitz.labour_supply, 0.5);
    EXPECT_EQ(melitz.revenue, Revenue::income_tax);
    EXPECT_EQ(melitz.number("trade_elasticity"), 4.0);
    EXPECT_EQ(melitz.number("scale_elasticity"), 0.67 / 4.0);
    EXPECT_FALSE(melitz.gives("scale_elasticity"));
    EXPECT_EQ(melitz.text("marketing_region"), "USA");
    EXPECT_EQ(model_options("krugman").closure, Closure::balanced);
    EXPECT_EQ(ModelOptions{}.model, &built_in_models().at("ricardian"));
}

// The manual's table of a model, as it has to stand in docs/models.md.
std::string in_the_manual(const Model& model) {
    std::string text = fmt::format("## `{}`: {}\n\nDefault closure `{}`; numeraire: {}.", model.name, model.title,
                                   to_string(model.closure), model.numeraire);
    if (model.one_sector) text += " For economies of one sector.";
    if (model.options.empty()) return text + " It has no options of its own.\n";
    text += "\n\n| option | what it is | values | default |\n| --- | --- | --- | --- |\n";
    for (const ModelOption& option : model.options)
        text += fmt::format("| `{}` | {} | {} | {} |\n", option.name, option.text, option.range_text(),
                            option.default_text());
    return text;
}

TEST(ModelTable, ManualHasEveryModelAndOption) {
    const std::string manual = read_text(std::filesystem::path(DETENTE_SOURCE_DIR) / "docs" / "models.md");
    for (const Model* model : built_in_models().rows())
        EXPECT_NE(manual.find(in_the_manual(*model)), std::string::npos) << "docs/models.md has to say:\n"
                                                                         << in_the_manual(*model);
}

}  // namespace
}  // namespace detente::test
