#include "core/http/canonical_target.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>

#include "core/text/text.h"

namespace portal {
namespace {

// What may stand behind an address in a text or be typed with it, after nfkc(), which makes ） and
// ， plain. No path of the portal ends with one of them.
constexpr auto kNotAtTheEnd = std::to_array<std::string_view>(
    {"/", ".",  ",",  ";",  ":",  "!",  "?",  ")",  "]",  "}",  ">",  "=", "\"", "'",
     "*", "\\", "。", "、", "・", "」", "』", "】", "〕", "〉", "》", "”", "’",  "…"});

// The one path that ends with a slash (contract.md §1).
constexpr std::string_view kDesk = "/desk/";

// Nearly every request's path is right and made of nothing else.
bool is_right_at_sight(std::string_view path) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyz0123456789-_/";
  return path.starts_with('/') && path.find_first_not_of(kPlain) == std::string_view::npos &&
         path.find("//") == std::string_view::npos && (path.size() == 1 || !path.ends_with('/'));
}

// Whether the last character may stand behind an address, and how many bytes it has; 0: it is part
// of the path. It reads from the right, so that a path of nothing else takes one pass.
std::size_t tail_of(std::string_view path) {
  if (path.empty()) return 0;
  for (const auto tail : kNotAtTheEnd) {
    if (path.ends_with(tail)) return tail.size();
  }
  std::size_t bytes = 1;
  while (bytes < path.size() && (path[path.size() - bytes] & 0xC0) == 0x80) ++bytes;
  const auto last = path.substr(path.size() - bytes);
  return text::trim(last).empty() ? bytes : 0;
}

std::string_view without_tail(std::string_view path) {
  path = text::trim(path);
  for (auto tail = tail_of(path); tail > 0; tail = tail_of(path)) path.remove_suffix(tail);
  return path;
}

std::string with_single_slashes(std::string_view path) {
  std::string result = "/";
  for (const char c : path) {
    if (c != '/' || result.back() != '/') result += c;
  }
  return result;
}

}  // namespace

std::optional<std::string> decoded_path(std::string_view uri) {
  const std::string raw(uri.substr(0, uri.find('?')));
  std::string path;
  try {
    Poco::URI::decode(raw, path);
  } catch (const Poco::SyntaxException&) {
    return std::nullopt;
  }
  if (!path.starts_with('/') || !text::valid_utf8(path)) return std::nullopt;
  return path;
}

std::optional<std::string> canonical_target(std::string_view uri) {
  const auto mark = std::min(uri.size(), uri.find('?'));
  if (is_right_at_sight(uri.substr(0, mark))) return std::nullopt;
  const auto path = decoded_path(uri);
  if (!path || *path == kDesk) return std::nullopt;
  const std::string plain = text::ascii_lower(text::nfkc(*path));
  const std::string right = with_single_slashes(without_tail(plain));
  if (right == *path) return std::nullopt;
  std::string target;
  Poco::URI::encode(right, "?#%\\", target);
  return target.append(uri.substr(mark));
}

}  // namespace portal
