// Reading ledgers: what is refused, and where.
#include <gtest/gtest.h>

#include "commitment/ledger.h"
#include "support.h"

namespace detente::test {
namespace {

// Line 1 to 11.
const std::string commitment =
    "[[commitment]]\nid = \"soy\"\nactor = \"CHN\"\ncounterpart = \"USA\"\nfield = \"purchases\"\ntext = \"Buy\"\n"
    "kind = \"at_least\"\nquantity = 12\nunit = \"million tonnes\"\nfrom = 2025-01-01\ndue = 2025-12-31\nsource = "
    "\"s\"\n";
std::string observation(const std::string& rest, const std::string& id = "soy") {
    return "[[observation]]\ncommitment = \"" + id + "\"\n" + rest + "\nreporter = \"r\"\nsource = \"s\"\n";
}
// Line 1 to 10.
std::string act(const std::string& kind) {
    return "[[commitment]]\nid = \"soy\"\nactor = \"CHN\"\ncounterpart = \"USA\"\nfield = \"tariffs\"\ntext = \"Do\"\n"
           "kind = \"" +
           kind + "\"\nfrom = 2025-01-01\ndue = 2025-12-31\nsource = \"s\"\n";
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}
Ledger read(const std::string& text) {
    const TemporaryFolder folder;
    put_file(folder / "l.toml", text);
    return read_ledger(folder / "l.toml");
}

TEST(Ledger, ReadsCommitmentsAndObservations) {
    const Ledger ledger = read(commitment + observation("date = 2025-06-30\nvalue = 5"));
    ASSERT_EQ(ledger.commitments.size(), 1U);
    EXPECT_EQ(ledger.commitments[0].quantity, 12.0);
    EXPECT_EQ(to_string(*ledger.commitments[0].due), "2025-12-31");
    ASSERT_EQ(ledger.observations.size(), 1U);
    EXPECT_EQ(ledger.observations[0].value, 5.0);
}
TEST(Ledger, AddsUpValuesByPeriod) {
    const Ledger ledger = read(commitment + observation("date = 2025-03-31\nvalue = 2\ncovers = \"period\"") +
                               observation("date = 2025-06-30\nvalue = 3\ncovers = \"period\""));
    EXPECT_EQ(ledger.observations[1].value, 5.0);
}
TEST(Ledger, ARangeStandsForItsMiddle) {
    const Ledger ledger = read(commitment + observation("date = 2025-12-31\nlow = 8.5\nhigh = 10"));
    EXPECT_EQ(ledger.observations[0].value, 9.25);
    EXPECT_EQ(*ledger.observations[0].high, 10.0);
}
TEST(Ledger, SharesBecomeValues) {
    const Ledger target = read(commitment + observation("date = 2025-12-31\npercent_of_target = 50"));
    EXPECT_NEAR(target.observations[0].value, 6.0, 1e-12);
    // 30 June is day 181 of 365.
    const Ledger rata = read(commitment + observation("date = 2025-06-30\npercent_of_pro_rata = 50"));
    EXPECT_NEAR(rata.observations[0].value, 6.0 * 181.0 / 365.0, 1e-12);
}
TEST(Ledger, CsvTablesSayTheSame) {
    const TemporaryFolder folder;
    put_file(folder / "l.toml", "title = \"T\"\ncommitments = \"c.csv\"\nobservations = \"o.csv\"\n");
    put_file(folder / "c.csv",
             "id,actor,counterpart,field,text,kind,quantity,unit,from,due,source,baseline\n"
             "soy,CHN,USA,purchases,Buy,at_least,12,million tonnes,2025-01-01,2025-12-31,s,\n");
    put_file(folder / "o.csv", "commitment,date,value,reporter,source\nsoy,2025-06-30,5,r,s\n");
    const Ledger ledger = read_ledger(folder / "l.toml");
    EXPECT_EQ(ledger.title, "T");
    EXPECT_EQ(ledger.commitments[0].quantity, 12.0);
    EXPECT_EQ(ledger.observations[0].value, 5.0);
    put_file(folder / "o.csv", "commitment,date,value,reporter,source\nsoy,2025-06-30,5,r,s\nsoy,2025-07-31,-1,r,s\n");
    expect_error(ErrorKind::input, {"o.csv:3", "observation.value", "a negative quantity"},
                 [&] { read_ledger(folder / "l.toml"); });
}
TEST(Ledger, ExpectedShareFollowsTheProfile) {
    Ledger ledger = read(commitment + "profile = [0.1, 0.2, 0.3, 0.4]\n");
    const Commitment& c = ledger.commitments[0];
    EXPECT_EQ(c.expected_share(*parse_date("2024-12-31")), 0.0);
    EXPECT_NEAR(c.expected_share(*parse_date("2025-07-02")), 0.3, 2e-3);  // half of the days
    EXPECT_EQ(c.expected_share(*parse_date("2025-12-31")), 1.0);
    EXPECT_EQ(c.expected_share(*parse_date("2026-06-01")), 1.0);
}
TEST(Ledger, MissingFileIsAFileError) {
    expect_error(ErrorKind::file, {"none.toml"}, [] { read_ledger("none.toml"); });
}

struct BadLedger {
    std::string name, text;
    std::vector<std::string> parts;
};
class BadLedgers : public testing::TestWithParam<BadLedger> {};
TEST_P(BadLedgers, AreNamedWithFileLineAndKey) {
    try {
        read(GetParam().text);
        FAIL() << "no error was thrown";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(error.kind(), ErrorKind::input);
        EXPECT_EQ(text.find('\n'), std::string::npos);
        for (const std::string& part : GetParam().parts) EXPECT_NE(text.find(part), std::string::npos) << text;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Files, BadLedgers,
    testing::Values(
        BadLedger{"UnknownUnit",
                  replaced(commitment, "million tonnes", "million tons"),
                  {"l.toml:9", "commitment.unit", "did you mean \"million tonnes\""}},
        BadLedger{
            "UnknownKind", replaced(commitment, "at_least", "atleast"), {"l.toml:7", "did you mean \"at_least\""}},
        BadLedger{"UnknownKey", commitment + "baselin = 3\n", {"l.toml:13", "baselin", "did you mean \"baseline\""}},
        BadLedger{"DueBeforeFrom",
                  replaced(commitment, "due = 2025-12-31", "due = 2024-12-31"),
                  {"l.toml:11", "commitment.due", "date out of order"}},
        BadLedger{
            "NotADay", replaced(commitment, "due = 2025-12-31", "due = \"2025-02-30\""), {"l.toml:11", "not a date"}},
        BadLedger{"ObservationBeforeTheBeginning",
                  commitment + observation("date = 2024-06-30\nvalue = 5"),
                  {"l.toml:15", "observation.date", "date out of order"}},
        BadLedger{
            "ObservationsOutOfOrder",
            commitment + observation("date = 2025-06-30\nvalue = 5") + observation("date = 2025-05-31\nvalue = 6"),
            {"l.toml:19", "date out of order"}},
        BadLedger{"NoSuchCommitment",
                  commitment + observation("date = 2025-06-30\nvalue = 5", "soja"),
                  {"l.toml:14", "observation.commitment", "soja"}},
        BadLedger{"RepeatedCommitment", commitment + commitment, {"l.toml:14", "commitment.id", "duplicate of line 1"}},
        BadLedger{
            "RepeatedObservation",
            commitment + observation("date = 2025-06-30\nvalue = 5") + observation("date = 2025-06-30\nvalue = 5"),
            {"l.toml:19", "duplicate of line 13"}},
        BadLedger{
            "Contradiction",
            commitment + observation("date = 2025-06-30\nvalue = 5") + observation("date = 2025-06-30\nvalue = 6"),
            {"l.toml:19", "contradiction", "two values for 2025-06-30"}},
        BadLedger{"NegativeQuantity",
                  replaced(commitment, "quantity = 12", "quantity = -12"),
                  {"l.toml:8", "commitment.quantity", "negative"}},
        BadLedger{"QuantityOfNothing",
                  replaced(commitment, "quantity = 12", "quantity = 0"),
                  {"l.toml:8", "commitment.quantity", "an amount of nothing", "above 0"}},
        BadLedger{"QuantityBeyondMeaning",
                  replaced(commitment, "quantity = 12", "quantity = 1e300"),
                  {"l.toml:8", "commitment.quantity", "too large", "1e+15"}},
        BadLedger{"HalfAnAct",
                  act("by_date") + observation("date = 2025-06-30\nvalue = 0.5"),
                  {"l.toml:14", "observation.value", "done or not", "0.5", "0 or 1"}},
        BadLedger{"HalfABreach",
                  act("refrain") + observation("date = 2025-06-30\nvalue = 1.5"),
                  {"l.toml:14", "observation.value", "counted", "whole number"}},
        BadLedger{"RangeOfAnAct",
                  act("by_date") + observation("date = 2025-06-30\nlow = 0\nhigh = 1"),
                  {"l.toml:14", "observation.low", "done or not"}},
        BadLedger{
            "ActUndoneUnsaid",
            act("by_date") + observation("date = 2025-06-30\nvalue = 1") + observation("date = 2025-07-30\nvalue = 0"),
            {"l.toml:17", "an act that was done is not", "revised"}},
        BadLedger{"UnitOfAnAct",
                  act("by_date") + "unit = \"tonnes\"\n",
                  {"l.toml:11", "commitment.unit", "tonnes", "\"done\""}},
        BadLedger{"BaselineOfAnAct",
                  act("refrain") + "baseline = 3\nbaseline_definition = \"d\"\n",
                  {"l.toml:11", "commitment.baseline", "says nothing"}},
        BadLedger{"NoIncrement",
                  commitment + "baseline = 12\nbaseline_definition = \"d\"\n",
                  {"l.toml:13", "commitment.baseline", "no increment", "below the quantity, 12"}},
        BadLedger{"DefinitionWithoutBaseline",
                  commitment + "baseline_definition = \"d\"\n",
                  {"l.toml:13", "commitment.baseline_definition", "says nothing"}},
        BadLedger{"ReasonWithoutEnd",
                  commitment + "ended_reason = \"d\"\n",
                  {"l.toml:13", "commitment.ended_reason", "says nothing"}},
        BadLedger{"ReasonOfARowThatCounts",
                  commitment + "counted_reason = \"d\"\n",
                  {"l.toml:13", "commitment.counted_reason", "says nothing"}},
        BadLedger{"ProfileOfALevel",
                  commitment + "series = \"level\"\nprofile = [0.5, 0.5]\n",
                  {"l.toml:14", "commitment.profile", "says nothing of a level"}},
        BadLedger{"ProRataOfALevel",
                  commitment + "series = \"level\"\n" + observation("date = 2025-06-30\npercent_of_pro_rata = 50"),
                  {"l.toml:17", "observation.percent_of_pro_rata", "says nothing of a level"}},
        BadLedger{"ProRataOfAPeriod",
                  commitment + observation("date = 2025-06-30\npercent_of_pro_rata = 50\ncovers = \"period\""),
                  {"l.toml:16", "observation.percent_of_pro_rata", "says nothing of one period"}},
        BadLedger{"YearOutOfTheCalendar",
                  replaced(commitment, "from = 2025-01-01", "from = 0025-01-01"),
                  {"l.toml:10", "commitment.from", "out of the calendar", "1000 to 2999"}},
        BadLedger{"ControlCharacterInAName",
                  replaced(commitment, "\"CHN\"", "\"C\\u0007HN\""),
                  {"l.toml:3", "commitment.actor", "control character"}},
        BadLedger{"TabInAName",
                  replaced(commitment, "\"CHN\"", "\"C\\tHN\""),
                  {"l.toml:3", "commitment.actor", "control character"}},
        BadLedger{"ControlCharacterInAText",
                  replaced(commitment, "\"Buy\"", "\"B\\u001Buy\""),
                  {"l.toml:6", "commitment.text", "control character"}},
        BadLedger{"RepeatedIdWithBlanks",
                  commitment + replaced(commitment, "\"soy\"", "\" soy \""),
                  {"l.toml:14", "commitment.id", "duplicate of line 1"}},
        BadLedger{"RepeatedReporterWithBlanks",
                  commitment + observation("date = 2025-06-30\nvalue = 5") +
                      replaced(observation("date = 2025-06-30\nvalue = 6"), "\"r\"", "\"r \""),
                  {"l.toml:19", "contradiction"}},
        BadLedger{"NegativeValue",
                  commitment + observation("date = 2025-06-30\nvalue = -5"),
                  {"l.toml:16", "observation.value", "negative"}},
        BadLedger{
            "FallingTotal",
            commitment + observation("date = 2025-06-30\nvalue = 5") + observation("date = 2025-07-31\nvalue = 4"),
            {"l.toml:19", "cumulative value falls", "revised"}},
        BadLedger{"NoValue", commitment + observation("date = 2025-06-30"), {"l.toml:13", "no value"}},
        BadLedger{"TwoValues",
                  commitment + observation("date = 2025-06-30\nvalue = 5\npercent_of_target = 40"),
                  {"l.toml:13", "more than one value"}},
        BadLedger{"RangeUpsideDown",
                  commitment + observation("date = 2025-06-30\nlow = 5\nhigh = 4"),
                  {"l.toml:17", "upside down"}},
        BadLedger{"QuantityInWords",
                  replaced(commitment, "quantity = 12", "quantity = \"twelve\""),
                  {"l.toml:8", "not a number", "twelve"}},
        BadLedger{
            "NoSource", replaced(commitment, "source = \"s\"\n", ""), {"l.toml:1", "commitment.source", "missing"}},
        BadLedger{"EmptySource", replaced(commitment, "source = \"s\"", "source = \"\""), {"l.toml:12", "empty"}},
        BadLedger{"ProfileThatDoesNotAddUp", commitment + "profile = [0.5, 0.4]\n", {"l.toml:13", "add to 1", "0.9"}},
        BadLedger{"BaselineWithoutDefinition", commitment + "baseline = 5\n", {"baseline_definition", "missing"}},
        BadLedger{
            "OpenEndedAmount", replaced(commitment, "due = 2025-12-31\n", ""), {"commitment.due", "only refrain"}},
        BadLedger{"UncountedWithoutReason", commitment + "counted = false\n", {"counted_reason", "missing"}},
        BadLedger{"UnknownTable", commitment + "[[observations]]\n", {"l.toml:13", "observations"}},
        BadLedger{"WrongTopKey", "titel = \"x\"\n" + commitment, {"l.toml:1", "titel", "did you mean \"title\""}},
        BadLedger{"Empty", "", {"l.toml", "no commitment"}},
        BadLedger{"NotToml", "[[", {"l.toml:1", "not valid TOML"}}),
    [](const auto& tested) { return tested.param.name; });

TEST(Ledger, BlanksAroundNamesAreNoPartOfThem) {
    const Ledger ledger =
        read(replaced(commitment, "\"CHN\"", "\" CHN\"") + replaced(commitment, "\"soy\"", "\"pork\"") +
             observation("date = 2025-06-30\nvalue = 5", "soy "));
    EXPECT_EQ(ledger.actors(), std::vector<std::string>{"CHN"});
    EXPECT_EQ(ledger.observations[0].commitment, 0);
}
TEST(Ledger, SentencesMayHaveLines) {
    EXPECT_EQ(read(replaced(commitment, "\"Buy\"", "\"\"\"Buy\nmore\"\"\"")).commitments[0].text, "Buy more");
}
TEST(Ledger, AnActFoundUndoneIsARevision) {
    const Ledger ledger = read(act("by_date") + observation("date = 2025-06-30\nvalue = 1") +
                               observation("date = 2025-07-30\nvalue = 0\nrevised = true"));
    EXPECT_EQ(ledger.observations.size(), 2U);
}
TEST(Ledger, ARevisionMayFall) {
    EXPECT_EQ(read(commitment + observation("date = 2025-06-30\nvalue = 5") +
                   observation("date = 2025-07-31\nvalue = 4\nrevised = true"))
                  .observations.back()
                  .value,
              4.0);
}

}  // namespace
}  // namespace detente::test
