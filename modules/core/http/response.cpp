#include "core/http/response.h"

#include <Poco/JSONString.h>

#include <algorithm>
#include <array>

namespace portal {
namespace {

// Every status that a step answers with. Poco::Net has such a table too, in a library that a step
// needs for nothing else (the names that a program looks up at its start are a third of its start).
constexpr auto kReasons = std::to_array<std::pair<int, std::string_view>>({
    {200, "OK"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
});

Response uncached(int status, std::string_view type, std::string body) {
  Response response;
  response.status = status;
  response.header("Content-Type", type).header("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

}  // namespace

Response& Response::header(std::string_view name, std::string_view value) {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  if (found == headers.end()) {
    headers.emplace_back(name, value);
  } else {
    found->second = value;
  }
  return *this;
}

bool Response::has(std::string_view name) const {
  return std::ranges::any_of(headers, [&](const auto& header) { return header.first == name; });
}

Response html(int status, std::string body) {
  return uncached(status, "text/html; charset=utf-8", std::move(body));
}

Response json(int status, std::string body) {
  return uncached(status, "application/json", std::move(body));
}

Response plain(int status, std::string body) {
  return uncached(status, "text/plain; charset=utf-8", std::move(body));
}

Response see_other(std::string_view location) {
  return plain(303, "").header("Location", location);
}

Response found(std::string_view location) {
  return plain(302, "").header("Location", location);
}

Response permanent_redirect(std::string_view location) {
  return plain(308, "").header("Location", location);
}

std::string_view reason_of(int status) {
  const auto* const row =
      std::ranges::find(kReasons, status, &decltype(kReasons)::value_type::first);
  return row == kReasons.end() ? "" : row->second;
}

std::string json_object(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::string object = "{";
  for (const auto& [name, value] : members) {
    if (object.size() > 1) object += ',';
    object += Poco::toJSON(std::string(name)) + ':' + Poco::toJSON(std::string(value));
  }
  return object + '}';
}

std::string cookie_name(std::string_view base, bool secure) {
  return (secure ? "__Host-" : "") + std::string(base);
}

void set_cookie(Response& response, std::string_view base, std::string_view value,
                EpochSeconds max_age, bool secure) {
  std::string text = cookie_name(base, secure) + '=' + std::string(value);
  text += "; Max-Age=" + std::to_string(max_age) + "; Path=/; HttpOnly; SameSite=Lax";
  if (secure) text += "; Secure";
  response.headers.emplace_back("Set-Cookie", text);
}

}  // namespace portal
