// Secret: text that is wiped when it is no longer needed (a password, or what contains one).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace portal {

// Overwrites the characters, in a way that the compiler cannot remove, and empties the string.
void wipe(std::string& text);

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text) : text_(text) {}
  Secret(const Secret& other) = default;
  // Swaps, because a moved-from string may keep its characters in its small buffer.
  Secret(Secret&& other) noexcept { text_.swap(other.text_); }
  Secret& operator=(Secret other) noexcept {
    text_.swap(other.text_);
    return *this;
  }
  ~Secret() { wipe(text_); }

  // Valid as long as this object lives.
  std::string_view view() const { return text_; }

 private:
  std::string text_;
};

}  // namespace portal
