#include "core/mail/bounce/private/parts.h"

#include <algorithm>
#include <array>

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {
namespace {

constexpr int kDeepest = 8;
constexpr std::size_t kMostParts = 100;
constexpr std::size_t kLongestBoundary = 200;  // RFC 2046 §5.1.1 allows 70

// The header may follow an mbox separator, empty lines, or a second header that a gateway put
// before it.
Header take_message_header(std::string_view& text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  if (text.starts_with("From ") || text.starts_with(">From ")) take_line(text);
  Header header = take_header(text);
  const std::string_view next = text.substr(0, text.find('\n'));
  const bool goes_on = !header.fields.has("content-type") && !header.fields.has("subject") &&
                       (begins_field(next) || next.starts_with("From "));
  if (!goes_on) return header;
  Header more = take_header(text);
  for (const auto& field : more.fields) header.fields.add(field);
  header.loose += more.loose;
  return header;
}

// The boundary that really stands there: a line of two hyphens before the header of a part.
std::string boundary_in(std::string_view body) {
  while (!body.empty()) {
    const std::string_view line = trimmed(take_line(body));
    const bool fits = line.starts_with("--") && line.size() > 2 && line.size() <= kLongestBoundary;
    if (fits && lower(body.substr(0, 8)) == "content-") return std::string(line.substr(2));
  }
  return "";
}

class Reader {
 public:
  explicit Reader(std::vector<Part>& parts) : parts_(parts) {}

  void read(Header header, std::string_view body, int depth) {
    const std::string_view content_type = header.fields.get("content-type");
    const MediaType type = media_type_of(content_type);
    const bool multipart = type.name.starts_with("multipart");
    if (depth < kDeepest && (multipart || (depth == 0 && content_type.empty()))) {
      if (read_parts(body, type.boundary, depth + 1)) return;
      if (read_parts(body, boundary_in(body), depth + 1)) return;
    }
    add(std::move(header), body, multipart || type.name.empty() ? "text/plain" : type.name,
        type.charset);
  }

 private:
  void add(Header header, std::string_view body, const std::string& type,
           const std::string& charset) {
    if (parts_.size() == kMostParts) return;
    const std::string encoding(header.fields.get("content-transfer-encoding"));
    std::string text = transfer_decoded(header.loose, encoding);
    text += (text.empty() ? "" : "\n") + transfer_decoded(body, encoding);
    Part part{std::move(header.fields), type, std::move(text)};
    // The message within says itself in which character set it is.
    if (!is_message(part)) part.text = utf8_of(part.text, charset);
    parts_.push_back(std::move(part));
  }

  // What begins without a field of MIME has no header, even if its first line has a colon.
  void read_part(std::string_view part, int depth) {
    std::string_view body = part;
    Header header = take_header(body);
    const bool is_header = std::ranges::any_of(
        header.fields, [](const Field& field) { return field.name.starts_with("content-"); });
    if (!is_header) return read({}, part, depth);
    read(std::move(header), body, depth);
  }

  // False if there are no parts between lines with that boundary.
  bool read_parts(std::string_view body, const std::string& boundary, int depth) {
    if (boundary.empty() || boundary.size() > kLongestBoundary) return false;
    const std::size_t parts_before = parts_.size();
    const std::string delimiter = "--" + boundary;
    const char* begin = nullptr;  // of the part; none before the first delimiter
    bool done = false;
    while (!done && parts_.size() < kMostParts) {
      const char* line_begin = body.data();
      done = body.empty();
      const std::string_view line = take_line(body);
      if (!done && !line.starts_with(delimiter)) continue;
      const std::string_view behind =
          done ? std::string_view() : trimmed(line.substr(delimiter.size()));
      if (!behind.empty() && behind != "--") continue;  // a longer boundary, of an inner multipart
      if (begin != nullptr) {
        read_part({begin, static_cast<std::size_t>(line_begin - begin)}, depth);
      }
      begin = behind.empty() ? body.data() : nullptr;
    }
    return parts_.size() > parts_before;
  }

  std::vector<Part>& parts_;
};

bool is_among(std::string_view type, const auto& types) {
  return std::ranges::find(types, type) != types.end();
}

}  // namespace

Message read_message(std::string_view text) {
  Message message;
  Header header = take_message_header(text);
  message.fields = header.fields;
  message.report_type = media_type_of(header.fields.get("content-type")).report_type;
  Reader(message.parts).read(std::move(header), text, 0);
  return message;
}

bool is_message(const Part& part) {
  constexpr std::array<std::string_view, 2> kTypes = {"message/rfc822", "message/global"};
  return is_among(part.type, kTypes);
}

bool is_header(const Part& part) {
  constexpr std::array<std::string_view, 4> kTypes = {"text/rfc822-headers", "text/rfc822-header",
                                                      "message/rfc822-headers",
                                                      "message/global-headers"};
  return is_among(part.type, kTypes);
}

bool is_delivery_status(const Part& part) {
  constexpr std::array<std::string_view, 2> kTypes = {"message/delivery-status",
                                                      "message/global-delivery-status"};
  return is_among(part.type, kTypes);
}

}  // namespace portal::mail::bounce
