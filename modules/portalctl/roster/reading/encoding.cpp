#include "portalctl/roster/reading/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/text/text.h"

namespace portalctl {
namespace {

struct Name {
  std::string_view name;  // in lower case, without - and _
  Encoding encoding;
};

constexpr std::array kNames = {
    Name{"utf8", Encoding::kUtf8},        Name{"cp932", Encoding::kCp932},
    Name{"shiftjis", Encoding::kCp932},   Name{"sjis", Encoding::kCp932},
    Name{"windows31j", Encoding::kCp932}, Name{"ms932", Encoding::kCp932},
};

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

}  // namespace

std::optional<Encoding> encoding_of(std::string_view name) {
  std::string plain = portal::text::ascii_lower(name);
  std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
  const auto found = std::ranges::find(kNames, plain, &Name::name);
  if (found == kNames.end()) return std::nullopt;
  return found->encoding;
}

portal::Result<Encoding> detect_encoding(LineSource& lines) {
  const Decoder cp932(Encoding::kCp932);
  std::int64_t beyond_ascii = 0;
  std::int64_t not_utf8 = 0;
  std::int64_t not_cp932 = 0;
  std::int64_t first_neither = 0;
  bool marked = false;
  for (std::int64_t number = 1; const auto line = lines.next(); ++number) {
    if (number == 1) marked = line->starts_with("\xEF\xBB\xBF");
    if (is_ascii(*line)) continue;
    ++beyond_ascii;
    const bool utf8 = portal::text::valid_utf8(*line);
    // Only a line that is not UTF-8 is tried as CP932.
    const bool neither = !utf8 && !cp932.decode(*line);
    not_utf8 += utf8 ? 0 : 1;
    not_cp932 += utf8 || neither ? 1 : 0;
    if (neither && first_neither == 0) first_neither = number;
  }
  lines.rewind();
  if (marked || not_utf8 * 2 <= beyond_ascii) return Encoding::kUtf8;
  if (not_cp932 * 2 <= beyond_ascii) return Encoding::kCp932;
  return portal::refused(std::to_string(first_neither) +
                         ": is neither UTF-8 nor Shift_JIS (CP932): save the file as CSV UTF-8");
}

Decoder::Decoder(Encoding encoding) {
  if (encoding == Encoding::kUtf8) return;
  iconv_ = iconv_open("UTF-8", "CP932");
  // NOLINTNEXTLINE: iconv's way to say so
  if (iconv_ == reinterpret_cast<void*>(-1)) throw std::runtime_error("iconv lacks CP932");
}

Decoder::~Decoder() {
  if (iconv_ != nullptr) iconv_close(iconv_);
}

std::optional<std::string> Decoder::decode(std::string_view line) const {
  if (iconv_ == nullptr || is_ascii(line)) {
    if (!portal::text::valid_utf8(line)) return std::nullopt;
    return std::string(line);
  }
  std::string given(line);
  std::string text(line.size() * 3, '\0');  // a byte becomes a half-width katakana, at most
  char* from = given.data();
  std::size_t from_left = given.size();
  char* to = text.data();
  std::size_t to_left = text.size();
  const auto done = iconv(iconv_, &from, &from_left, &to, &to_left);
  if (done == static_cast<std::size_t>(-1)) {
    iconv(iconv_, nullptr, nullptr, nullptr, nullptr);
    return std::nullopt;
  }
  text.resize(text.size() - to_left);
  if (!portal::text::valid_utf8(text)) return std::nullopt;
  return text;
}

}  // namespace portalctl
