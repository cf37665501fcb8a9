#include "questions/built_in.h"

#include "base/toml_reader.h"
#include "questions/rows.h"

namespace detente {

const QuestionTable& built_in_questions() {
    static const QuestionTable table = [] {
        QuestionTable rows;
        for (QuestionKind (*row)() :
             {optimal_row, nash_row, talks_row, common_ground_row, game_row, path_row, challenge_row, relation_row})
            rows.push_back(std::make_shared<const QuestionKind>(row()));
        return rows;
    }();
    return table;
}

Study read_study(const std::string& text, const std::string& file, const Sources& sources) {
    return read_study(text, file, sources, built_in_questions());
}

Study read_study(const std::filesystem::path& path, Sources sources) {
    if (!sources.folder) sources.folder = path.parent_path();
    return read_study(read_toml_bytes(path), path.string(), sources);
}

}  // namespace detente
