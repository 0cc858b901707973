#include "core/responder/answer.h"

#include <Poco/String.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <exception>
#include <functional>
#include <new>
#include <optional>
#include <utility>

#include "core/base/activity.h"
#include "core/base/log.h"
#include "core/base/system_error.h"
#include "core/form/one_click.h"
#include "core/http/canonical_target.h"
#include "core/http/negotiation.h"
#include "core/http/site_check.h"
#include "core/responder/security_headers.h"
#include "core/security/token.h"

namespace portal {
namespace {

using fastcgi::Exchange;

constexpr std::size_t kUserAgentLength = 200;
constexpr std::size_t kMethodLength = 20;  // in the log

constexpr std::string_view kHealth = "/healthz/";  // and the step's name

Method method_of(std::string_view name) {
  if (name == "GET") return Method::kGet;
  if (name == "HEAD") return Method::kHead;
  if (name == "POST") return Method::kPost;
  return Method::kOther;
}

std::string request_id(std::string_view given) {
  const bool hexadecimal = std::all_of(given.begin(), given.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  return given.size() == 32 && hexadecimal ? std::string(given) : draw_request_id();
}

// A browser's form, or nothing at all (curl -X POST).
bool is_form(const Exchange& exchange) {
  const std::string_view type = exchange.parameter("CONTENT_TYPE");
  const auto name = Poco::trim(std::string(type.substr(0, type.find(';'))));
  return Poco::icompare(name, "application/x-www-form-urlencoded") == 0 ||
         (type.empty() && exchange.body.empty());
}

Client find_client(const Site& site, const Exchange& exchange) {
  const std::string_view peer = exchange.parameter("REMOTE_ADDR");
  auto found = site.proxies.find({.peer = peer,
                                  .forwarded_for = exchange.parameter("HTTP_X_FORWARDED_FOR"),
                                  .forwarded = exchange.parameter("HTTP_FORWARDED"),
                                  .peer_is_proxy = !exchange.parameter("PEER_IS_PROXY").empty()});
  if (found.unreadable) site.unknown_clients->add(site.clock(), peer, *found.unreadable);
  return std::move(found.client);
}

// The fields of a POST; 0, or the status with which it is refused.
int read_form(const Step& step, const Exchange& exchange, Form& form) {
  if (is_form(exchange)) {
    auto decoded = Form::decode(exchange.body);
    if (!decoded) return 400;
    form = std::move(*decoded);
    return 0;
  }
  const std::string_view type = exchange.parameter("CONTENT_TYPE");
  if (!step.takes_one_click() || !one_click::is_multipart_form(type, exchange.body)) return 415;
  form.set(one_click::kField, one_click::kValue);
  return 0;
}

// Fills the request; 0, or the status with which it is refused.
int read(const Site& site, const Step& step, const Exchange& exchange, Request& request) {
  request.client = find_client(site, exchange);  // the log names it, whatever is wrong
  request.user = exchange.parameter("REMOTE_USER");
  if (exchange.fault == Exchange::Fault::kTooLarge) return 413;
  if (exchange.fault != Exchange::Fault::kNone) return 400;

  // The only name that every web server sends unchanged.
  const std::string_view uri = exchange.parameter("REQUEST_URI");
  const auto path = decoded_path(uri);
  if (!path) return 400;
  request.path = *path;
  const auto mark = uri.find('?');
  auto query = Form::decode(mark == std::string_view::npos ? "" : uri.substr(mark + 1));
  if (!query) return 400;
  request.query = std::move(*query);

  request.cookies = exchange.parameter("HTTP_COOKIE");
  request.user_agent = exchange.parameter("HTTP_USER_AGENT").substr(0, kUserAgentLength);
  request.accepts_gzip = accepts_gzip(exchange.parameter("HTTP_ACCEPT_ENCODING"));
  request.if_none_match = exchange.parameter("HTTP_IF_NONE_MATCH");
  if (request.method != Method::kPost) return 0;

  if (!from_our_site(exchange.parameter("HTTP_SEC_FETCH_SITE"), exchange.parameter("HTTP_ORIGIN"),
                     site.settings.text(site.frame.base_url))) {
    log::warning("cross_site_refused", {{"client", request.client.address()}});
    return 403;
  }
  return read_form(step, exchange, request.form);
}

Response health(const Site& site, const Request& request) {
  if (request.method == Method::kPost || request.method == Method::kOther) {
    return site.error(request, 405).header("Allow", "GET, HEAD");
  }
  auto done = site.database->check();
  if (done && site.writes) done = site.database->check_writing();
  return done ? plain(200, "ok\n") : plain(503, done.error().message + "\n");
}

// The browser guesses that somebody will follow the link (W3C, Speculation Rules; older names
// beside).
bool is_prefetch(const Exchange& exchange) {
  constexpr auto kSaying = std::to_array<std::string_view>(
      {"HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ"});
  return std::ranges::any_of(kSaying, [&](std::string_view name) {
    const auto value = Poco::toLower(std::string(exchange.parameter(name)));
    return value.find("prefetch") != std::string::npos ||
           value.find("preview") != std::string::npos;
  });
}

// An answer that changes nothing and is kept nowhere, so that the click asks again (contract.md
// §1).
Response not_prefetched() {
  return plain(503, "").header("Retry-After", "0");
}

// Fills the request as far as it can be read.
Result<Response> read_and_respond(const Site& site, std::string_view name, Step& step,
                                  const Exchange& exchange, Request& request) {
  if (const int refusal = read(site, step, exchange, request); refusal != 0) {
    return site.error(request, refusal);
  }
  if (request.path == std::string(kHealth).append(name)) return health(site, request);
  if (is_prefetch(exchange)) return not_prefetched();
  if (const auto target = canonical_target(exchange.parameter("REQUEST_URI"))) {
    return permanent_redirect(*target);
  }
  if (request.come_again > 0) return portal::unavailable("too many wait for their turn to hash");
  return step.handle(request);
}

// The one door for what no step could answer: 503, with the reason in the log and never on the
// page.
Response unavailable(const Site& site, Step& step, const Request& request, const Error& error) {
  if (request.come_again > 0) {
    log::info("come_again", {{"seconds", std::to_string(request.come_again)}});
  } else {
    log::error("unavailable", {{"error", error.message}});
  }
  auto page = step.unavailable_page(request);
  if (!page) page = site.error(request, 503);
  page->header("Retry-After", request.come_again > 0 ? std::to_string(request.come_again)
                                                     : std::string(kRetryAfter));
  return std::move(*page);
}

// What `work` answers; 503 where it returns an error or has no memory, 500 where it throws.
Response guarded(const Site& site, Step& step, const Request& request,
                 const std::function<Result<Response>()>& work) {
  try {
    auto response = work();
    if (response) return std::move(*response);
    return unavailable(site, step, request, response.error());
  } catch (const std::bad_alloc&) {  // a hash that has no memory now may have it later
    return unavailable(site, step, request,
                       portal::unavailable(std::string(words_of(Shortage::kMemory))));
  } catch (const std::exception& error) {
    log::error("fault", {{"error", error.what()}});
    return site.error(request, 500);
  }
}

// The whole answer in one piece of memory, which is written at once.
std::string cgi(const Response& response, bool with_body) {
  constexpr std::size_t kHeaders = 2048;
  std::string text;
  text.reserve(kHeaders + (with_body ? response.body.size() : 0));
  const auto add = [&](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  add("Status", std::to_string(response.status).append(" ").append(reason_of(response.status)));
  for (const auto& [name, value] : response.headers) add(name, value);
  for (const auto& [name, value] : kSecurityHeaders) add(name, value);
  // With the length a web server tells a responder that died half way from one that has finished.
  if (response.status != 304) add("Content-Length", std::to_string(response.body.size()));
  text += "\r\n";
  if (with_body) text += response.body;
  return text;
}

std::string milliseconds(std::chrono::nanoseconds passed, int digits) {
  std::array<char, 32> text{};
  const auto number = std::chrono::duration<double, std::milli>(passed).count();
  const auto end =
      std::to_chars(text.begin(), text.end(), number, std::chars_format::fixed, digits);
  return {text.begin(), end.ptr};
}

// Where the time went; what is left of `ms` is the step's own work. A request waits for a hash in
// the queue for places, and then maybe for the end of another.
void log_request(std::string_view name, const Exchange& exchange, const Request& request,
                 int status, std::chrono::steady_clock::duration passed) {
  using Kind = Activity::Kind;
  const auto spent = [](Kind kind) {
    const auto time = Activity::here().spent(kind);
    return time == time.zero() ? "0" : milliseconds(time, 2);
  };
  const auto waited = exchange.waited + Activity::here().spent(Kind::kHashWait);
  log::info("request",
            {{"step", name},
             {"status", std::to_string(status)},
             {"method", exchange.parameter("REQUEST_METHOD").substr(0, kMethodLength)},
             {"ms", milliseconds(passed, 1)},
             {name_of(Kind::kDatabase), spent(Kind::kDatabase)},
             {name_of(Kind::kLock), spent(Kind::kLock)},
             {name_of(Kind::kHashWait), waited == waited.zero() ? "0" : milliseconds(waited, 2)},
             {name_of(Kind::kHash), spent(Kind::kHash)},
             {name_of(Kind::kRender), spent(Kind::kRender)},
             {"client", request.client.address()}});
}

// Who has to wait, whichever step says so. Wrong passwords are told by the audit.
void log_refusal(const Request& request, const Response& response) {
  if (response.status == 429) {
    log::warning(
        "throttled",
        {{"path", request.path}, {"limit", response.limit}, {"client", request.client.address()}});
  }
}

// Whether the answer is an error page that somebody may call about. What only programs ask for
// (HEAD, a prefetch, the health check) is left out, and so are the pages for what is not there
// (404, 405): nearly all of them are shown to programs that look for weaknesses.
bool may_be_called_about(const Exchange& exchange, const Request& request, int status) {
  constexpr std::array kStatuses = {400, 403, 409, 413, 415, 429, 500, 503};
  return std::ranges::find(kStatuses, status) != kStatuses.end() &&
         request.method != Method::kHead && !is_prefetch(exchange) &&
         !request.path.starts_with(kHealth);
}

}  // namespace

Response respond(const Site& site, Step& step, const Request& request) {
  return guarded(site, step, request, [&] { return step.handle(request); });
}

std::string answer(const Site& site, std::string_view name, Step& step, RequestMetrics& metrics,
                   Exchange& exchange) {
  const auto start = std::chrono::steady_clock::now() - exchange.waited;
  metrics.began();
  Request request;
  request.method = method_of(exchange.parameter("REQUEST_METHOD"));
  request.id = request_id(exchange.parameter("REQUEST_ID"));
  request.come_again = static_cast<int>(exchange.come_again.count());
  const ForRequest for_request(request.id);
  Response response = guarded(
      site, step, request, [&] { return read_and_respond(site, name, step, exchange, request); });
  response.header("X-Request-Id", request.id);
  if (!response.has(kContentSecurityPolicy)) {  // a page brings its own
    response.header(kContentSecurityPolicy, content_security_policy());
  }
  log_refusal(request, response);
  if (may_be_called_about(exchange, request, response.status)) {
    site.errors_shown->add(site.clock(), request.id,
                           std::string(name) + " " + std::to_string(response.status));
  }
  const auto passed = std::chrono::steady_clock::now() - start;
  metrics.ended(response.status, passed);
  log_request(name, exchange, request, response.status, passed);
  return cgi(response, request.method != Method::kHead);
}

}  // namespace portal
