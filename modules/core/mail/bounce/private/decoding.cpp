#include "core/mail/bounce/private/decoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/mail/bounce/private/words.h"
#include "core/text/text.h"

namespace portal::mail::bounce {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64_decoded(std::string_view bytes) {
  std::string decoded;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    const auto value = kBase64.find(c);
    if (value == std::string_view::npos) continue;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    if (++count % 4 == 1) continue;
    decoded +=
        static_cast<char>(bits >> (6U - 2U * static_cast<unsigned>((count - 1) % 4)) & 0xffU);
  }
  return decoded;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char folded = static_cast<char>(c | 0x20);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

// `underscore` stands for a space in encoded words.
std::string quoted_printable_decoded(std::string_view bytes, bool underscore = false) {
  std::string decoded;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string_view rest = bytes.substr(i + 1);
    if (bytes[i] == '=' && rest.starts_with('\n')) {
      ++i;  // a line that goes on
    } else if (bytes[i] == '=' && rest.size() > 1 && hex_digit(rest[0]) >= 0 &&
               hex_digit(rest[1]) >= 0) {
      decoded += static_cast<char>(hex_digit(rest[0]) * 16 + hex_digit(rest[1]));
      i += 2;
    } else {
      decoded += underscore && bytes[i] == '_' ? ' ' : bytes[i];
    }
  }
  return decoded;
}

// Text has spaces within its lines, and base64 has none.
bool looks_like_base64(std::string_view bytes) {
  const std::string_view text = trimmed(bytes.substr(0, 4096));
  return !text.empty() && text.find_first_of(" :<>@") == std::string_view::npos;
}

class Converter {
 public:
  explicit Converter(const char* charset) : iconv_(iconv_open("UTF-8", charset)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (*this) iconv_close(iconv_);
  }
  // NOLINTNEXTLINE: iconv's way to say so
  explicit operator bool() const { return iconv_ != reinterpret_cast<iconv_t>(-1); }

  // A byte that is none of the set becomes `?`.
  std::string convert(std::string_view bytes) {
    std::string from(bytes);
    char* in = from.data();
    std::size_t in_left = from.size();
    std::string converted;
    std::array<char, 4096> buffer{};
    while (in_left > 0) {
      char* out = buffer.data();
      std::size_t out_left = buffer.size();
      const bool failed = iconv(iconv_, &in, &in_left, &out, &out_left) == std::size_t(-1);
      converted.append(buffer.data(), buffer.size() - out_left);
      if (!failed || out_left < 16) continue;  // the buffer was full
      converted += '?';
      ++in;
      --in_left;
    }
    return converted;
  }

 private:
  iconv_t iconv_;
};

struct Charset {
  std::string_view name;  // as mails name it
  const char* of_iconv;   // as glibc names it, or what mail systems really mean
};
// Only these are given to iconv: what stands in a mail is anybody's choice.
constexpr std::array<Charset, 27> kCharsets = {{{"iso-2022-jp", "ISO-2022-JP-3"},
                                                {"shift_jis", "CP932"},
                                                {"shift-jis", "CP932"},
                                                {"x-sjis", "CP932"},
                                                {"windows-31j", "CP932"},
                                                {"cp932", "CP932"},
                                                {"euc-jp", "EUC-JP"},
                                                {"iso-8859-1", "CP1252"},
                                                {"windows-1252", "CP1252"},
                                                {"iso-8859-2", "ISO-8859-2"},
                                                {"windows-1250", "CP1250"},
                                                {"iso-8859-5", "ISO-8859-5"},
                                                {"iso-8859-9", "CP1254"},
                                                {"windows-1254", "CP1254"},
                                                {"iso-8859-15", "ISO-8859-15"},
                                                {"windows-1251", "CP1251"},
                                                {"koi8-r", "KOI8-R"},
                                                {"koi8-u", "KOI8-U"},
                                                {"gb2312", "GB18030"},
                                                {"gbk", "GB18030"},
                                                {"gb18030", "GB18030"},
                                                {"big5", "BIG5-HKSCS"},
                                                {"euc-kr", "CP949"},
                                                {"ks_c_5601-1987", "CP949"},
                                                {"iso-2022-kr", "ISO-2022-KR"},
                                                {"utf-16", "UTF-16"},
                                                {"utf-7", "UTF-7"}}};

// The name for iconv, or null for UTF-8.
const char* charset_for_iconv(std::string_view charset, std::string_view bytes) {
  const auto* known = std::ranges::find(kCharsets, charset, &Charset::name);
  if (known != kCharsets.end()) return known->of_iconv;
  const bool japanese = bytes.find("\x1b$") != std::string_view::npos;
  return japanese ? kCharsets.front().of_iconv : nullptr;
}

struct Entity {
  std::string_view name, text;
};
constexpr std::array<Entity, 7> kEntities = {{{"lt", "<"},
                                              {"gt", ">"},
                                              {"amp", "&"},
                                              {"quot", "\""},
                                              {"nbsp", " "},
                                              {"#39", "'"},
                                              {"#64", "@"}}};
constexpr std::size_t kLongestEntity = 6;
constexpr std::array<std::string_view, 11> kBlocks = {"p",  "br", "div", "tr", "li", "pre",
                                                      "td", "h1", "h2",  "h3", "hr"};

// The character for the entity behind an `&`, and its length; an unknown one stands for itself.
std::pair<std::string_view, std::size_t> entity_at(std::string_view rest) {
  const auto end = rest.substr(0, kLongestEntity).find(';');
  const auto* known = std::ranges::find(
      kEntities, end == std::string_view::npos ? std::string_view() : rest.substr(0, end),
      &Entity::name);
  if (known == kEntities.end()) return {"&", 0};
  return {known->text, end + 1};
}

// `name` of `<name …>` or `</name>`.
std::string tag_name(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  std::size_t size = 0;
  while (size < tag.size() && is_alnum(tag[size])) ++size;
  return lower(tag.substr(0, std::min<std::size_t>(size, 10)));
}

struct EncodedWord {
  std::string text;
  std::size_t size = 0;  // 0: there is none
};

// Reads `=?charset?B?text?=` at the front.
EncodedWord encoded_word_at(std::string_view text) {
  constexpr std::size_t kLongest = 1000;  // RFC 2047 §2 allows 75, and few keep to it
  text = text.substr(0, kLongest);
  const auto charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size()) return {};
  const char encoding = static_cast<char>(text[charset_end + 1] | 0x20);
  const auto begin = charset_end + 3;
  const auto end = text.find("?=", begin);
  if (text[charset_end + 2] != '?' || end == std::string_view::npos) return {};
  const std::string_view content = text.substr(begin, end - begin);
  const std::string bytes =
      encoding == 'b' ? base64_decoded(content) : quoted_printable_decoded(content, true);
  return {utf8_of(bytes, lower(text.substr(2, charset_end - 2))), end + 2};
}

}  // namespace

std::string with_line_feeds(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    if (bytes[i] != '\r') {
      text += bytes[i] == '\0' ? ' ' : bytes[i];
      ++i;
      continue;
    }
    const auto end = std::min(bytes.find_first_not_of('\r', i), bytes.size());
    const bool of_line_feed = end < bytes.size() && bytes[end] == '\n';
    if (!of_line_feed) text.append(end - i, '\n');
    i = end;
  }
  return text;
}

std::string transfer_decoded(std::string_view bytes, std::string_view encoding) {
  const std::string name = lower(trimmed(encoding));
  if (name == "base64" && looks_like_base64(bytes)) return with_line_feeds(base64_decoded(bytes));
  if (name == "quoted-printable") return with_line_feeds(quoted_printable_decoded(bytes));
  return std::string(bytes);
}

std::string utf8_of(std::string_view bytes, std::string_view charset) {
  if (const char* name = charset_for_iconv(charset, bytes); name != nullptr) {
    if (Converter converter(name); converter) return text::repaired(converter.convert(bytes));
  }
  return text::repaired(bytes);
}

std::string text_of_html(std::string_view html) {
  std::string words;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '&') {
      const auto [text, size] = entity_at(html.substr(i + 1));
      words += text;
      i += size;
    } else if (html[i] == '<') {
      const std::string name = tag_name(html.substr(i + 1, 12));
      const bool hidden = name == "style" || name == "script";
      const bool opens = !html.substr(i + 1).starts_with('/');
      const auto end = hidden && opens ? html.find("</" + name, i) : i;
      const auto close = end == std::string_view::npos ? end : html.find('>', end);
      if (close == std::string_view::npos) break;
      i = close;
      if (std::ranges::find(kBlocks, name) != kBlocks.end()) words += '\n';
    } else {
      words += html[i];
    }
  }
  return words;
}

std::string words_decoded(std::string_view value) {
  std::string decoded;
  std::size_t last_word_end = std::string::npos;  // spaces between two words do not count
  for (std::size_t i = 0; i < value.size();) {
    const auto word =
        value.substr(i).starts_with("=?") ? encoded_word_at(value.substr(i)) : EncodedWord();
    if (word.size == 0) {
      decoded += value[i++];
      continue;
    }
    if (last_word_end != std::string::npos &&
        trimmed(std::string_view(decoded).substr(last_word_end)).empty())
      decoded.resize(last_word_end);
    decoded += word.text;
    last_word_end = decoded.size();
    i += word.size;
  }
  return decoded;
}

}  // namespace portal::mail::bounce
