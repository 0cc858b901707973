#include "core/view/mould.h"

#include <charconv>

namespace portal {
namespace {

// Characters that neither a template of ours nor a text of the program has, and that are escaped
// nowhere.
constexpr char kOpen = '\x02';
constexpr char kClose = '\x03';

std::size_t size_of(std::span<const Html> values, std::size_t place) {
  return place < values.size() ? values[place].text().size() : 0;
}

}  // namespace

std::string open_place(std::size_t number) {
  return kOpen + std::to_string(number) + kClose;
}

Mould::Mould(std::string_view text) {
  for (;;) {
    const auto open = text.find(kOpen);
    const auto close = text.find(kClose, open == std::string_view::npos ? text.size() : open);
    if (close == std::string_view::npos) break;
    std::size_t place = 0;
    std::from_chars(text.data() + open + 1, text.data() + close, place);
    parts_.push_back({std::string(text.substr(0, open)), place});
    text.remove_prefix(close + 1);
  }
  end_ = text;
}

Html Mould::fill(std::span<const Html> values) const {
  std::size_t size = end_.size();
  for (const Part& part : parts_) size += part.text.size() + size_of(values, part.place);
  std::string text;
  text.reserve(size);
  for (const Part& part : parts_) {
    text += part.text;
    if (part.place < values.size()) text += values[part.place].text();
  }
  text += end_;
  return Html(std::move(text));
}

}  // namespace portal
