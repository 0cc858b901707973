// The encodings of rosters: UTF-8, and CP932, which Windows calls Shift_JIS and which has the
// characters of NEC and IBM (①, ㈱, 髙, 﨑). glibc's iconv decodes CP932.
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

// Reads the whole file, tells its encoding, and rewinds it. It is UTF-8 if it begins with the mark
// of UTF-8, or if at least half of the lines that are not ASCII are valid UTF-8; otherwise CP932,
// if at least half are valid CP932. Japanese text in one is hardly ever valid in the other. Error:
// it names the first line that is neither, or the other encoding of Japanese (ISO-2022-JP, EUC-JP).
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
