#include "core/base/properties.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kLargest = std::size_t{1024} * 1024;  // bytes; ours have a few thousand
constexpr std::size_t kShown = 60;                          // bytes of a line in a message
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSpaces = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(kSpaces)));
  return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

Error wrong_line(const std::string& path, std::size_t line, const std::string& what) {
  return refused(path + ", line " + std::to_string(line) + ": " + what);
}

// Nothing is read that does not end, such as /dev/zero.
Result<std::string> content_of(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return refused(path + ": cannot be read (" + system_error() + ")");
  struct stat status {};
  if (::fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return refused(path + ": cannot be read (it is a folder)");
  }
  std::string content;
  std::array<char, 16384> part{};
  for (;;) {
    const auto got = ::read(file.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(path + ": cannot be read (" + system_error() + ")");
    if (got == 0) return content;
    content.append(part.data(), static_cast<std::size_t>(got));
    if (content.size() > kLargest)
      return refused(path + ": is larger than 1 MiB: is it the right file?");
  }
}

// What is wrong with the bytes of a line, or nothing.
std::optional<std::string> complaint(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) return "has a NUL in it: was it saved as UTF-16?";
  if (!text::valid_utf8(line)) return "is no UTF-8: save the file as UTF-8";
  const auto is_control = [](char c) { return (c >= '\1' && c < ' ' && c != '\t') || c == '\x7f'; };
  if (std::ranges::any_of(line, is_control)) return "has a control character in it";
  return std::nullopt;
}

bool is_name(std::string_view name) {
  const auto is_of_a_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  bool in_part = false;
  for (const char c : name) {
    if (c == '.' ? !in_part : !is_of_a_part(c)) return false;
    in_part = c != '.';
  }
  return in_part;
}

// The lines of a text, without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() {
    if (rest_.empty()) return std::nullopt;
    ++number_;
    const auto line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    return trimmed(line);
  }
  std::size_t number() const { return number_; }  // of the last one

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

// Appends a line of a value to it. True if the value goes on in the next line.
bool append(std::string& value, std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] != '\\') {
      value += line[at];
      continue;
    }
    if (++at == line.size()) return true;
    value += line[at] == 't' ? '\t' : line[at];
  }
  return false;
}

// The property that begins in `line`; it takes further lines if it goes on there.
Result<Property> read_property(const std::string& path, std::string_view line, Lines& lines) {
  Property property{lines.number(), "", ""};
  const auto separator = line.find_first_of("=:");
  property.name = trimmed(line.substr(0, separator));
  if (separator == std::string_view::npos || !is_name(property.name)) {
    return wrong_line(path, property.line,
                      "expected NAME = VALUE, found: " + text::visible(text::cut(line, kShown)));
  }
  bool goes_on = append(property.value, trimmed(line.substr(separator + 1)));
  while (goes_on) {
    const auto next = lines.next();
    if (!next) break;
    if (const auto wrong = complaint(*next)) return wrong_line(path, lines.number(), *wrong);
    goes_on = append(property.value, *next);
  }
  property.value = trimmed(property.value);
  return property;
}

}  // namespace

Result<std::vector<Property>> read_properties(const std::string& path) {
  const auto content = content_of(path);
  if (!content) return content.error();
  std::string_view text = *content;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<Property> properties;
  Lines lines(text);
  while (const auto line = lines.next()) {
    if (const auto wrong = complaint(*line)) return wrong_line(path, lines.number(), *wrong);
    if (line->empty() || line->starts_with('#') || line->starts_with('!')) continue;
    auto property = read_property(path, *line, lines);
    if (!property) return property.error();
    properties.push_back(std::move(*property));
  }
  return properties;
}

}  // namespace portal
