#include "portalctl/report/drawing.h"

#include <Poco/NumberFormatter.h>

#include <algorithm>
#include <cmath>

#include "core/text/text.h"
#include "portalctl/report/words.h"

namespace portalctl {
namespace {

using portal::Data;

constexpr const char* kTable = "report/table.tpl";

// Lengths of the chart, in the SVG's units. 480 units are about 480 pixels on a desktop and 320 on
// a phone, where the style sheet makes the text larger to the same degree.
constexpr double kWidth = 480;
constexpr double kLeft = 56;
constexpr double kRight = 468;
constexpr double kTop = 16;
constexpr double kBottom = 204;
constexpr double kBarShare = 0.72;  // of a column
constexpr int kMostTicks = 5;
constexpr double kDigit = 9.5;  // a character's width at the larger size
constexpr double kGap = 12;     // between two labels

std::string at(double place) {
  return Poco::NumberFormatter::format(place, 1);
}

double ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// The smallest of 1, 2, 5, 10, 20 … that divides the axis into few enough parts.
std::int64_t tick_step(std::int64_t largest) {
  for (std::int64_t power = 1;; power *= 10) {
    for (const std::int64_t digit : {1, 2, 5}) {
      if (digit * power * kMostTicks >= largest) return digit * power;
    }
  }
}

// n, if every n-th label is shown, so that none touches the next one.
std::size_t label_stride(const std::vector<Chart::Column>& columns) {
  std::size_t longest = 1;
  for (const Chart::Column& column : columns) longest = std::max(longest, column.label.size());
  const double room = (kRight - kLeft) / static_cast<double>(columns.size());
  return static_cast<std::size_t>(std::ceil((static_cast<double>(longest) * kDigit + kGap) / room));
}

void fill_axis(Data& data, std::int64_t top, std::int64_t step) {
  for (std::int64_t value = 0; value <= top; value += step) {
    const double y = kBottom - (kBottom - kTop) * ratio(value, top);
    data.add("GRID").set("Y", at(y)).set("LABEL", words::number(value));
  }
}

Table table_of(const Chart& chart) {
  Table table{chart.title, {chart.heading, chart.bars, chart.line}, {}, true};
  for (const Chart::Column& column : chart.columns) {
    table.rows.push_back({column.name, {words::number(column.bar), words::number(column.point)}});
  }
  return table;
}

void fill_head(Data& data, const std::string& id, const std::string& title,
               const std::string& description) {
  data.set("ID", id).set("TITLE", title).set("DESCRIPTION", description);
}

// The funnel has a line of text and a bar for each stage.
constexpr double kStage = 58;
constexpr double kTextLine = 18;
constexpr double kBarTop = 26;

std::string lost_of(const Funnel::Stage& before, const Funnel::Stage& stage) {
  const std::int64_t lost = before.count - stage.count;
  if (lost == 0) return "0";
  return "−" + words::number(lost) + "（" + words::share(lost, before.count) + "）";
}

Table table_of(const Funnel& funnel) {
  Table table{funnel.title, {"段階", "施術所", "割合", "前の段階から"}, {}};
  const Funnel::Stage* before = nullptr;
  for (const Funnel::Stage& stage : funnel.stages) {
    table.rows.push_back(
        {stage.name,
         {words::number(stage.count), words::share(stage.count, funnel.stages.front().count),
          before == nullptr ? "–" : lost_of(*before, stage)}});
    before = &stage;
  }
  return table;
}

}  // namespace

void fill(Data& data, const Table& table) {
  data.set("CAPTION", table.caption);
  if (table.rows.empty()) {
    data.add("EMPTY");
    return;
  }
  Data& full = data.add("FULL");
  if (table.tall) full.add("TALL");
  for (const std::string& heading : table.headings) full.add("HEADING").set("TEXT", heading);
  if (table.rows.front().bar) full.add("BARS");
  for (const Table::Row& row : table.rows) {
    Data& line = full.add("ROW").set("LABEL", portal::text::visible(row.label));
    for (const std::string& cell : row.cells)
      line.add("CELL").set("TEXT", portal::text::visible(cell));
    if (row.bar) line.add("BAR").set("WIDTH", at(100 * *row.bar));
  }
}

void fill(Data& data, const Chart& chart) {
  fill_head(data, chart.id, chart.title, chart.description);
  data.set("BARS", chart.bars).set("LINE", chart.line);
  std::int64_t largest = 1;
  for (const Chart::Column& column : chart.columns) {
    largest = std::max({largest, column.bar, column.point});
  }
  const std::int64_t step = tick_step(largest);
  const std::int64_t top = (largest + step - 1) / step * step;
  fill_axis(data, top, step);

  const double room = (kRight - kLeft) / static_cast<double>(chart.columns.size());
  const std::size_t stride = label_stride(chart.columns);
  std::string points;
  double left = kLeft;
  for (std::size_t i = 0; i < chart.columns.size(); ++i, left += room) {
    const Chart::Column& column = chart.columns[i];
    const double height = (kBottom - kTop) * ratio(column.bar, top);
    const double middle = left + room / 2;
    const double y = kBottom - (kBottom - kTop) * ratio(column.point, top);
    data.add("BAR")
        .set("X", at(middle - room * kBarShare / 2))
        .set("Y", at(kBottom - height))
        .set("WIDTH", at(room * kBarShare))
        .set("HEIGHT", at(height))
        .set("TIP", column.name + " " + chart.bars + " " + words::number(column.bar) + "、" +
                        chart.line + " " + words::number(column.point));
    points.append(points.empty() ? "" : " ").append(at(middle)).append(",").append(at(y));
    data.add("POINT").set("X", at(middle)).set("Y", at(y));
    if (i % stride == 0) data.add("LABEL").set("X", at(middle)).set("TEXT", column.label);
  }
  data.set("POINTS", points);
  fill(data.include("TABLE", kTable), table_of(chart));
}

void fill(Data& data, const Funnel& funnel) {
  fill_head(data, funnel.id, funnel.title, funnel.description);
  data.set("HEIGHT", at(kStage * static_cast<double>(funnel.stages.size())));
  const std::int64_t all = funnel.stages.front().count;
  const Funnel::Stage* before = nullptr;
  double top = 0;
  for (const Funnel::Stage& stage : funnel.stages) {
    Data& row = data.add("STAGE");
    row.set("NAME", stage.name).set("COUNT", words::number(stage.count));
    row.set("TEXT_Y", at(top + kTextLine)).set("BAR_Y", at(top + kBarTop));
    row.set("WIDTH", at(kWidth * ratio(stage.count, all)));
    if (before != nullptr) {
      row.add("LOST").set("WIDTH", at(kWidth * ratio(before->count, all)));
      row.set("CHANGE", lost_of(*before, stage));
    }
    before = &stage;
    top += kStage;
  }
  fill(data.include("TABLE", kTable), table_of(funnel));
}

}  // namespace portalctl
