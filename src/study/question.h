// What a question of a study is, whatever it asks for: a row of a table that reads it, answers it and says its answer.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "study/claim_function.h"
#include "study/scenario_result.h"

namespace detente {

class TomlReader;
class QuestionReading;
struct QuestionKind;
struct RunOptions;
struct Study;
struct StudyResult;
struct UncertainInput;
struct UncertaintySettings;

/// What every question has, as read. A kind of question adds what it asks for.
struct Question {
    Question() = default;
    Question(const Question&) = default;
    Question(Question&&) = default;
    Question& operator=(const Question&) = default;
    Question& operator=(Question&&) = default;
    virtual ~Question() = default;

    std::string name, title, description;
    std::string from = "base";  ///< the scenario or question whose tariffs are in force
    Place place;
    std::vector<std::string> needs;    ///< scenarios and questions that it refers to: they are answered before it
    std::vector<std::string> parties;  ///< regions that claims may ask for as its players, where it has such
    std::vector<int> years;            ///< that claims may ask for, in order, where it has such
    std::shared_ptr<const QuestionKind> kind;
};

/// What every answer has: the outcome as a scenario (`outcome.answered` false and `outcome.error` where it failed; an
/// equilibrium where the kind of question has one), and sentences for a person.
struct Answer {
    Answer() = default;
    Answer(const Answer&) = default;
    Answer(Answer&&) = default;
    Answer& operator=(const Answer&) = default;
    Answer& operator=(Answer&&) = default;
    virtual ~Answer() = default;

    ScenarioResult outcome;
    std::vector<std::string> words;
    std::shared_ptr<const QuestionKind> kind;

    /// The name of its question, whether it was answered, and why not.
    const std::string& name() const { return outcome.scenario.name; }
    bool answered() const { return outcome.answered; }
    const std::string& error() const { return outcome.error; }
};

/// One figure of an answer ("fidelity.USA"), for statistics over draws.
struct AnswerFigure {
    std::string name;
    double value = 0.0;
};

/// Numbers of all answers of a kind with named dimensions, for results.nc and for a table of their own.
struct AnswerArrays {
    /// What numbers run over.
    struct Dimension {
        std::string name;                 ///< "path_year"; one that results.nc has already keeps its labels ("region")
        std::vector<std::string> labels;  ///< of its positions, in order
        bool whole_numbers = false;       ///< the labels are such, and results.nc has them as numbers
    };
    /// One table of numbers.
    struct Array {
        std::string name, units, long_name;   ///< in results.nc the name has the kind's block before it
        std::vector<std::string> dimensions;  ///< by name, in the order of `AnswerArrays::dimensions`
        std::vector<double> values;           ///< the last dimension runs fastest; NaN where there is none
    };
    std::vector<Dimension> dimensions;
    std::vector<Array> arrays;
};

/// One kind of question: a row of the table. Everything that the program does with questions goes over the rows.
struct QuestionKind {
    /// Whether an answer has an equilibrium. `own`: others may refer to it as to a scenario, and it stands with the
    /// scenarios in every table; `shared`: it shows that of an outcome it refers to; `none`: it is about other things.
    enum class Outcome { own, shared, none };

    std::string block;  ///< the key of the study file, [[block]], and of results.json
    Outcome outcome = Outcome::own;
    std::string default_name;  ///< of a question that gives no name; empty: each must have one

    /// Reads one block, every name resolved; head and references are kept by `QuestionReading`.
    std::function<std::shared_ptr<Question>(TomlReader&, QuestionReading&)> read;
    /// An answer that has the question and nothing else.
    std::function<std::shared_ptr<Answer>(const Question&)> unanswered;
    /// Answers it; throws where it cannot be answered.
    std::function<void(const StudyResult&, const RunOptions&, Answer&)> answer;
    /// Puts the answer where results.json has it.
    std::function<void(const StudyResult&, const Answer&, nlohmann::ordered_json& results)> add_json;
    /// The answer on a terminal, below its heading.
    std::function<std::string(const StudyResult&, const Answer&)> text;
    /// What an answer assumes beyond the model, in sentences; may be empty.
    std::function<std::vector<std::string>(const Study&)> assumptions;
    /// A question of its own with the same content.
    std::function<std::shared_ptr<Question>(const Question&)> copy;
    /// What of a question is uncertain under these settings; may be empty.
    std::function<std::vector<UncertainInput>(const Question&, const UncertaintySettings&)> uncertain;
    /// Figures of an answer beside those of its equilibrium; may be empty.
    std::function<std::vector<AnswerFigure>(const StudyResult&, const Answer&)> figures;
    /// The numbers of all its answers as arrays: results.nc has them under their names, and `table` is the name of the
    /// CSV that has them as rows; may be empty.
    std::function<AnswerArrays(const StudyResult&)> arrays;
    std::string table;
    /// What claims can ask about such answers.
    std::vector<ClaimFunction> claim_functions;
};

/// The kinds of questions that a study may ask, in the order in which results show them.
using QuestionTable = std::vector<std::shared_ptr<const QuestionKind>>;

/// The answers of one type, in the order of the study.
template <class AnswerType, class Answers>
std::vector<const AnswerType*> answers_of(const Answers& answers) {
    std::vector<const AnswerType*> list;
    for (const auto& answer : answers)
        if (const auto* one = dynamic_cast<const AnswerType*>(answer.get())) list.push_back(one);
    return list;
}

}  // namespace detente
