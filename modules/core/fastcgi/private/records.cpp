#include "core/fastcgi/private/records.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "core/base/secret.h"
#include "core/fastcgi/client.h"
#include "core/fastcgi/private/peer.h"

namespace portal::fastcgi {
namespace {

constexpr std::size_t kMiB = std::size_t{1024} * 1024;
constexpr std::size_t kDrained = kMiB;         // bytes read beyond the limit of a body
constexpr std::size_t kMostParameters = kMiB;  // bytes; the log needs some of them in any case
constexpr std::size_t kMostSkipped = kMiB;     // bytes of records that are not the request's

constexpr std::size_t kHeader = 8;
constexpr unsigned char kVersion = 1;
constexpr unsigned char kResponder = 1;

std::size_t number(std::string_view bytes) {
  std::size_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

// What a connection sends, byte by byte, until it ends, fails or is silent.
class Bytes {
 public:
  // Those that are there already, or come first, and no others: they are only looked at.
  static Bytes seen(int connection, std::chrono::milliseconds silence) {
    return {connection, silence, true};
  }
  static Bytes read(int connection, std::chrono::milliseconds silence) {
    return {connection, silence, false};
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() { ::explicit_bzero(buffer_.data(), used_); }  // it may hold a password

  // At least one byte and at most `most` of those that come next; empty at the end. The view is
  // valid until the next call.
  std::string_view next(std::size_t most) {
    if (begin_ == end_) fill();
    const auto size = std::min(most, end_ - begin_);
    const std::string_view part(buffer_.data() + begin_, size);
    begin_ += size;
    return part;
  }

  // Nothing is left of what was received.
  bool empty() const { return begin_ == end_; }

 private:
  Bytes(int connection, std::chrono::milliseconds silence, bool only_looks)
      : connection_(connection), silence_(silence), only_looks_(only_looks) {}

  void fill() {
    const bool is_first = used_ == 0;
    if (only_looks_ && !is_first) return;
    begin_ = 0;
    end_ = only_looks_ ? peek(connection_, buffer_, silence_)
                       : receive(connection_, buffer_, silence_);
    used_ = std::max(used_, end_);
  }

  int connection_;
  std::chrono::milliseconds silence_;
  bool only_looks_;
  std::array<char, 16384> buffer_;  // only the part that is used has a value
  std::size_t used_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

struct Header {
  Type type{};
  std::size_t request = 0;
  std::size_t content = 0;  // bytes
  std::size_t padding = 0;
};

class Reader {
 public:
  Reader(Bytes& bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { wipe(body_); }

  std::optional<Records> read() {
    if (!read_parameters()) return std::nullopt;
    Records records;
    records.request = request_;
    records.bytes = begin_record() + stream(Type::kParameters, kept_);
    records.is_odd = is_odd_;
    // Its end tells libfcgi that nothing is missing.
    records.is_whole = read_stream(Type::kStdin);
    std::string in = stream(Type::kStdin, body_);
    records.bytes.append(in, 0, in.size() - (records.is_whole ? 0 : kHeader));
    wipe(in);
    return records;
  }

  // The request's id, if all of it is there, and nothing in it has to be left out for libfcgi.
  std::optional<std::size_t> look() {
    keeps_body_ = false;
    const bool is_plain = read_parameters() && !is_odd_ && read_stream(Type::kStdin) &&
                          !has_other_records_ && !has_loose_padding_ && bytes_.empty();
    return is_plain ? std::optional(request_) : std::nullopt;
  }

 private:
  // False: the connection ended before. `keep` gets each part of the bytes.
  template <class Keep>
  bool take(std::size_t size, Keep keep) {
    while (size > 0) {
      const auto part = bytes_.next(size);
      if (part.empty()) return false;
      keep(part);
      size -= part.size();
    }
    return true;
  }

  bool skip(std::size_t size) {
    skipped_ += size;
    return skipped_ <= kMostSkipped && take(size, [](std::string_view) {});
  }

  // Padding that libfcgi does not pass over.
  bool skip_loose(const Header& header) {
    if (header.padding > 0) has_loose_padding_ = true;
    return skip(header.padding);
  }

  // Nothing at the end, or if it is no header of FastCGI 1.0.
  std::optional<Header> read_header() {
    std::string bytes;
    if (!take(kHeader, [&](std::string_view part) { bytes += part; })) return std::nullopt;
    const std::string_view view = bytes;
    if (static_cast<unsigned char>(view[0]) != kVersion) return std::nullopt;
    return Header{static_cast<Type>(view[1]), number(view.substr(2, 2)), number(view.substr(4, 2)),
                  number(view.substr(6, 1))};
  }

  // The next header that is not of another request or of the connection (0).
  std::optional<Header> next_header() {
    auto header = read_header();
    while (header && (request_ == 0 ? header->request == 0 : header->request != request_)) {
      has_other_records_ = true;
      skipped_ += kHeader;
      if (!skip(header->content + header->padding)) return std::nullopt;
      header = read_header();
    }
    return header;
  }

  bool read_begin() {
    constexpr std::size_t kContent = 8;
    const auto header = next_header();
    if (!header || header->type != Type::kBegin || header->content != kContent) return false;
    request_ = header->request;
    std::string content;
    if (!take(kContent, [&](std::string_view part) { content += part; })) return false;
    return number(std::string_view(content).substr(0, 2)) == kResponder && skip_loose(*header);
  }

  // Reads the records of a stream to its end. False: it has none, or it is too long.
  bool read_stream(Type type) {
    for (;;) {
      const auto header = next_header();
      if (!header || header->type != type) return false;
      if (header->content == 0) {
        return skip_loose(*header) && (type != Type::kStdin || received_ <= limits_.body);
      }
      const bool fits = take(header->content, [&](std::string_view part) { keep(type, part); }) &&
                        skip(header->padding) && parameters_.size() <= kMostParameters &&
                        received_ <= limits_.body + kDrained;
      if (!fits) return false;
    }
  }

  void keep(Type type, std::string_view part) {
    if (type == Type::kParameters) {
      parameters_ += part;
      return;
    }
    received_ += part.size();
    if (!keeps_body_) return;
    // Of the right size from the start: a string that grows leaves copies of a password behind.
    if (body_.capacity() <= limits_.body) body_.reserve(limits_.body + 1);
    body_ += part.substr(0, limits_.body + 1 - body_.size());
  }

  // Cuts a length off: one byte, or four of which the first bit is set.
  static std::optional<std::size_t> take_length(std::string_view& rest) {
    constexpr std::size_t kLong = 0x80000000;
    if (rest.empty()) return std::nullopt;
    const std::size_t bytes = (static_cast<unsigned char>(rest[0]) & 0x80U) != 0 ? 4 : 1;
    if (rest.size() < bytes) return std::nullopt;
    const auto length = number(rest.substr(0, bytes));
    rest.remove_prefix(bytes);
    return bytes == 1 ? length : length - kLong;
  }

  bool read_parameters() {
    return read_begin() && read_stream(Type::kParameters) && keep_parameters();
  }

  // Keeps the parameters that libfcgi can hold. False: they do not end where they should.
  bool keep_parameters() {
    kept_.reserve(parameters_.size());
    for (std::string_view rest = parameters_; !rest.empty();) {
      const std::string_view whole = rest;
      const auto name = take_length(rest);
      const auto value = name ? take_length(rest) : std::nullopt;
      if (!value || *name > rest.size() || *value > rest.size() - *name) return false;
      const auto pair = rest.substr(0, *name + *value);
      rest.remove_prefix(pair.size());
      if (*name == 0 || pair.find('\0') != std::string_view::npos ||
          pair.substr(0, *name).find('=') != std::string_view::npos) {
        is_odd_ = true;
        continue;
      }
      kept_ += whole.substr(0, whole.size() - rest.size());
    }
    return true;
  }

  Bytes& bytes_;
  const Limits& limits_;
  std::size_t request_ = 0;  // its id; 0: not yet known
  std::size_t skipped_ = 0;
  bool has_other_records_ = false;  // that are not of this request
  bool has_loose_padding_ = false;  // libfcgi would read it as the next record
  std::string parameters_;
  std::string kept_;  // of the parameters, as they came
  bool is_odd_ = false;
  bool keeps_body_ = true;
  std::string body_;
  std::size_t received_ = 0;  // bytes of the body, also those that are not kept
};

}  // namespace

std::optional<std::size_t> find_plain_request(int connection, const Limits& limits) {
  auto bytes = Bytes::seen(connection, limits.silence);
  return Reader(bytes, limits).look();
}

std::optional<Records> read_records(int connection, const Limits& limits) {
  auto bytes = Bytes::read(connection, limits.silence);
  return Reader(bytes, limits).read();
}

}  // namespace portal::fastcgi
