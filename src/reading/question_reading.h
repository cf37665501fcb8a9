// The questions of a study while they are read: each finds those that it refers to, in whatever order the file has
// them.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/toml_reader.h"
#include "reading/sources.h"
#include "study/study.h"

namespace detente {

/// Given to the reader of every question. A question that another refers to is read first, so that what it says can be
/// looked up; references are noted in `Question::needs`.
class QuestionReading {
public:
    /// `study`: whose economy, groups, model and scenarios have been read. Takes the blocks of every kind; throws for a
    /// name that stands twice.
    QuestionReading(TomlReader& root, const Study& study, const Sources& sources);

    /// What has been read of the study, and what it is read from.
    const Study& study() const { return study_; }
    const Sources& sources() const { return sources_; }

    /// The name of an outcome (base, a scenario, a question with an equilibrium of its own) under `key`, or
    /// `otherwise`. Throws with the nearest name where there is none, and where questions refer to each other in a
    /// circle.
    std::string outcome(TomlReader& block, const std::string& key, const std::string& otherwise);
    /// The same for a name in a list.
    void need_outcome(const std::string& name, const Place& place);
    /// The same for a question of the kind `block`, whether or not it has an outcome.
    const Question& need_question(const std::string& block, const std::string& name, const Place& place);

    /// A question that has been referred to, where it is of this type; else null.
    template <class QuestionType>
    const QuestionType* find(const std::string& name) const {
        return dynamic_cast<const QuestionType*>(find_read(name));
    }
    const Question* find_read(const std::string& name) const;

    /// Reads all of them. In the order of results: by kind, and within a kind as in the file.
    std::vector<std::shared_ptr<const Question>> read_all();

private:
    enum class State { waiting, in_progress, read };
    struct Entry {
        std::shared_ptr<const QuestionKind> kind;
        TomlReader block;
        std::string name;
        Place name_place;
        State state = State::waiting;
        std::shared_ptr<Question> question;
        std::vector<std::string> needs;
    };
    void take_name(Entry& entry);
    void read(Entry& entry);
    /// Reads the question where there is one of this name, and notes the reference.
    void refer(const std::string& name, const Place& place);
    [[noreturn]] void throw_circle(const Entry& again, const Place& place) const;

    const Study& study_;
    const Sources& sources_;
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> positions_;  // of the entries, by name
    std::vector<std::string> outcomes_;                       // for suggestions
    std::unordered_map<std::string, bool> scenarios_;
    std::vector<Entry*> path_;  // being read, each from the one before
};

}  // namespace detente
