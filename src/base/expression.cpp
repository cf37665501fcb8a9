#include "base/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string_view>

namespace detente {

// A row of terms of one level stands side by side in one node: depth is nesting alone, however long the row.
struct Expression::Node {
    enum class Kind { number, text, call, negate, sum, product, compare, both, either, negation } kind = Kind::number;
    double number = 0.0;
    std::string word;                // text, function, comparison
    std::string signs;               // of a sum or product: the operator before each part
    std::size_t begin = 0, end = 0;  // where it is written
    std::vector<std::unique_ptr<Node>> parts;
    bool is_truth() const {
        return kind == Kind::compare || kind == Kind::both || kind == Kind::either || kind == Kind::negation;
    }
};

namespace {

using Node = Expression::Node;
using NodePtr = std::unique_ptr<Node>;

// Recursive descent, one function a level of precedence.
class Parser {
public:
    Parser(const std::string& text, const Place& place, const std::vector<std::string>& names)
        : text_(text), place_(place), names_(names) {}

    NodePtr whole() {
        NodePtr node = either();
        blanks();
        if (at_ < text_.size()) fail("the end or an operator");
        return node;
    }

private:
    [[noreturn]] void fail(const std::string& expected) const {
        const std::string found = at_ < text_.size() ? shown(text_.substr(at_), 15) : "the end";
        throw_input({place_, fmt::format("cannot be read at character {}", at_ + 1), found, expected, ""});
    }
    // One level deeper for as long as it lives.
    class Level {
    public:
        explicit Level(Parser& parser) : parser_(parser) {
            if (++parser_.depth_ > most_nested)
                throw_input(
                    {parser_.place_, fmt::format("nested too deeply at character {}", parser_.at_ + 1),
                     fmt::format("more than {} levels", most_nested),
                     fmt::format("at most {} parentheses, \"not\", minus signs and calls in each other", most_nested),
                     ""});
        }
        ~Level() { --parser_.depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Parser& parser_;
    };
    void blanks() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    // Moves on where the text goes on so, after blanks; stays where it is otherwise.
    bool sign(std::string_view wanted) {
        const std::size_t from = at_;
        blanks();
        if (std::string_view(text_).substr(at_, wanted.size()) == wanted) {
            at_ += wanted.size();
            return true;
        }
        at_ = from;
        return false;
    }
    // A keyword, not the beginning of a name.
    bool word(std::string_view wanted) {
        const std::size_t from = at_;
        if (sign(wanted) && !(at_ < text_.size() && in_name(text_[at_]))) return true;
        at_ = from;
        return false;
    }
    static bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
    std::size_t start() {
        blanks();
        return at_;
    }
    NodePtr make(Node::Kind kind, std::size_t from) const {
        auto node = std::make_unique<Node>();
        node->kind = kind;
        node->begin = from;
        node->end = at_;
        return node;
    }
    void need_truth(const NodePtr& node) const {
        if (!node->is_truth()) fail("a comparison beside and, or, not");
    }
    void need_number(const NodePtr& node) const {
        if (node->is_truth() || node->kind == Node::Kind::text) fail("a number");
    }

    // Parts of one level joined by a word.
    NodePtr joined(Node::Kind kind, std::string_view by, NodePtr (Parser::*part)()) {
        const std::size_t from = start();
        NodePtr first = (this->*part)();
        if (!word(by)) return first;
        std::vector<NodePtr> parts;
        parts.push_back(std::move(first));
        do {
            parts.push_back((this->*part)());
            need_truth(parts.front()), need_truth(parts.back());
        } while (word(by));
        NodePtr node = make(kind, from);
        node->parts = std::move(parts);
        return node;
    }
    NodePtr either() { return joined(Node::Kind::either, "or", &Parser::both); }
    NodePtr both() { return joined(Node::Kind::both, "and", &Parser::negation); }
    NodePtr negation() {
        const std::size_t from = start();
        if (!word("not")) return comparison();
        const Level level(*this);
        NodePtr inner = negation();
        need_truth(inner);
        NodePtr node = make(Node::Kind::negation, from);
        node->parts.push_back(std::move(inner));
        return node;
    }
    NodePtr comparison() {
        const std::size_t from = start();
        NodePtr left = sum();
        for (const char* symbol : {">=", "<=", ">", "<"}) {
            if (!sign(symbol)) continue;
            NodePtr right = sum();
            need_number(left), need_number(right);
            NodePtr node = make(Node::Kind::compare, from);
            node->word = symbol;
            node->parts.push_back(std::move(left));
            node->parts.push_back(std::move(right));
            return node;
        }
        return left;
    }
    // Numbers of one level, each with the operator before it; the first has the one that changes nothing.
    NodePtr row(Node::Kind kind, char first_sign, char second_sign, NodePtr (Parser::*part)()) {
        const std::size_t from = start();
        NodePtr first = (this->*part)();
        std::string signs(1, first_sign);
        std::vector<NodePtr> parts;
        parts.push_back(std::move(first));
        while (true) {
            const char found = sign(std::string_view(&first_sign, 1))    ? first_sign
                               : sign(std::string_view(&second_sign, 1)) ? second_sign
                                                                         : 0;
            if (found == 0) break;
            signs += found;
            parts.push_back((this->*part)());
            need_number(parts.front()), need_number(parts.back());
        }
        if (parts.size() == 1) return std::move(parts.front());
        NodePtr node = make(kind, from);
        node->signs = std::move(signs);
        node->parts = std::move(parts);
        return node;
    }
    NodePtr sum() { return row(Node::Kind::sum, '+', '-', &Parser::product); }
    NodePtr product() { return row(Node::Kind::product, '*', '/', &Parser::unary); }
    NodePtr unary() {
        const std::size_t from = start();
        if (!sign("-")) return atom();
        const Level level(*this);
        NodePtr inner = unary();
        need_number(inner);
        NodePtr node = make(Node::Kind::negate, from);
        node->parts.push_back(std::move(inner));
        return node;
    }
    NodePtr atom() {
        const std::size_t from = start();
        if (sign("(")) {
            const Level level(*this);
            NodePtr inner = either();
            if (!sign(")")) fail("\")\"");
            return inner;
        }
        if (at_ >= text_.size()) fail("a number, a function or \"(\"");
        const char c = text_[at_];
        if (c == '\'' || c == '"') return quoted(c);
        if (std::isdigit(static_cast<unsigned char>(c)) == 0 && c != '.') return call();
        char* end = nullptr;
        const double value = std::strtod(text_.c_str() + at_, &end);
        const auto length = static_cast<std::size_t>(end - (text_.c_str() + at_));
        const bool decimal = std::string_view(text_).substr(at_, length).find_first_of("xX") == std::string_view::npos;
        if (length == 0 || !decimal) fail("a decimal number");
        if (!std::isfinite(value)) fail("a finite number");
        at_ += length;
        NodePtr node = make(Node::Kind::number, from);
        node->number = value;
        return node;
    }
    NodePtr quoted(char mark) {
        const std::size_t from = at_, close = text_.find(mark, at_ + 1);
        if (close == std::string::npos) fail("a closing quote");
        at_ = close + 1;
        NodePtr node = make(Node::Kind::text, from);
        node->word = text_.substr(from + 1, close - from - 1);
        return node;
    }
    NodePtr call() {
        const std::size_t from = at_;
        while (at_ < text_.size() && in_name(text_[at_])) ++at_;
        const std::string name = text_.substr(from, at_ - from);
        if (name.empty()) fail("a number, a function or \"(\"");
        if (std::find(names_.begin(), names_.end(), name) == names_.end())
            throw_unknown_name(place_, "function", shown(name, 60), names_);
        if (!sign("(")) fail("\"(\" after a function");
        const Level level(*this);
        std::vector<NodePtr> arguments;
        while (!sign(")")) {
            arguments.push_back(either());
            if (arguments.back()->is_truth()) fail("a name in quotes or a number");
            if (sign(",")) continue;
            if (!sign(")")) fail("\",\" or \")\"");
            break;
        }
        NodePtr node = make(Node::Kind::call, from);
        node->word = name;
        node->parts = std::move(arguments);
        return node;
    }

    const std::string& text_;
    const Place& place_;
    const std::vector<std::string>& names_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

constexpr double rounding = std::numeric_limits<double>::epsilon();

// The errors of both sides, through one operation, and its own rounding.
ExpressionNumber combined(char sign, const ExpressionNumber& a, const ExpressionNumber& b) {
    const auto rounded = [](double value, double error) {
        return ExpressionNumber(value, error + rounding * std::abs(value));
    };
    switch (sign) {
        case '+':
            return rounded(a.value + b.value, a.error + b.error);
        case '-':
            return rounded(a.value - b.value, a.error + b.error);
        case '*':
            return rounded(a.value * b.value, std::abs(a.value) * b.error + std::abs(b.value) * a.error);
        default:
            break;
    }
    const double quotient = a.value / b.value;
    return rounded(quotient, (a.error + std::abs(quotient) * b.error) / std::abs(b.value));
}

// An expression at work: its text for messages, and the functions that it asks.
class Evaluation {
public:
    Evaluation(const std::string& text, const ExpressionFunctions& functions) : text_(text), functions_(functions) {}

    /// Nothing, and why, where it is not defined.
    struct Verdict {
        std::optional<Truth> truth;
        std::string open;
    };

    Verdict verdict(const Node& node) const {
        switch (node.kind) {
            case Node::Kind::negation: {
                Verdict inner = verdict(*node.parts[0]);
                if (inner.truth) inner.truth->holds = !inner.truth->holds;
                return inner;
            }
            case Node::Kind::both:
            case Node::Kind::either:
                return joined(node);
            default:
                break;
        }
        try {
            return {compared(node), ""};
        } catch (const Unavailable& missing) {
            return {std::nullopt, missing.what()};
        }
    }

private:
    std::string written(const Node& node) const { return text_.substr(node.begin, node.end - node.begin); }
    std::string briefly(const Node& node) const { return shown(written(node), 80); }

    // `and` fails by any part that fails, `or` holds by any that holds. What would turn the whole: where one such part
    // is enough, all of them have to turn, the farthest last; where none is there, the nearest of the others.
    Verdict joined(const Node& node) const {
        const bool deciding = node.kind == Node::Kind::either;
        Verdict out;
        bool decided = false;
        for (const NodePtr& part : node.parts) {
            Verdict next = verdict(*part);
            if (!next.truth) {
                if (out.open.empty()) out.open = std::move(next.open);
                continue;
            }
            const bool decides = next.truth->holds == deciding;
            const bool first = !out.truth || (decides && !decided);
            const bool closer = !first && next.truth->margin < out.truth->margin;
            const bool farther = !first && next.truth->margin > out.truth->margin;
            if (first || (decides == decided && (decides ? farther : closer))) out.truth = std::move(next.truth);
            decided = decided || decides;
        }
        if (decided)
            out.open.clear();
        else if (!out.open.empty())
            out.truth.reset();
        return out;
    }

    Truth compared(const Node& node) const {
        const ExpressionNumber left = number(*node.parts[0]), right = number(*node.parts[1]);
        Truth out;
        out.deciding = {written(*node.parts[0]), node.word, written(*node.parts[1]), left.value, right.value};
        const double distance = std::abs(left.value - right.value);
        const bool equal = distance <= left.error + right.error;
        const bool more = !equal && left.value > right.value, less = !equal && left.value < right.value;
        out.holds = node.word == ">" ? more : node.word == "<" ? less : node.word == ">=" ? !less : !more;
        out.margin = equal ? 0.0 : std::min(distance, std::numeric_limits<double>::max());
        return out;
    }

public:
    /// The value of a node that is a number.
    ExpressionNumber number(const Node& node) const {
        ExpressionNumber out = 0.0;
        switch (node.kind) {
            case Node::Kind::number:
                return {node.number, rounding * std::abs(node.number)};
            case Node::Kind::negate:
                out = number(*node.parts[0]);
                return {-out.value, out.error};
            case Node::Kind::sum:
            case Node::Kind::product:
                out = number(*node.parts[0]);
                for (std::size_t k = 1; k < node.parts.size(); ++k) {
                    const ExpressionNumber next = number(*node.parts[k]);
                    if (node.signs[k] == '/' && std::abs(next.value) <= next.error)
                        throw Unavailable(briefly(node) + " divides by zero");
                    out = combined(node.signs[k], out, next);
                    if (!std::isfinite(out.value)) throw Unavailable(briefly(node) + " is too large for a number");
                }
                return out;
            default:
                break;
        }
        out = functions_.at(node.word)(arguments(node));
        if (!std::isfinite(out.value)) throw Unavailable(briefly(node) + " is not a finite number");
        return out;
    }

private:
    std::vector<ExpressionArgument> arguments(const Node& node) const {
        std::vector<ExpressionArgument> list;
        for (const NodePtr& part : node.parts) {
            if (part->kind == Node::Kind::text)
                list.emplace_back(part->word);
            else
                list.emplace_back(number(*part).value);
        }
        return list;
    }

    const std::string& text_;
    const ExpressionFunctions& functions_;
};

}  // namespace

Expression::Expression(const std::string& text, const Place& place, const std::vector<std::string>& names)
    : text_(text), place_(place) {
    root_ = Parser(text_, place_, names).whole();
    if (!root_->is_truth())
        throw_input({place_, "not a claim", shown(text, 60), "a comparison, such as welfare('a', 'USA') > 0", ""});
}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

namespace {

bool has_call(const Node& node) {
    return node.kind == Node::Kind::call ||
           std::any_of(node.parts.begin(), node.parts.end(), [](const NodePtr& part) { return has_call(*part); });
}

// Numbers that other calls give are not known when a text is read: they count as 1.
void visit_calls(const std::string& text, const Node& node, const ExpressionFunctions& functions) {
    for (const NodePtr& part : node.parts) visit_calls(text, *part, functions);
    if (node.kind != Node::Kind::call) return;
    std::vector<ExpressionArgument> arguments;
    for (const NodePtr& part : node.parts) {
        if (part->kind == Node::Kind::text)
            arguments.emplace_back(part->word);
        else
            arguments.emplace_back(has_call(*part) ? 1.0 : Evaluation(text, functions).number(*part).value);
    }
    functions.at(node.word)(arguments);
}

}  // namespace

void Expression::visit(const ExpressionFunctions& functions) const {
    visit_calls(text_, *root_, functions);
}

Truth Expression::truth(const ExpressionFunctions& functions) const {
    const Evaluation::Verdict verdict = Evaluation(text_, functions).verdict(*root_);
    if (!verdict.truth) throw Unavailable(verdict.open);
    return *verdict.truth;
}

}  // namespace detente
