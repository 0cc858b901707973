// What a browser or a web server sends.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <thread>

#include "core/base/descriptor.h"
#include "core/fastcgi/client.h"
#include "core/fastcgi/private/records.h"
#include "core/form/form.h"
#include "core/http/canonical_target.h"
#include "core/http/client_address.h"
#include "core/http/request.h"
#include "core/registration/application.h"
#include "readers.h"

namespace portal::cost {
namespace {

void read_form(const std::string& text) {
  if (const auto form = Form::decode(text)) check_application(*form);
}

void read_target(const std::string& uri) {
  decoded_path(uri);
  canonical_target(uri);
}

void read_cookies(const std::string& header) {
  Request request;
  request.cookies = header;
  for (const auto* name : {"__Host-draft", "draft", "signup", "session", "device"}) {
    cookies(request, name);
  }
}

TrustedProxies trusted() {
  return *TrustedProxies::parse("127.0.0.1, 10.0.0.0/8");
}

void read_forwarded_for(const std::string& header) {
  static const TrustedProxies proxies = trusted();
  [[maybe_unused]] const auto found =
      proxies.find({.peer = "127.0.0.1", .forwarded_for = header, .forwarded = ""});
}

void read_forwarded(const std::string& header) {
  static const TrustedProxies proxies = trusted();
  [[maybe_unused]] const auto found =
      proxies.find({.peer = "127.0.0.1", .forwarded_for = "", .forwarded = header});
}

// The input goes through a socket, whose buffer holds all of it.
void read_parameters(const std::string& content) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
  const Descriptor server(ends[0]);
  const std::string bytes = fastcgi::begin_record() +
                            fastcgi::stream(fastcgi::Type::kParameters, content) +
                            fastcgi::stream(fastcgi::Type::kStdin, "");
  {
    const Descriptor client(ends[1]);
    if (::send(client.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }
  fastcgi::read_records(server.get(), {});
}

std::string parameter(const std::string& name, const std::string& value) {
  return fastcgi::encoded({{name, value}});
}

// Fields that are all new: a number counts on.
std::string numbered(std::size_t bytes, std::string_view begin, std::string_view end) {
  std::string text;
  for (int i = 0; text.size() + 12 < bytes; ++i) {
    text.append(begin).append(std::to_string(i)).append(end);
  }
  return text;
}

}  // namespace

std::vector<Case> of_requests() {
  std::vector<Case> cases;
  const auto add = [&](const char* reader, void (*read)(const std::string&)) {
    return [&cases, reader, read](const char* shape, auto input) {
      cases.push_back({reader, shape, input, read});
    };
  };
  const auto form = add("form and query", read_form);
  form("many fields", [](std::size_t bytes) { return numbered(bytes, "f", "=v&"); });
  form("ampersands", repeated("&"));
  form("percent escapes", repeated("%E3%81%82", "family_name="));
  form("plus signs", repeated("+", "family_name="));
  form("a long name", repeated("a", "family_name="));
  form("combining marks", repeated("%CC%81", "given_name=a"));
  form("thirty marks each",
       repeated("a%CC%81%CC%80%CC%84%CC%81%CC%80%CC%84%CC%81%CC%80", "given_name="));
  form("compatibility ideographs", repeated("%EF%A8%99", "given_name="));
  form("ligatures that grow", repeated("%EF%B7%BA", "given_name="));
  form("dots", repeated(".", "family_name=a"));
  form("domains", repeated("a.co", "family_name="));
  form("colons", repeated("a.:", "family_name="));
  form("a long address", repeated("a", "email="));
  form("an address of dots", repeated("a.", "email=a@"));
  form("at signs", repeated("@", "email="));
  form("spaces around", repeated("+", "email=", "a%40b.jp"));
  form("invisible characters", repeated("%E2%80%8B", "email=a"));
  form("a long number", repeated("1", "institution=judo&judo_number="));
  form("hyphens in a number", repeated("-", "institution=judo&judo_number=1"));
  form("a number with words", repeated("%E5%A5%91%E5%8D%94", "institution=judo&judo_number="));
  form("a long phone number", repeated("0-", "phone="));
  form("a long password", repeated("aA1", "password="));
  form("an unknown kind", repeated("judo", "institution="));

  const auto target = add("path", read_target);
  target("letters", repeated("a", "/"));
  target("slashes", repeated("/"));
  target("dots at the end", repeated(".", "/a"));
  target("spaces at the end", repeated("%20", "/a"));
  target("Japanese full stops at the end", repeated("%E3%80%82", "/a"));
  target("all ends in turn", repeated(".,;:!?)]}>", "/a"));
  target("spaces in front", repeated("%20", "/", "a"));
  target("capitals", repeated("A", "/"));
  target("escapes", repeated("%41", "/"));
  target("a query", repeated("?a=/", "/A"));

  const auto cookie = add("cookies", read_cookies);
  cookie("names without a value", repeated("a;"));
  cookie("semicolons", repeated(";"));
  cookie("spaces", repeated(" "));
  cookie("equals signs", repeated("="));
  cookie("quotes", repeated("a=\";"));
  cookie("ours", repeated("draft=a; "));
  cookie("one long", repeated("a", "draft="));

  const auto forwarded_for = add("X-Forwarded-For", read_forwarded_for);
  forwarded_for("proxies", repeated("10.0.0.1,"));
  forwarded_for("commas", repeated(","));
  forwarded_for("spaces and commas", repeated(" ,"));
  forwarded_for("quotes", repeated("\"", "10.0.0.1,"));
  forwarded_for("backslashes and quotes", repeated("\\\\\\\"", "\""));
  forwarded_for("backslashes", repeated("\\", "\"", "\""));
  forwarded_for("one long", repeated("1"));

  const auto forwarded = add("Forwarded", read_forwarded);
  forwarded("proxies", repeated("for=10.0.0.1,"));
  forwarded("semicolons", repeated(";", "for=10.0.0.1"));
  forwarded("spaces, then semicolons", [](std::size_t bytes) {
    return std::string(bytes / 2, ' ') + "x" + std::string(bytes / 2, ';');
  });
  forwarded("pairs", repeated("by=b;", "", "for=10.0.0.1"));
  forwarded("quotes", repeated("\"", "for="));
  forwarded("escapes", repeated("\\\"", "for=\"", "\""));

  const auto parameters = add("FastCGI parameters", read_parameters);
  parameters("many", repeated(parameter("N", "v")));
  parameters("without a name", repeated(parameter("", "")));
  parameters("one long value", [](std::size_t bytes) {
    return parameter("HTTP_USER_AGENT", std::string(bytes, 'a'));
  });
  return cases;
}

}  // namespace portal::cost
