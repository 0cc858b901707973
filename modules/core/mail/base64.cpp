#include "core/mail/base64.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace portal::mail {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kBytesOfLine = 54;
constexpr std::size_t kCharactersOfLine = kBytesOfLine / 3 * 4;

// Four characters at a time; what is missing of three bytes is padded.
void append(std::string& text, std::string_view bytes) {
  const auto character = [](std::uint32_t bits) { return kAlphabet[bits & 63U]; };
  while (!bytes.empty()) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    const std::uint32_t bits = byte(0) << 16U | byte(1) << 8U | byte(2);
    const std::array four = {character(bits >> 18U), character(bits >> 12U),
                             bytes.size() > 1 ? character(bits >> 6U) : '=',
                             bytes.size() > 2 ? character(bits) : '='};
    text.append(four.data(), four.size());
    bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()));
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
