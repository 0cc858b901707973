#include "core/mail/base64.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace portal::mail {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kBytesOfLine = 54;
constexpr std::size_t kCharactersOfLine = kBytesOfLine / 3 * 4;

// Three bytes are four characters; what is missing of the three is padded.
void append(std::string& text, std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t size = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8U | (j < size ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= size ? kAlphabet[bits >> (18U - 6U * j) & 63U] : '=';
    }
  }
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + 4);
  append(text, bytes);
  return text;
}

std::string base64_lines(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() / kBytesOfLine + 1) * (kCharactersOfLine + 2));
  while (!bytes.empty()) {
    const auto line = bytes.substr(0, kBytesOfLine);
    append(text, line);
    text.append("\r\n");
    bytes.remove_prefix(line.size());
  }
  return text;
}

}  // namespace portal::mail
