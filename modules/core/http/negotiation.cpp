#include "core/http/negotiation.h"

#include <Poco/String.h>
#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <new>

namespace portal {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t";
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(kSpaces)));
  return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

// Cuts off what stands before the next separator.
std::string_view take(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return trimmed(part);
}

// The weight of RFC 9110 §12.4.2 is 0 if it has no other digit.
bool is_refusal(std::string_view parameter) {
  const std::string_view name = take(parameter, '=');
  return (name == "q" || name == "Q") &&
         parameter.find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    std::string_view coding = take(accept_encoding, ',');
    const std::string name = Poco::toLower(std::string(take(coding, ';')));
    if (name == "gzip" || name == "x-gzip") return !is_refusal(coding);
  }
  return false;
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  if (trimmed(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    std::string_view given = take(if_none_match, ',');
    if (given.starts_with("W/")) given.remove_prefix(2);  // the weak comparison of §8.8.3.2
    if (given == tag) return true;
  }
  return false;
}

std::string gzip(std::string_view text) {
  constexpr int kWindowOfGzip = MAX_WBITS + 16;
  constexpr int kMostMemory = 9;
  z_stream stream = {};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kWindowOfGzip, kMostMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();  // there is no other reason
  }
  std::string compressed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // it only reads
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  [[maybe_unused]] const int ended = deflate(&stream, Z_FINISH);
  assert(ended == Z_STREAM_END);  // there is room for all of it
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  return compressed;
}

}  // namespace portal
