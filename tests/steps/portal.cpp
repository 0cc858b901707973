#include "steps/portal.h"

#include <algorithm>
#include <ostream>

#include "complete/complete.h"
#include "core/responder/answer.h"
#include "core/security/token.h"
#include "form/form.h"

namespace portal::testing_portal {

Response Browser::send(Step& step, Method method, std::string_view url, const Form& form) {
  Request request;
  request.method = method;
  const auto mark = url.find('?');
  request.path = url.substr(0, mark);
  if (mark != std::string_view::npos) request.query = *Form::decode(url.substr(mark + 1));
  request.form = form;
  request.id = "0123456789abcdef0123456789abcdef";
  request.client = Client(client_);
  request.user_agent = user_agent_;
  request.user = user_;
  for (const auto& [name, value] : cookies()) {
    if (!request.cookies.empty()) request.cookies += "; ";
    request.cookies += name + "=" + value;
  }
  const StatementCounts before = statement_counts();
  Response response = respond(site_, step, request);
  cost_ = statement_counts() - before;
  // As the program does about once a second.
  site_.timeline->write(*site_.database);
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie" && keeps_cookies_) take(value);
  }
  return response;
}

void Browser::take(std::string_view set_cookie) {
  constexpr std::string_view kMaxAge = "; Max-Age=";
  const auto equals = set_cookie.find('=');
  const auto age = set_cookie.find(kMaxAge);
  ASSERT_NE(age, std::string_view::npos) << set_cookie;
  const auto seconds = std::stoll(std::string(set_cookie.substr(age + kMaxAge.size())));
  const auto value = set_cookie.substr(equals + 1, set_cookie.find(';') - equals - 1);
  cookies_[std::string(set_cookie.substr(0, equals))] = {std::string(value),
                                                         site_.clock() + seconds};
}

std::map<std::string, std::string> Browser::cookies() const {
  std::map<std::string, std::string> living;
  for (const auto& [name, cookie] : cookies_) {
    if (cookie.expires_at > site_.clock()) living[name] = cookie.value;
  }
  return living;
}

void Browser::keep(const std::string& cookie, const std::string& value) {
  cookies_[cookie] = {value, site_.clock() + kDay};
}

Response Browser::get(Step& step, std::string_view url) {
  return send(step, Method::kGet, url, {});
}

Response Browser::head(Step& step, std::string_view url) {
  return send(step, Method::kHead, url, {});
}

Response Browser::post(Step& step, std::string_view url, const Form& form) {
  return send(step, Method::kPost, url, form);
}

PortalTest::PortalTest() {
  Settings& settings = site_.settings;
  own_database_.choose(settings);
  EXPECT_TRUE(settings.set("mail.from", "総合ポータル <no-reply@portal.example.jp>"));
  EXPECT_TRUE(settings.set("password.memory_kib", "64"));  // what it costs is no subject here
  auto view = View::load(PORTAL_SOURCE_DIR "/templates", {"layout.tpl", "error.tpl"});
  EXPECT_TRUE(view) << (view ? "" : view.error().message);
  site_.view = std::move(*view);
  site_.database = std::make_unique<Database>(settings, Durability::kRelaxed, 8);
  site_.clock = [this] { return now_; };
  const auto migrated = site_.database->migrate(PORTAL_SOURCE_DIR "/sql");
  EXPECT_TRUE(migrated) << (migrated ? "" : migrated.error().message);
  on_database([](Connection& connection) {
    Roster roster(connection);
    roster.put(a_clinic("契0123456-7-8", "みなと整骨院"));
    roster.put(a_clinic("協0123456-7-8", "さくら接骨院"));
    roster.put(a_clinic("01234567-8-9", "はりきゅうマッサージ つばさ"));
    return Done{};
  });
}

Site PortalTest::another_node() {
  Site site;
  site.settings = site_.settings;
  site.view = std::move(*View::load(PORTAL_SOURCE_DIR "/templates", {"layout.tpl"}));
  site.database = std::make_unique<Database>(site.settings, Durability::kRelaxed, 8);
  site.clock = [this] { return now_; };
  return site;
}

void PortalTest::refuse_common_passwords() {
  auto file = BlocklistFile::load(PORTAL_SOURCE_DIR "/conf/password-blocklist.txt");
  ASSERT_TRUE(file) << file.error().message;
  site_.blocklist = std::move(*file);
}

Registration PortalTest::sign_up(Browser& browser, const Form& form) {
  FormStep form_step(site_);
  CompleteStep complete(site_);
  EXPECT_EQ(browser.post(form_step, "/register", form).status, 303);
  EXPECT_EQ(browser.post(complete, "/register/complete", {}).status, 303);
  const auto hash = token_hash(browser.cookies().at("signup"));
  const auto registration = on_database(
      [&](Connection& connection) { return Registrations(connection).find_by_signup(hash); });
  EXPECT_TRUE(registration);
  return *registration;
}

std::string PortalTest::send_link(const Registration& registration) {
  const std::string token = draw_token();
  on_database([&](Connection& connection) {
    ActivationLinks(connection).add({token_hash(token), registration.id, now_, 0});
    return Done{};
  });
  return token;
}

std::vector<LinkedError> summary_of(const Response& response) {
  constexpr std::string_view kLink = "><a href=\"#";
  std::vector<LinkedError> errors;
  std::string_view rest = response.body;
  rest.remove_prefix(std::min(rest.size(), rest.find("<div class=\"summary\"")));
  rest = rest.substr(0, rest.find("</div>"));
  for (auto at = rest.find(kLink); at != std::string_view::npos; at = rest.find(kLink)) {
    rest.remove_prefix(at + kLink.size());
    const auto end = rest.find("\">");
    const auto text = rest.substr(end + 2, rest.find("</a>") - end - 2);
    errors.push_back({std::string(rest.substr(0, end)), std::string(text)});
  }
  return errors;
}

void PrintTo(const LinkedError& error, std::ostream* out) {
  *out << "#" << error.field << " " << error.message;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

std::string last_cookie(const Response& response) {
  std::string last;
  for (const auto& [key, value] : response.headers) {
    if (key == "Set-Cookie") last = value;
  }
  return last;
}

testing::AssertionResult shows(const Response& response, std::string_view text) {
  if (response.body.find(text) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << "status " << response.status << ", no \"" << text << "\" in:\n"
         << response.body;
}

}  // namespace portal::testing_portal
