#include "base/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace detente {

struct Expression::Node {
    enum class Kind { number, text, call, negate, arithmetic, compare, both, either, negation } kind = Kind::number;
    double number = 0.0;
    std::string word;    // text, function, operator
    std::string source;  // as written
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
        const std::string found = at_ < text_.size() ? text_.substr(at_, 12) : "the end";
        throw_input({place_, fmt::format("cannot be read at character {}", at_ + 1), found, expected, ""});
    }
    void blanks() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    // A keyword, not the beginning of a name.
    bool word(const std::string& wanted) {
        blanks();
        const std::size_t end = at_ + wanted.size();
        if (text_.compare(at_, wanted.size(), wanted) != 0) return false;
        if (end < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[end])) != 0 || text_[end] == '_'))
            return false;
        at_ = end;
        return true;
    }
    bool sign(const std::string& wanted) {
        blanks();
        if (text_.compare(at_, wanted.size(), wanted) != 0) return false;
        at_ += wanted.size();
        return true;
    }
    NodePtr make(Node::Kind kind, const std::string& name, std::size_t from, NodePtr a, NodePtr b = nullptr) {
        auto node = std::make_unique<Node>();
        node->kind = kind, node->word = name;
        node->parts.push_back(std::move(a));
        if (b) node->parts.push_back(std::move(b));
        return written(std::move(node), from);
    }
    NodePtr written(NodePtr node, std::size_t from) const {
        while (from < at_ && text_[from] == ' ') ++from;
        node->source = text_.substr(from, at_ - from);
        return node;
    }
    void need_truth(const NodePtr& node) const {
        if (!node->is_truth()) fail("a comparison beside and, or, not");
    }
    void need_number(const NodePtr& node) const {
        if (node->is_truth() || node->kind == Node::Kind::text) fail("a number");
    }

    NodePtr either() {
        const std::size_t from = at_;
        NodePtr left = both();
        while (word("or")) {
            NodePtr right = both();
            need_truth(left), need_truth(right);
            left = make(Node::Kind::either, "or", from, std::move(left), std::move(right));
        }
        return left;
    }
    NodePtr both() {
        const std::size_t from = at_;
        NodePtr left = negation();
        while (word("and")) {
            NodePtr right = negation();
            need_truth(left), need_truth(right);
            left = make(Node::Kind::both, "and", from, std::move(left), std::move(right));
        }
        return left;
    }
    NodePtr negation() {
        const std::size_t from = at_;
        if (!word("not")) return comparison();
        NodePtr inner = negation();
        need_truth(inner);
        return make(Node::Kind::negation, "not", from, std::move(inner));
    }
    NodePtr comparison() {
        const std::size_t from = at_;
        NodePtr left = sum();
        for (const char* symbol : {">=", "<=", ">", "<"}) {
            if (!sign(symbol)) continue;
            NodePtr right = sum();
            need_number(left), need_number(right);
            return make(Node::Kind::compare, symbol, from, std::move(left), std::move(right));
        }
        return left;
    }
    NodePtr sum() {
        const std::size_t from = at_;
        NodePtr left = product();
        while (true) {
            const char* symbol = sign("+") ? "+" : sign("-") ? "-" : nullptr;
            if (symbol == nullptr) return left;
            NodePtr right = product();
            need_number(left), need_number(right);
            left = make(Node::Kind::arithmetic, symbol, from, std::move(left), std::move(right));
        }
    }
    NodePtr product() {
        const std::size_t from = at_;
        NodePtr left = unary();
        while (true) {
            const char* symbol = sign("*") ? "*" : sign("/") ? "/" : nullptr;
            if (symbol == nullptr) return left;
            NodePtr right = unary();
            need_number(left), need_number(right);
            left = make(Node::Kind::arithmetic, symbol, from, std::move(left), std::move(right));
        }
    }
    NodePtr unary() {
        const std::size_t from = at_;
        if (!sign("-")) return atom();
        NodePtr inner = unary();
        need_number(inner);
        return make(Node::Kind::negate, "-", from, std::move(inner));
    }
    NodePtr atom() {
        blanks();
        const std::size_t from = at_;
        if (sign("(")) {
            NodePtr inner = either();
            if (!sign(")")) fail("\")\"");
            return inner;
        }
        if (at_ >= text_.size()) fail("a number, a function or \"(\"");
        const char c = text_[at_];
        if (c == '\'' || c == '"') return quoted(c);
        if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') {
            char* end = nullptr;
            auto node = std::make_unique<Node>();
            node->number = std::strtod(text_.c_str() + at_, &end);
            if (!std::isfinite(node->number)) fail("a finite number");
            at_ = static_cast<std::size_t>(end - text_.c_str());
            return written(std::move(node), from);
        }
        return call();
    }
    NodePtr quoted(char mark) {
        const std::size_t from = at_, close = text_.find(mark, at_ + 1);
        if (close == std::string::npos) fail("a closing quote");
        auto node = std::make_unique<Node>();
        node->kind = Node::Kind::text;
        node->word = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        return written(std::move(node), from);
    }
    NodePtr call() {
        const std::size_t from = at_;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
            ++at_;
        auto node = std::make_unique<Node>();
        node->kind = Node::Kind::call;
        node->word = text_.substr(from, at_ - from);
        if (node->word.empty()) fail("a number, a function or \"(\"");
        if (std::find(names_.begin(), names_.end(), node->word) == names_.end())
            throw_unknown_name(place_, "function", node->word, names_);
        if (!sign("(")) fail("\"(\" after a function");
        while (!sign(")")) {
            NodePtr argument = either();
            if (argument->is_truth()) fail("a name in quotes or a number");
            node->parts.push_back(std::move(argument));
            if (!sign(",")) {
                if (!sign(")")) fail("\",\" or \")\"");
                break;
            }
        }
        return written(std::move(node), from);
    }

    const std::string& text_;
    const Place& place_;
    const std::vector<std::string>& names_;
    std::size_t at_ = 0;
};

double number(const Node& node, const ExpressionFunctions& functions) {
    switch (node.kind) {
        case Node::Kind::number:
            return node.number;
        case Node::Kind::negate:
            return -number(*node.parts[0], functions);
        case Node::Kind::arithmetic: {
            const double a = number(*node.parts[0], functions), b = number(*node.parts[1], functions);
            if (node.word == "/" && b == 0.0) throw Unavailable(node.source + " divides by zero");
            return node.word == "+" ? a + b : node.word == "-" ? a - b : node.word == "*" ? a * b : a / b;
        }
        default: {
            std::vector<ExpressionArgument> arguments;
            for (const NodePtr& part : node.parts) {
                if (part->kind == Node::Kind::text)
                    arguments.emplace_back(part->word);
                else
                    arguments.emplace_back(number(*part, functions));
            }
            return functions.at(node.word)(arguments);
        }
    }
}

Truth truth_of(const Node& node, const ExpressionFunctions& functions) {
    if (node.kind == Node::Kind::negation) {
        Truth inner = truth_of(*node.parts[0], functions);
        inner.holds = !inner.holds;
        return inner;
    }
    if (node.kind == Node::Kind::compare) {
        Truth out;
        out.deciding = {node.parts[0]->source, node.word, node.parts[1]->source, number(*node.parts[0], functions),
                        number(*node.parts[1], functions)};
        const double left = out.deciding.left, right = out.deciding.right;
        if (std::isnan(left) || std::isnan(right))
            throw Unavailable(node.source + " compares with what is not a number");
        out.holds = node.word == ">"    ? left > right
                    : node.word == "<"  ? left < right
                    : node.word == ">=" ? left >= right
                                        : left <= right;
        out.margin = std::abs(left - right);
        return out;
    }
    // `and`: the first part that fails, or the one nearest to failing; `or`: the other way round.
    const Truth a = truth_of(*node.parts[0], functions), b = truth_of(*node.parts[1], functions);
    const bool conjunction = node.kind == Node::Kind::both;
    if (a.holds != b.holds) return a.holds == conjunction ? b : a;
    // Both hold or both fail. What turns the whole is the nearer part, or, where both must turn, the farther one.
    const bool nearer = a.holds == conjunction;
    return (a.margin < b.margin) == nearer ? a : b;
}

}  // namespace

Expression::Expression(const std::string& text, const Place& place, const std::vector<std::string>& names)
    : place_(place) {
    root_ = Parser(text, place_, names).whole();
    if (!root_->is_truth())
        throw_input({place_, "not a claim", text, "a comparison, such as welfare('a', 'USA') > 0", ""});
}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

namespace {

void visit_calls(const Node& node, const ExpressionFunctions& functions) {
    for (const NodePtr& part : node.parts) visit_calls(*part, functions);
    if (node.kind != Node::Kind::call) return;
    std::vector<ExpressionArgument> arguments;
    for (const NodePtr& part : node.parts) {
        if (part->kind == Node::Kind::text)
            arguments.emplace_back(part->word);
        else
            arguments.emplace_back(part->kind == Node::Kind::number ? part->number : 1.0);
    }
    functions.at(node.word)(arguments);
}

}  // namespace

void Expression::visit(const ExpressionFunctions& functions) const {
    visit_calls(*root_, functions);
}

Truth Expression::truth(const ExpressionFunctions& functions) const {
    return truth_of(*root_, functions);
}

}  // namespace detente
