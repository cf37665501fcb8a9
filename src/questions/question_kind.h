// How a kind of question is written down: its own types in, a row of the table out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reading/question_reading.h"
#include "study/run.h"

namespace detente {

using Json = nlohmann::ordered_json;

/// A kind of question by its own types. `AnswerType` is an `Answer` with a member `question` of type `QuestionType`.
template <class QuestionType, class AnswerType>
struct QuestionParts {
    std::string block;
    QuestionType (*read)(TomlReader&, QuestionReading&);
    void (*answer)(const StudyResult&, const RunOptions&, AnswerType&);
    Json (*json)(const StudyResult&, const AnswerType&);
    std::string (*text)(const StudyResult&, const AnswerType&);
};

/// The row of the table; its answers stand in results.json under `block` and their name.
template <class QuestionType, class AnswerType>
QuestionKind question_kind(const QuestionParts<QuestionType, AnswerType>& parts) {
    QuestionKind kind;
    kind.block = parts.block;
    kind.read = [parts](TomlReader& block, QuestionReading& reading) -> std::shared_ptr<Question> {
        return std::make_shared<QuestionType>(parts.read(block, reading));
    };
    kind.unanswered = [](const Question& question) -> std::shared_ptr<Answer> {
        auto answer = std::make_shared<AnswerType>();
        answer->question = dynamic_cast<const QuestionType&>(question);
        return answer;
    };
    kind.copy = [](const Question& question) -> std::shared_ptr<Question> {
        return std::make_shared<QuestionType>(dynamic_cast<const QuestionType&>(question));
    };
    kind.answer = [parts](const StudyResult& run, const RunOptions& options, Answer& answer) {
        parts.answer(run, options, dynamic_cast<AnswerType&>(answer));
    };
    kind.add_json = [parts](const StudyResult& run, const Answer& answer, Json& results) {
        results[parts.block][answer.name()] = parts.json(run, dynamic_cast<const AnswerType&>(answer));
    };
    kind.text = [parts](const StudyResult& run, const Answer& answer) {
        return parts.text(run, dynamic_cast<const AnswerType&>(answer));
    };
    return kind;
}

}  // namespace detente
