#include "core/mail/bounce/private/fields.h"

#include <algorithm>

#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {
namespace {

constexpr std::size_t kMostFields = 500;
constexpr std::size_t kMostOfValue = 8192;
constexpr std::size_t kMostOfLoose = 65536;

std::size_t colon_of(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return colon;
  const std::string_view name = trimmed(line.substr(0, colon));
  const bool is_name =
      !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f; });
  return is_name && !is_space(line.front()) ? colon : std::string_view::npos;
}

// The value of a parameter at the front of `rest`, perhaps in quotes.
std::string take_value(std::string_view& rest) {
  std::string value;
  rest = trimmed(rest);
  const bool quoted = rest.starts_with('"');
  std::size_t at = quoted ? 1 : 0;
  for (; at < rest.size() && rest[at] != (quoted ? '"' : ';'); ++at) {
    if (quoted && rest[at] == '\\' && at + 1 < rest.size()) ++at;
    value += rest[at];
  }
  rest.remove_prefix(std::min(rest.size(), rest.find(';', at)));
  return std::string(trimmed(value));
}

}  // namespace

std::string_view Fields::get(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &Field::name);
  return found == fields_.end() ? std::string_view() : std::string_view(found->value);
}

bool Fields::has(std::string_view name) const {
  return std::ranges::find(fields_, name, &Field::name) != fields_.end();
}

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool begins_field(std::string_view line) {
  return !line.empty() && colon_of(line) != std::string_view::npos;
}

Header take_header(std::string_view& text) {
  Header header;
  std::size_t count = 0;
  std::string* value = nullptr;                       // of the field that a folded line continues
  while (!text.empty() && !text.starts_with("--")) {  // a boundary ends it without an empty line
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (is_space(line.front())) {
      if (value != nullptr && value->size() < kMostOfValue)
        value->append(" ").append(trimmed(line).substr(0, kMostOfValue));
      continue;
    }
    const auto colon = colon_of(line);
    value = nullptr;
    if (colon == std::string_view::npos) {
      if (header.loose.size() < kMostOfLoose)
        header.loose.append(line.substr(0, kMostOfLoose)).append("\n");
    } else if (++count <= kMostFields) {
      const std::string_view rest = line.substr(colon + 1).substr(0, kMostOfValue);
      Field field{lower(trimmed(line.substr(0, colon))), std::string(trimmed(rest))};
      value = &header.fields.add(std::move(field)).value;
    }
  }
  return header;
}

MediaType media_type_of(std::string_view content_type) {
  MediaType type;
  std::string_view rest = content_type;
  type.name = lower(take_value(rest));
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the semicolon
    const auto equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos) break;
    const std::string name = lower(trimmed(rest.substr(0, equals)));
    rest.remove_prefix(equals);
    if (rest.front() == ';') continue;
    rest.remove_prefix(1);
    const std::string value = take_value(rest);
    if (name == "boundary") type.boundary = value;
    if (name == "charset") type.charset = lower(value);
    if (name == "report-type") type.report_type = lower(value);
  }
  return type;
}

}  // namespace portal::mail::bounce
