// TOML of any size and depth: an error of one line, never the end of the program.
#include <gtest/gtest.h>

#include "base/toml_reader.h"
#include "support.h"

namespace detente::test {
namespace {

std::string repeated(const std::string& part, int times) {
    std::string out;
    for (int k = 0; k < times; ++k) out += part;
    return out;
}

void expect_too_deep(const std::string& text, const std::string& line) {
    expect_error(ErrorKind::input, {"deep.toml:" + line + ":", "nested too deeply", "100"},
                 [&] { parse_toml(text, "deep.toml"); });
}

TEST(Toml, KeysOfManyPartsAreRefusedBeforeTheyAreFollowed) {
    expect_too_deep("x = 1\n" + repeated("a.", 100000) + "b = 1", "2");
    expect_too_deep(repeated("\"a\" . ", 100000) + "b = 1", "1");
    expect_too_deep("\n\n[" + repeated("a.", 100000) + "b]", "3");
    expect_too_deep("[[" + repeated("'a'.", 100000) + "b]]", "1");
}

TEST(Toml, DeepListsAndTablesAreRefusedBeforeTheyAreFollowed) {
    expect_too_deep("a = " + repeated("[", 100000) + repeated("]", 100000), "1");
    expect_too_deep("a = " + repeated("{a=", 100000) + "1" + repeated("}", 100000), "1");
    expect_too_deep("a = " + repeated("{" + repeated("a.", 50) + "b=", 50) + "1" + repeated("}", 50), "1");
    expect_too_deep("a = [\n" + repeated("[\n", 200), "101");
}

TEST(Toml, BracketsInStringsAndCommentsDoNotCount) {
    const std::string brackets = repeated("[", 300), dots = repeated("a.", 300);
    for (const std::string& text :
         {"a = \"" + brackets + dots + "\"", "a = '" + brackets + dots + "'", "a = \"\"\"\n" + brackets + "\"\"\"",
          "a = '''\n" + dots + "'''", "a = 1 # " + brackets + dots, "a = \"\\\"" + brackets + "\"",
          "a = \"\"\"\\\"\"\" " + dots + "\"\"\"", "a = ''\nb = '" + brackets + "'"})
        EXPECT_NO_THROW(parse_toml(text, "fine.toml")) << text;
}

TEST(Toml, ManyThingsBesideEachOtherAreFine) {
    EXPECT_NO_THROW(parse_toml("a = [" + repeated("[1.5, {b.c = 2.5}],\n", 10000) + "]", "wide.toml"));
    std::string keys;
    for (int k = 0; k < 10000; ++k) keys += "k" + std::to_string(k) + ".x.y = 1.0\n[t" + std::to_string(k) + ".a.b]\n";
    EXPECT_NO_THROW(parse_toml(keys, "wide.toml"));
    EXPECT_NO_THROW(parse_toml("a = " + repeated("[", 90) + repeated("]", 90), "deep.toml"));
}

TEST(Toml, AFileOfAbsurdSizeIsRefusedUnread) {
    const TemporaryFolder folder;
    put_file(folder / "huge.toml", "");
    std::filesystem::resize_file(folder / "huge.toml", std::uintmax_t{1} << 40);  // holes: no disk is used
    expect_error(ErrorKind::input, {"huge.toml", "too large", "67108864"}, [&] { read_toml(folder / "huge.toml"); });
    expect_error(ErrorKind::file, {"/dev/zero", "device"}, [] { read_toml("/dev/zero"); });
}

TEST(Toml, LongValuesAreCutInErrors) {
    for (const std::string& value : {'"' + repeated("x", 100000) + '"', "[" + repeated("1,", 100000) + "]",
                                     "\"" + repeated("\\u001b", 1000) + "\""}) {
        const toml::table table = parse_toml("a = " + value, "long.toml");
        TomlReader reader(table, "long.toml", "");
        try {
            reader.number("a");
            ADD_FAILURE();
        } catch (const Error& error) {
            EXPECT_LT(std::string(error.what()).size(), 400U) << error.what();
            EXPECT_EQ(std::string(error.what()).find('\x1b'), std::string::npos);
        }
    }
}

TEST(Errors, TextOfAnInputIsShownOnOneLineAndCut) {
    EXPECT_EQ(shown("plain"), "plain");
    EXPECT_EQ(shown("a\nb\tc\x1b[31m"), "a b\\tc\\x1b[31m");
    EXPECT_EQ(shown("Cura\xC3\xA7"), "Cura\xC3\xA7");
    EXPECT_EQ(shown("Cura\xE7"), "Cura\\xe7");
    EXPECT_EQ(shown("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "half of a pair of UTF-16";
    EXPECT_EQ(shown("\xE0\x80\xAF"), "\\xe0\\x80\\xaf") << "a form longer than need be";
    EXPECT_EQ(shown("\xC2\x9B"), "\\xc2\\x9b") << "a control character of two bytes";
    EXPECT_EQ(shown(std::string(1000, 'x'), 10), "xxxxxxx...");
    EXPECT_EQ(shown("C\xC3\xB4te", 4), "C\xC3\xB4te") << "characters count, not bytes";
    EXPECT_EQ(shown(repeated("\xC3\xA7", 20), 10), repeated("\xC3\xA7", 7) + "...");
}

TEST(Errors, APlaceIsAddedWhereThereIsNone) {
    const Place place{"study.toml", 3, "economy"};
    expect_error(ErrorKind::input, {"study.toml:3: economy: theta: missing"}, [&] {
        at_place(place, [] { throw_input(Place{"", 0, "theta"}, "missing"); });
    });
    expect_error(ErrorKind::input, {"other.csv:2: wrong"}, [&] {
        at_place(place, [] { throw_input(Place{"other.csv", 2, ""}, "wrong"); });
    });
    expect_error(ErrorKind::solve, {"no equilibrium"},
                 [&] { at_place(place, [] { throw Error(ErrorKind::solve, "no equilibrium"); }); });
    EXPECT_EQ(at_place(place, [] { return 3; }), 3);
}

TEST(Errors, NobodySlipsInAVeryLongName) {
    const std::string name(1000000, 'x');
    EXPECT_EQ(nearest_name(name, {"x", name + "y"}), "");
    EXPECT_EQ(nearest_name("xy", {std::string(1000000, 'x'), "xz"}), "xz");
}

}  // namespace
}  // namespace detente::test
