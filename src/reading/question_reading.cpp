#include "reading/question_reading.h"

#include <fmt/format.h>

#include <algorithm>

namespace detente {
namespace {

// References from one question to the next that are followed while reading, each inside the one before.
constexpr std::size_t most_deep = 200;

bool has_own_outcome(const QuestionKind& kind) {
    return kind.outcome == QuestionKind::Outcome::own;
}

}  // namespace

QuestionReading::QuestionReading(TomlReader& root, const Study& study, const Sources& sources)
    : study_(study), sources_(sources), outcomes_(outcome_names(study)) {
    for (const std::string& name : outcomes_) scenarios_[name] = true;
    for (const auto& kind : study.question_kinds) {
        // A block that stands once may be a table of its own: [relation].
        std::vector<TomlReader> blocks;
        if (!kind->default_name.empty() && root.is_table(kind->block))
            blocks.push_back(*root.table(kind->block));
        else
            blocks = root.tables(kind->block);
        for (TomlReader& block : blocks) {
            entries_.push_back({kind, std::move(block), "", {}, State::waiting, nullptr, {}});
            take_name(entries_.back());
        }
    }
    for (std::size_t k = 0; k < entries_.size(); ++k) {
        const Entry& entry = entries_[k];
        if (entry.name == "base")
            throw_input(entry.name_place, "the name \"base\" is that of the base itself; choose another");
        if (scenarios_.count(entry.name) != 0 || !positions_.emplace(entry.name, k).second)
            throw_input(entry.name_place, "the name \"" + entry.name + "\" stands twice");
        if (has_own_outcome(*entry.kind)) outcomes_.push_back(entry.name);
    }
}

void QuestionReading::take_name(Entry& entry) {
    TomlReader& block = entry.block;
    const std::string given = entry.kind->default_name.empty()
                                  ? block.text("name")
                                  : block.optional_text("name").value_or(entry.kind->default_name);
    entry.name_place = block.place("name");
    entry.name = clean_name(given, "question", entry.name_place);
    if (entry.name.find_first_of("/\\\"'") != std::string::npos)
        throw_input(
            {entry.name_place, "not a usable name", '"' + entry.name + '"', "a name without slashes or quotes", ""});
}

std::vector<std::shared_ptr<const Question>> QuestionReading::read_all() {
    std::vector<std::shared_ptr<const Question>> list;
    for (Entry& entry : entries_)
        if (entry.state == State::waiting) read(entry);
    for (const Entry& entry : entries_) list.push_back(entry.question);
    return list;
}

void QuestionReading::read(Entry& entry) {
    entry.state = State::in_progress;
    path_.push_back(&entry);
    TomlReader& block = entry.block;
    const std::string title = block.optional_text("title").value_or("");
    const std::string description = block.optional_text("description").value_or("");
    std::shared_ptr<Question> question = entry.kind->read(block, *this);
    block.finish();
    question->name = entry.name, question->title = title, question->description = description;
    question->place = block.place();
    question->needs = std::move(entry.needs);
    question->kind = entry.kind;
    entry.question = std::move(question);
    entry.state = State::read;
    path_.pop_back();
}

void QuestionReading::throw_circle(const Entry& again, const Place& place) const {
    std::string chain;
    for (auto at = std::find(path_.begin(), path_.end(), &again); at != path_.end(); ++at)
        chain += fmt::format("\"{}\" -> ", (*at)->name);
    throw_input({place, "the questions refer to each other in a circle", fmt::format("{}\"{}\"", chain, again.name),
                 "a question that does not need its own answer", ""});
}

void QuestionReading::refer(const std::string& name, const Place& place) {
    if (name != "base" && !path_.empty()) {
        std::vector<std::string>& needs = path_.back()->needs;
        if (std::find(needs.begin(), needs.end(), name) == needs.end()) needs.push_back(name);
    }
    const auto found = positions_.find(name);
    if (found == positions_.end()) return;
    Entry& entry = entries_[found->second];
    if (entry.state == State::in_progress) throw_circle(entry, place);
    if (entry.state == State::read) return;
    if (path_.size() >= most_deep)
        throw_input({place, "too many questions that refer each to one further down", fmt::format("{}", path_.size()),
                     fmt::format("at most {}; put those first that others refer to", most_deep), ""});
    read(entry);
}

std::string QuestionReading::outcome(TomlReader& block, const std::string& key, const std::string& otherwise) {
    std::string name = block.optional_text(key).value_or(otherwise);
    need_outcome(name, block.place(key));
    return name;
}

void QuestionReading::need_outcome(const std::string& name, const Place& place) {
    const auto found = positions_.find(name);
    if (found != positions_.end() && !has_own_outcome(*entries_[found->second].kind))
        throw_input({place, "a question without an equilibrium of its own",
                     fmt::format("\"{}\", a [[{}]]", name, entries_[found->second].kind->block),
                     "a scenario, or a question that ends in tariffs", ""});
    if (found == positions_.end() && scenarios_.count(name) == 0)
        throw_unknown_name(place, "scenario or question", name, outcomes_);
    refer(name, place);
}

const Question& QuestionReading::need_question(const std::string& block, const std::string& name, const Place& place) {
    const auto found = positions_.find(name);
    if (found == positions_.end() || entries_[found->second].kind->block != block) {
        std::vector<std::string> known;
        for (const Entry& entry : entries_)
            if (entry.kind->block == block) known.push_back(entry.name);
        throw_unknown_name(place, block, name, known);
    }
    refer(name, place);
    return *entries_[found->second].question;
}

const Question* QuestionReading::find_read(const std::string& name) const {
    const auto found = positions_.find(name);
    return found == positions_.end() ? nullptr : entries_[found->second].question.get();
}

}  // namespace detente
