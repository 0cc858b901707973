#include "core/form/form.h"

#include <Poco/URI.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/secret.h"
#include "core/text/text.h"

namespace portal {
namespace {

// The byte that %XX stands for. Nothing if no two hexadecimal digits begin the text.
std::optional<char> byte_of(std::string_view digits) {
  constexpr std::size_t kDigits = 2;
  unsigned char byte = 0;
  const auto* const end = digits.data() + std::min(digits.size(), kDigits);
  const auto read = std::from_chars(digits.data(), end, byte, 16);
  if (digits.size() < kDigits || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return static_cast<char>(byte);
}

// Not by Poco: a string that grows leaves parts of a password in memory that it has given back.
std::optional<std::string> decoded(std::string_view encoded) {
  std::string text;
  text.reserve(encoded.size());
  for (; !encoded.empty(); encoded.remove_prefix(1)) {
    if (encoded.front() == '%') {
      const auto byte = byte_of(encoded.substr(1));
      if (!byte) return std::nullopt;
      text += *byte;
      encoded.remove_prefix(2);
    } else {
      text += encoded.front() == '+' ? ' ' : encoded.front();
    }
  }
  if (!text::valid_utf8(text)) return std::nullopt;
  return text;
}

std::string encoded(const std::string& text) {
  std::string result;
  Poco::URI::encode(text, "&=+?#/:;$,!'()*", result);
  return result;
}

}  // namespace

Form::~Form() {
  for (auto& [name, value] : fields_) wipe(value);
}

Result<Form> Form::decode(std::string_view encoded) {
  Form form;
  while (!encoded.empty()) {
    const std::string_view pair = encoded.substr(0, encoded.find('&'));
    encoded.remove_prefix(std::min(encoded.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = decoded(pair.substr(0, equals));
    auto value = decoded(pair.substr(std::min(pair.size(), equals + 1)));
    if (!name || !value) return refused("a form field is no percent-encoded UTF-8 text");
    const bool is_new = form.fields_.emplace(*name, std::move(*value)).second;
    if (!is_new) return refused("a form field comes twice");
  }
  return form;
}

std::string Form::encode() const {
  std::string result;
  for (const auto& [name, value] : fields_) {
    if (!result.empty()) result += '&';
    result += encoded(name) + '=' + encoded(value);
  }
  return result;
}

std::string_view Form::get(std::string_view name) const {
  const auto found = fields_.find(name);
  return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

bool Form::has(std::string_view name) const {
  return fields_.contains(name);
}

void Form::set(std::string_view name, std::string_view value) {
  fields_.insert_or_assign(std::string(name), std::string(value));
}

void Form::remove(std::string_view name) {
  if (const auto found = fields_.find(name); found != fields_.end()) {
    wipe(found->second);
    fields_.erase(found);
  }
}

}  // namespace portal
