#include "core/view/stylesheet.h"

#include <Poco/Base64Encoder.h>
#include <Poco/SHA2Engine.h>

#include <algorithm>
#include <sstream>

namespace portal {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

// Beside these no white space is needed. A colon is not among them: before one, white space is the
// descendant combinator (`a :hover`), and plus and minus need theirs within calc().
bool stands_alone(char c) {
  return std::string_view("{};,>").find(c) != std::string_view::npos;
}

// The length of the string that begins at the front with its quote.
std::size_t string_length(std::string_view css) {
  std::size_t end = 1;
  while (end < css.size() && css[end] != css.front()) end += css[end] == '\\' ? 2 : 1;
  return std::min(end + 1, css.size());
}

// The length of the comment or white space at the front; 0 if there is neither.
std::size_t blank_length(std::string_view css) {
  if (css.starts_with("/*")) return std::min(css.find("*/", 2), css.size() - 2) + 2;
  return std::min(css.find_first_not_of(kSpace), css.size());
}

}  // namespace

std::string compact_css(std::string_view css) {
  std::string compact;
  bool blank = false;
  while (!css.empty()) {
    if (const std::size_t length = blank_length(css); length > 0) {
      blank = true;
      css.remove_prefix(length);
      continue;
    }
    const char c = css.front();
    const char last = compact.empty() ? '{' : compact.back();
    if (blank && !stands_alone(last) && last != ':' && !stands_alone(c)) compact += ' ';
    if (c == '}' && last == ';') compact.pop_back();
    const std::size_t length = c == '"' || c == '\'' ? string_length(css) : 1;
    compact += css.substr(0, length);
    css.remove_prefix(length);
    blank = false;
  }
  return compact;
}

std::string style_source(std::string_view css) {
  Poco::SHA2Engine digest(Poco::SHA2Engine::SHA_256);
  digest.update(css.data(), css.size());
  std::ostringstream base64;
  Poco::Base64Encoder encoder(base64);
  for (const unsigned char byte : digest.digest()) encoder.put(static_cast<char>(byte));
  encoder.close();
  return "'sha256-" + base64.str() + "'";
}

}  // namespace portal
