#include "core/command/visible_output.h"

#include <iostream>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Shows all but the white space that is meant.
std::string harmless(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    auto end = text.find_first_of("\n\t");
    if (end == std::string_view::npos) end = text.size();
    std::size_t next = std::min(end + 1, text.size());
    if (end > 0 && end < text.size() && text[end] == '\n' && text[end - 1] == '\r') --end;
    shown += text::visible(text.substr(0, end));
    shown += text.substr(end, next - end);
    text.remove_prefix(next);
  }
  return shown;
}

}  // namespace

// Takes the place of a stream's buffer, and hands whole lines on, or what is there at a flush.
class VisibleOutput::Filter : public std::streambuf {
 public:
  explicit Filter(std::ostream& stream) : stream_(stream), to_(stream.rdbuf(this)) {}
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;
  ~Filter() override {
    sync();
    stream_.rdbuf(to_);
  }

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
  }

  std::streamsize xsputn(const char* text, std::streamsize size) override {
    pending_.append(text, static_cast<std::size_t>(size));
    const auto lines = pending_.rfind('\n') + 1;  // 0: none
    return write(lines) ? size : 0;
  }

  int sync() override { return write(pending_.size()) && to_->pubsync() == 0 ? 0 : -1; }

 private:
  // Writes so many pending bytes. False: it failed.
  bool write(std::size_t bytes) {
    if (bytes == 0) return true;
    const std::string_view given = std::string_view(pending_).substr(0, bytes);
    const bool marked = begins_ && given.starts_with(kByteOrderMark);
    std::string shown(marked ? kByteOrderMark : "");
    shown += harmless(given.substr(shown.size()));
    begins_ = false;
    pending_.erase(0, bytes);
    const auto size = static_cast<std::streamsize>(shown.size());
    return to_->sputn(shown.data(), size) == size;
  }

  std::ostream& stream_;
  std::streambuf* to_;
  std::string pending_;
  bool begins_ = true;  // nothing was written yet
};

VisibleOutput::VisibleOutput()
    : output_(std::make_unique<Filter>(std::cout)), error_(std::make_unique<Filter>(std::cerr)) {}

VisibleOutput::~VisibleOutput() = default;

}  // namespace portal
