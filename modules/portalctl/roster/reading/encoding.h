// The encodings that rosters come in: UTF-8, and CP932, which Windows calls Shift_JIS and which has
// the characters of NEC and IBM (①, ㈱, 髙, 﨑). glibc's iconv decodes the latter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "portalctl/roster/reading/line_source.h"

namespace portalctl {

enum class Encoding { kUtf8, kCp932 };

// "utf-8", "cp932", "Shift_JIS" … in any case; nothing: not one of these.
std::optional<Encoding> encoding_of(std::string_view name);

// UTF-8 if the file begins with its mark or at least half of the lines beyond ASCII are UTF-8; else
// CP932 if at least half are that: Japanese in the one is hardly ever right in the other. Reads all
// of the file and rewinds it. The error names the first line that is neither.
portal::Result<Encoding> detect_encoding(LineSource& lines);

class Decoder {
 public:
  explicit Decoder(Encoding encoding);
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder();

  // As UTF-8 without NUL; nothing: the line is not in this encoding.
  std::optional<std::string> decode(std::string_view line) const;

 private:
  void* iconv_ = nullptr;  // null: UTF-8
};

}  // namespace portalctl
