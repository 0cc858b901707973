// Reads a CSV file (RFC 4180) one record at a time, with libcsv.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "portalctl/roster/reading/encoding.h"
#include "portalctl/roster/reading/line_source.h"

namespace portalctl {

struct CsvRecord {
  int line = 0;  // in which it begins; the first line is 1
  int row = 0;   // of the sheet, in which blank rows count and line breaks in cells do not
  std::vector<std::string> fields;
  std::string fault;  // not empty: why it cannot be used; `fields` is a guess
};

// A broken record is not in the encoding, or has a quote that is out of place or not closed. It
// costs no other record: reading goes on with the line after its first one.
class CsvReader {
 public:
  CsvReader(LineSource& lines, Encoding encoding);
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader();

  // Nothing: there is no more. Blank lines are left out.
  std::optional<CsvRecord> next();

 private:
  struct Line {
    int number = 0;
    std::string text;
    bool broken = false;
  };
  struct Parser;

  std::optional<Line> next_line();
  void add(Line line);
  void give_up_first(std::string fault);
  bool too_long() const;

  LineSource& lines_;
  Decoder decoder_;
  std::unique_ptr<Parser> parser_;
  std::deque<Line> again_;  // lines of a record that was given up, except its first
  std::deque<Line> open_;   // lines of the record that has begun and not ended
  std::optional<CsvRecord> ready_;
  int line_ = 0;
  int row_ = 0;
};

}  // namespace portalctl
