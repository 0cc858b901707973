// HTML that is right as it stands: what was somebody's text is escaped in it. So it can become a
// part of a page without ctemplate.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace portal {

class Html {
 public:
  Html() = default;
  const std::string& text() const { return text_; }
  std::string take() && { return std::move(text_); }

 private:
  friend class Mould;
  friend class View;
  friend Html escaped(std::string_view text);
  explicit Html(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// A text as ctemplate writes it within an element, or within an attribute that is quoted.
Html escaped(std::string_view text);

}  // namespace portal
