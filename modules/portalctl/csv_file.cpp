#include "portalctl/csv_file.h"

#include <csv.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include "core/text/text.h"

namespace portalctl {
namespace {

using portal::refused;
using portal::Result;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Result<std::string> read_text(const std::string& path) {
  if (std::filesystem::is_directory(path)) return refused(path + ": is a directory");
  std::ifstream file(path, std::ios::binary);
  if (!file) return portal::not_found(path + ": " + std::strerror(errno));
  std::ostringstream content;
  content << file.rdbuf();
  std::string text = content.str();
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  if (text.empty()) return refused(path + ": is empty, or cannot be read");
  return text;
}

// libcsv calls back with fields and ends of records; it is given one line at a time, so that a
// record knows where it begins.
class Reader {
 public:
  Reader() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { csv_free(&parser_); }

  // False: quotes are wrong in the record that begins at line().
  bool add(std::string_view line) {
    ++line_;
    if (!open_) record_.line = line_;
    if (line.find_first_not_of(" \t\r\n") != std::string_view::npos) open_ = true;
    return csv_parse(&parser_, line.data(), line.size(), on_field, on_record, this) == line.size();
  }
  bool finish() { return csv_fini(&parser_, on_field, on_record, this) == 0; }

  int line() const { return record_.line; }
  std::vector<CsvRecord> take() { return std::move(records_); }

 private:
  static void on_field(void* text, size_t length, void* reader) {
    static_cast<Reader*>(reader)->record_.fields.emplace_back(static_cast<char*>(text), length);
  }
  static void on_record(int, void* reader) { static_cast<Reader*>(reader)->end_record(); }
  void end_record() {
    records_.push_back(std::move(record_));
    record_ = {};
    open_ = false;
  }

  csv_parser parser_ = {};
  std::vector<CsvRecord> records_;
  CsvRecord record_;
  int line_ = 0;
  bool open_ = false;  // a record has begun and not ended
};

}  // namespace

Result<std::vector<CsvRecord>> read_csv(const std::string& path) {
  const auto text = read_text(path);
  if (!text) return text.error();
  const auto at = [&](int line) { return path + ":" + std::to_string(line) + ": "; };
  Reader reader;
  int number = 0;
  for (std::size_t begin = 0; begin < text->size();) {
    const auto end = std::min(text->find('\n', begin), text->size() - 1) + 1;
    const std::string_view line = std::string_view(*text).substr(begin, end - begin);
    begin = end;
    ++number;
    if (!portal::text::valid_utf8(line)) {
      return refused(at(number) + "is not UTF-8: save the file as CSV UTF-8");
    }
    if (!reader.add(line)) return refused(at(reader.line()) + "a quote is out of place");
  }
  if (!reader.finish()) return refused(at(reader.line()) + "a quoted field does not end");
  return reader.take();
}

}  // namespace portalctl
