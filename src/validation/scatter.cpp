#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "validation/validation_report.h"

namespace detente {
namespace {

constexpr double width = 720.0, height = 560.0, left = 70.0, right = 160.0, top = 50.0, bottom = 60.0;
// Okabe and Ito's colours, told apart with any kind of sight; the last is for everyone else.
constexpr std::array<const char*, 7> colours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                "#e69f00", "#56b4e9", "#999999"};

// Ticks of a round step, about six of them.
double tick_step(double range) {
    const double rough = range / 6.0, power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power) return factor * power;
    return 10.0 * power;
}

class Scatter {
public:
    explicit Scatter(const Validation& validation) : validation_(validation), fit_(validation.predictors.front()) {
        for (const ValidationCell& cell : fit_.cells)
            if (cell.headline) cells_.push_back(&cell);
        // The heaviest first, so that small ones lie on top.
        std::stable_sort(cells_.begin(), cells_.end(),
                         [](const ValidationCell* a, const ValidationCell* b) { return a->weight > b->weight; });
        for (const ValidationCell* cell : cells_) {
            most_x_ = std::max(most_x_, std::abs(cell->within_predicted));
            heaviest_ = std::max(heaviest_, cell->weight);
        }
        most_x_ = std::max(1.08 * most_x_, 1e-6);
        most_y_ = std::max(1.08 * usual_size(), most_x_);
        std::vector<const ExporterMean*> order;
        for (const ExporterMean& mean : fit_.exporters) order.push_back(&mean);
        std::stable_sort(order.begin(), order.end(),
                         [](const ExporterMean* a, const ExporterMean* b) { return a->weight > b->weight; });
        for (const ExporterMean* mean : order)
            if (names_.size() + 1 < colours.size() &&
                std::find(names_.begin(), names_.end(), mean->exporter) == names_.end())
                names_.push_back(mean->exporter);
        // The same exporters have the same colours in every plot of them, whatever their weights.
        std::sort(names_.begin(), names_.end());
    }

    std::string svg() {
        const std::string title = validation_.episode.title;
        out_ = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" "
            "font-family=\"sans-serif\" font-size=\"13\">\n<title>{2}</title>\n"
            "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"#ffffff\"/>\n"
            "<text x=\"{3:.0f}\" y=\"24\" font-size=\"16\" fill=\"#222222\">{2}</text>\n",
            width, height, xml_escaped(title), left);
        axes();
        points();
        lines();
        legend();
        return out_ + "</svg>\n";
    }

private:
    // Few cells with hardly any trade would squeeze all others: the size within which nearly all of the weight lies.
    double usual_size() const {
        constexpr double nearly_all = 0.998;
        std::vector<const ValidationCell*> order = cells_;
        std::stable_sort(order.begin(), order.end(), [](const ValidationCell* a, const ValidationCell* b) {
            return std::abs(a->within_observed) < std::abs(b->within_observed);
        });
        double total = 0.0, sum = 0.0;
        for (const ValidationCell* cell : order) total += cell->weight;
        for (const ValidationCell* cell : order)
            if ((sum += cell->weight) >= nearly_all * total) return std::abs(cell->within_observed);
        return 0.0;
    }
    std::ptrdiff_t beyond() const {
        return std::count_if(cells_.begin(), cells_.end(),
                             [this](const ValidationCell* cell) { return std::abs(cell->within_observed) > most_y_; });
    }
    double x(double value) const { return left + (value + most_x_) / (2.0 * most_x_) * (width - left - right); }
    double y(double value) const {
        const double inside = std::clamp(value, -most_y_, most_y_);
        return height - bottom - (inside + most_y_) / (2.0 * most_y_) * (height - top - bottom);
    }

    void line(double x1, double y1, double x2, double y2, const char* style) {
        out_ +=
            fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", x1, y1, x2, y2, style);
    }

    void axes() {
        const double step_x = tick_step(2.0 * most_x_), step_y = tick_step(2.0 * most_y_);
        const char* grid = "stroke=\"#e5e5e5\"";
        for (int k = static_cast<int>(-most_x_ / step_x); k * step_x <= most_x_; ++k) {
            line(x(k * step_x), top, x(k * step_x), height - bottom, grid);
            out_ +=
                fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"#444444\">{:.4g}</text>\n",
                            x(k * step_x), height - bottom + 18.0, k * step_x);
        }
        for (int k = static_cast<int>(-most_y_ / step_y); k * step_y <= most_y_; ++k) {
            line(left, y(k * step_y), width - right, y(k * step_y), grid);
            out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" fill=\"#444444\">{:.4g}</text>\n",
                                left - 8.0, y(k * step_y) + 4.0, k * step_y);
        }
        out_ += fmt::format(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"#222222\">predicted log change, less the "
            "sector's mean</text>\n",
            0.5 * (left + width - right), height - 18.0);
        out_ += fmt::format(
            "<text transform=\"translate(20 {:.1f}) rotate(-90)\" text-anchor=\"middle\" fill=\"#222222\">observed log "
            "change, less the sector's mean</text>\n",
            0.5 * (top + height - bottom));
    }

    std::size_t colour_of(const std::string& exporter) const {
        return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), exporter) - names_.begin());
    }

    void points() {
        constexpr double largest = 18.0, smallest = 1.5;
        for (const ValidationCell* cell : cells_) {
            const double radius = std::max(largest * std::sqrt(cell->weight / heaviest_), smallest);
            out_ += fmt::format(
                "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" fill-opacity=\"0.55\" stroke=\"#ffffff\" "
                "stroke-width=\"0.5\"><title>{} from {}, {}: observed {:.2f}, predicted {:.2f}</title></circle>\n",
                x(cell->within_predicted), y(cell->within_observed), radius,
                colours[std::min(colour_of(cell->cell.exporter), colours.size() - 1)], xml_escaped(cell->cell.importer),
                xml_escaped(cell->cell.exporter), xml_escaped(cell->cell.sector), cell->within_observed,
                cell->within_predicted);
        }
    }

    void slope_line(double slope, const char* style) {
        const double end = std::min(most_x_, most_y_ / std::max(std::abs(slope), 1e-12));
        line(x(-end), y(-slope * end), x(end), y(slope * end), style);
    }

    void lines() {
        slope_line(1.0, "stroke=\"#222222\" stroke-dasharray=\"5 4\"");
        slope_line(fit_.fit->slope, "stroke=\"#222222\" stroke-width=\"1.8\"");
    }

    void legend() {
        const double at = width - right + 16.0;
        double row = top + 10.0;
        const auto text = [&](const std::string& words, double indent) {
            out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"#222222\">{}</text>\n", at + indent, row + 4.0,
                                xml_escaped(words));
        };
        for (std::size_t k = 0; k < names_.size() + (fit_.exporters.size() > names_.size() ? 1 : 0); ++k) {
            out_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"6\" fill=\"{}\" fill-opacity=\"0.7\"/>\n",
                                at + 6.0, row, colours[k < names_.size() ? k : colours.size() - 1]);
            text(k < names_.size() ? names_[k] : "others", 18.0);
            row += 20.0;
        }
        row += 8.0;
        line(at, row, at + 24.0, row, "stroke=\"#222222\" stroke-dasharray=\"5 4\"");
        text("slope 1", 30.0);
        row += 20.0;
        line(at, row, at + 24.0, row, "stroke=\"#222222\" stroke-width=\"1.8\"");
        text(fmt::format("{:.2f} ({:.2f})", fit_.fit->slope, fit_.fit->standard_error), 30.0);
        row += 24.0;
        text(fmt::format("R² at slope 1: {:.2f}", fit_.fit->r2_at_one), 0.0);
        row += 18.0;
        text(fmt::format("{} cells", fit_.fit->cells), 0.0);
        row += 18.0;
        if (beyond() > 0) text(fmt::format("{} at the edge", beyond()), 0.0);
    }

    const Validation& validation_;
    const PredictorFit& fit_;
    std::vector<const ValidationCell*> cells_;
    std::vector<std::string> names_;  // exporters with a colour of their own
    double most_x_ = 0.0, most_y_ = 0.0, heaviest_ = 0.0;
    std::string out_;
};

}  // namespace

std::string validation_scatter(const Validation& validation) {
    return Scatter(validation).svg();
}

}  // namespace detente
