#include "core/fastcgi/private/request_stream.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

#include "core/base/secret.h"

namespace portal::fastcgi {
namespace {

// Joins the values of a header that came in several lines. nginx before 1.23 passes each line as a
// parameter of its own, and code that looked at only one of them could be deceived by the others.
void add(Exchange& exchange, std::string_view name, std::string_view value) {
  const auto [place, is_new] = exchange.parameters.try_emplace(std::string(name), value);
  if (is_new) return;
  if (name.starts_with("HTTP_")) {
    place->second.append(name == "HTTP_COOKIE" ? "; " : ", ").append(value);
  } else {
    place->second = value;
  }
}

// What the log says of a request, even of one that is refused because it has too many parameters. A
// client cannot choose these names: those of its headers begin with HTTP_.
bool is_for_the_log(std::string_view name, std::string_view value) {
  constexpr std::array<std::string_view, 3> kNames = {"REQUEST_ID", "REQUEST_METHOD",
                                                      "REMOTE_ADDR"};
  constexpr std::size_t kLongest = 64;
  return value.size() <= kLongest && std::ranges::find(kNames, name) != kNames.end();
}

Exchange read_parameters(FCGX_ParamArray environment, const Limits& limits) {
  Exchange exchange;
  std::size_t count = 0;
  std::size_t size = 0;
  for (char** entry = environment; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;  // NAME=VALUE: read_records() has seen to it
    const auto name = text.substr(0, text.find('='));
    const auto value = text.substr(std::min(text.size(), name.size() + 1));
    size += name.size() + value.size();
    const bool fits = ++count <= limits.parameter_count && size <= limits.parameters;
    if (!fits) exchange.fault = Exchange::Fault::kParameters;
    if (!value.empty() && (fits || is_for_the_log(name, value))) add(exchange, name, value);
  }
  return exchange;
}

// The number of bytes that the text names. Nothing if it is not a number.
std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool at_end(FCGX_Stream* in) {
  const int next = FCGX_GetChar(in);
  if (next == EOF) return true;
  FCGX_UnGetChar(next, in);
  return false;
}

// Reads once into a string of the right size: a string that grows would leave copies of a password
// in freed memory. It reads one byte more than the limit, to see whether the body is longer.
std::string read_most(FCGX_Stream* in, std::size_t most) {
  std::string body;
  if (at_end(in)) return body;
  body.resize(most + 1);
  const int got = FCGX_GetStr(body.data(), static_cast<int>(body.size()), in);
  body.resize(static_cast<std::size_t>(std::max(got, 0)));
  return body;
}

// `length` is CONTENT_LENGTH, which is empty for a body that came in chunks.
Exchange::Fault judge(std::string_view length, std::size_t size, int error, const Limits& limits) {
  if (size > limits.body) return Exchange::Fault::kTooLarge;
  if (error != 0) return Exchange::Fault::kTruncated;
  if (!length.empty() && number(length) != size) return Exchange::Fault::kTruncated;
  return Exchange::Fault::kNone;
}

}  // namespace

std::string_view Exchange::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string_view() : found->second;
}

Exchange read_exchange(FCGX_Request& request, const Limits& limits) {
  Exchange exchange = read_parameters(request.envp, limits);
  const char* given = FCGX_GetParam("CONTENT_LENGTH", request.envp);
  const std::string_view length = given == nullptr ? "" : given;

  exchange.body =
      read_most(request.in, std::min(number(length).value_or(limits.body), limits.body));
  const auto fault = judge(length, exchange.body.size(), FCGX_GetError(request.in), limits);
  if (exchange.fault == Exchange::Fault::kNone) exchange.fault = fault;
  if (exchange.fault != Exchange::Fault::kNone) {
    wipe(exchange.body);
  }
  return exchange;
}

}  // namespace portal::fastcgi
