// What the report draws, and where it stands in the SVG. The templates (templates/report/) have the
// shapes, and the numbers that fill them come from here. Without any value the drawing is empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/view/view.h"

namespace portalctl {

// templates/report/table.tpl
struct Table {
  struct Row {
    std::string label;
    std::vector<std::string> cells;
    std::optional<double> bar =
        {};  // its length, from 0 to 1; all rows of a table have one, or none has
  };
  std::string caption;
  std::vector<std::string> headings;  // of the labels, and of the cells
  std::vector<Row> rows;              // if there is none, the table says so
  bool tall = false;                  // it scrolls within a box, except in print
};

// templates/report/chart.tpl: values over time, as bars and as a line before them.
struct Chart {
  struct Column {
    std::string name;   // in the table
    std::string label;  // below the axis, where there is room for it
    std::int64_t bar = 0;
    std::int64_t point = 0;
  };
  std::string id;  // of its elements
  std::string title;
  std::string description;  // what is to be seen, in a sentence
  std::string heading;      // of the columns' names
  std::string bars;         // what they count
  std::string line;
  std::vector<Column> columns;
};

// templates/report/funnel.tpl
struct Funnel {
  struct Stage {
    std::string name;
    std::int64_t count = 0;  // not more than that of the stage before
  };
  std::string id;
  std::string title;
  std::string description;
  std::vector<Stage> stages;
};

void fill(portal::Data& data, const Table& table);
void fill(portal::Data& data, const Chart& chart);
void fill(portal::Data& data, const Funnel& funnel);

}  // namespace portalctl
