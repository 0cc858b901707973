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

// Whether the line switches to kanji or half-width katakana as ISO-2022-JP does.
bool is_jis(std::string_view line) {
  constexpr std::array<std::string_view, 4> kSwitches = {"\x1B$B", "\x1B$@", "\x1B$(", "\x1B(I"};
  return std::ranges::any_of(kSwitches,
                             [&](auto to) { return line.find(to) != std::string_view::npos; });
}

// Whether the line is valid EUC-JP: all its kanji and kana are pairs of bytes from 0xA1 on. CP932
// has kana and most kanji of a roster in pairs that begin below that.
bool is_euc(std::string_view line) {
  constexpr unsigned char kHalfWidth = 0x8E;   // one of half-width katakana follows
  constexpr unsigned char kSupplement = 0x8F;  // a pair follows
  const auto high = [&](std::size_t i) {
    return i < line.size() && static_cast<unsigned char>(line[i]) > 0xA0;
  };
  for (std::size_t i = 0; i < line.size();) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if (byte < 0x80) {
      ++i;
    } else if (byte == kSupplement && high(i + 1) && high(i + 2)) {
      i += 3;
    } else if ((byte == kHalfWidth || byte > 0xA0) && high(i + 1)) {
      i += 2;
    } else {
      return false;
    }
  }
  return true;
}

// How many lines may be in which encoding.
struct LineCounts {
  std::int64_t beyond_ascii = 0;
  std::int64_t not_utf8 = 0;
  std::int64_t not_cp932 = 0;                                    // and not UTF-8
  std::int64_t euc = 0;                                          // and not UTF-8
  std::int64_t first_neither = 0, first_euc = 0, first_jis = 0;  // their numbers; 0: none

  void add(std::string_view line, std::int64_t number, const Decoder& cp932) {
    if (is_ascii(line)) {
      if (first_jis == 0 && is_jis(line)) first_jis = number;
      return;
    }
    ++beyond_ascii;
    if (portal::text::valid_utf8(line)) return;
    ++not_utf8;
    if (is_euc(line)) {
      ++euc;
      if (first_euc == 0) first_euc = number;
    }
    if (cp932.decode(line)) return;
    ++not_cp932;
    if (first_neither == 0) first_neither = number;
  }
};

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
  LineCounts counts;
  bool marked = false;
  for (std::int64_t number = 1; const auto line = lines.next(); ++number) {
    if (number == 1) marked = line->starts_with("\xEF\xBB\xBF");
    counts.add(*line, number, cp932);
  }
  lines.rewind();
  if (counts.beyond_ascii == 0 && counts.first_jis > 0) {
    return portal::refused(std::to_string(counts.first_jis) +
                           ": is in JIS (ISO-2022-JP): save the file as \"CSV UTF-8\"");
  }
  if (marked || counts.not_utf8 * 2 <= counts.beyond_ascii) return Encoding::kUtf8;
  if (counts.euc * 2 > counts.beyond_ascii) {
    return portal::refused(std::to_string(counts.first_euc) +
                           ": is in EUC-JP: save the file as \"CSV UTF-8\"");
  }
  if (counts.not_cp932 * 2 <= counts.beyond_ascii) return Encoding::kCp932;
  return portal::refused(
      std::to_string(counts.first_neither) +
      ": is neither UTF-8 nor Shift_JIS (CP932): save the file as \"CSV UTF-8\"");
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
