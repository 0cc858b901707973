// Header fields of a mail, of a part, or of a group in a report (RFC 5322 §2.2, RFC 3464 §2.1),
// from anybody and perhaps broken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::mail::bounce {

struct Field {
  std::string name;   // in lower case
  std::string value;  // unfolded, trimmed; encoded words are not decoded
};

class Fields {
 public:
  Field& add(Field field) { return fields_.emplace_back(std::move(field)); }
  // The value of the first field of that name, which must be in lower case; else empty.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  bool empty() const { return fields_.empty(); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<Field> fields_;
};

struct Header {
  Fields fields;
  std::string loose;  // lines that are no fields: the text itself, if its empty line is missing
};

// Takes the header and its empty line off the front of the text. At most 500 fields are kept, and
// 8 KiB of each.
Header take_header(std::string_view& text);

// Takes one line off the front of the text, and returns it without its line feed.
std::string_view take_line(std::string_view& text);

// True for a line such as `Subject: x`.
bool begins_field(std::string_view line);

// A Content-Type (RFC 2045 §5.1).
struct MediaType {
  std::string name;  // "text/plain", in lower case
  std::string boundary, charset, report_type;
};
MediaType media_type_of(std::string_view content_type);

}  // namespace portal::mail::bounce
