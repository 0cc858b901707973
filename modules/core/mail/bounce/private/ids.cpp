#include "core/mail/bounce/private/ids.h"

#include <algorithm>
#include <array>

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {
namespace {

constexpr std::size_t kMostIds = 8;
constexpr std::size_t kLongestId = 64;

bool in_id(char c) {
  return is_alnum(c) || c == '-' || c == '_';
}

// The characters of an id at the front.
std::string_view id_at(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && size <= kLongestId && in_id(text[size])) ++size;
  return size <= kLongestId ? text.substr(0, size) : std::string_view();
}

// The id in the first address `bounces+ID@domain` of the text, in any case.
std::string id_of_address(std::string_view text, std::string_view bounces) {
  const auto at = bounces.rfind('@');
  if (at == std::string_view::npos) return "";
  const std::string folded = lower(text);
  const std::string begin = lower(bounces.substr(0, at)) + "+";
  const std::string domain = lower(bounces.substr(at));
  for (auto found = folded.find(begin); found != std::string::npos;
       found = folded.find(begin, found + 1)) {
    if (found > 0 && in_id(folded[found - 1])) continue;  // the end of a longer name
    const std::string_view id = id_at(text.substr(found + begin.size()));
    if (!id.empty() && folded.compare(found + begin.size() + id.size(), domain.size(), domain) == 0)
      return std::string(id);
  }
  return "";
}

class Ids {
 public:
  void add(std::string_view id) {
    if (!id.empty() && ids_.size() < kMostIds && std::ranges::find(ids_, id) == ids_.end())
      ids_.emplace_back(id);
  }
  // Of `<ID@portal.example.jp>` at the front, perhaps on the next line.
  void add_message_id(std::string_view value) {
    while (!value.empty() && (is_space(value.front()) || value.front() == '>' ||
                              value.front() == '|' || value.front() == '<'))
      value.remove_prefix(1);
    const auto id = id_at(value);
    if (value.substr(id.size()).starts_with('@')) add(id);
  }
  // Of each field Message-ID in a text, in whatever way the lines are quoted.
  void add_fields_in(std::string_view text) {
    constexpr std::array<std::string_view, 3> kNames = {
        "message-id:", "original-message-id:", "x-original-message-id:"};
    for (std::size_t line = 0; line < text.size() && ids_.size() < kMostIds;) {
      const auto begin = text.find_first_not_of(" \t>|", line);
      if (begin == std::string_view::npos) break;
      const std::string start = lower(text.substr(begin, kNames.back().size()));
      for (const auto name : kNames) {
        if (start.starts_with(name)) add_message_id(text.substr(begin + name.size()));
      }
      line = std::min(text.find('\n', line), text.size() - 1) + 1;
    }
  }
  std::vector<std::string> take() { return std::move(ids_); }

 private:
  std::vector<std::string> ids_;
};

}  // namespace

std::string envelope_id_of(const Fields& header, std::string_view bounces) {
  for (const auto& field : header) {
    if (field.value.find('@') == std::string::npos) continue;
    // An address may be folded, or have its local part in quotes.
    std::string value = words_decoded(field.value);
    std::erase_if(value, [](char c) { return is_space(c) || c == '"'; });
    if (std::string id = id_of_address(value, bounces); !id.empty()) return id;
  }
  return "";
}

std::vector<std::string> copied_ids_of(const Message& message, std::string_view bounces) {
  Ids ids;
  for (const auto& part : message.parts) {
    if (is_message(part) || is_header(part)) ids.add_fields_in(part.text);
  }
  for (const auto& part : message.parts) ids.add_fields_in(part.text);
  for (const auto* name : {"in-reply-to", "references", "x-original-message-id"})
    ids.add_message_id(message.fields.get(name));
  for (const auto& part : message.parts) ids.add(id_of_address(part.text, bounces));
  return ids.take();
}

}  // namespace portal::mail::bounce
