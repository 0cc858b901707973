// Reads a CSV file (RFC 4180) one record at a time, with libcsv.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "portalctl/roster/reading/encoding.h"
#include "portalctl/roster/reading/line_source.h"
#include "portalctl/roster/reading/record_source.h"

namespace portalctl {

// A broken record is not in the encoding, or has a quote that is out of place or not closed. It
// costs no other record: reading goes on with the line after its first one.
class CsvReader : public RecordSource {
 public:
  // `lines` outlives it.
  CsvReader(LineSource& lines, Encoding encoding, char separator);
  ~CsvReader() override;

  // Blank lines are left out. Error: the file cannot be read to its end.
  portal::Result<std::optional<Record>> next() override;

 private:
  struct Line {
    int number = 0;
    std::string text;
    portal::RowReason reason = {};  // not empty: it is not text in the file's encoding
  };
  struct Parser;

  std::optional<Line> next_line();
  void add(Line line);
  void give_up_first(portal::RowReason reason);
  bool too_long() const;
  portal::RowReason unended() const;

  LineSource& lines_;
  Decoder decoder_;
  std::unique_ptr<Parser> parser_;
  std::deque<Line> again_;  // lines of a record that was given up, except its first
  std::deque<Line> open_;   // lines of the record that has begun and not ended
  std::optional<Record> ready_;
  const char separator_;
  int line_ = 0;
};

}  // namespace portalctl
