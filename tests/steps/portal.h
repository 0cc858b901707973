// What step tests share: a site with a real database, a browser that keeps its cookies, and
// the steps themselves, called without a web server.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/database/engine/connection.h"
#include "core/database/engine/statement_counts.h"
#include "core/database/tables.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "support/applications.h"
#include "support/facts.h"
#include "support/test_database.h"

namespace portal::testing_portal {

// Of everybody who applies.
inline const std::string_view kPassword = [] {
  static const Form form = judo_form();
  return form.get("password");
}();

// Keeps cookies between requests until their Max-Age is over, as a browser does. What a step cannot
// answer itself, `site` answers, as in a responder; it outlives the browser.
class Browser {
 public:
  explicit Browser(const Site& site) : site_(site) {}
  Response get(Step& step, std::string_view url);
  Response head(Step& step, std::string_view url);
  Response post(Step& step, std::string_view url, const Form& form);
  std::map<std::string, std::string> cookies() const;
  void forget(const std::string& cookie) { cookies_.erase(cookie); }
  void keep(const std::string& cookie, const std::string& value);
  void keep_none() { keeps_cookies_ = false; }
  // The network that it is in, and what it says that it is.
  void move_to(const std::string& client) { client_ = client; }
  // What the web server says of it: REMOTE_USER.
  void log_in_as(const std::string& user) { user_ = user; }
  void call_itself(const std::string& user_agent) { user_agent_ = user_agent; }
  // The statements of the last request.
  const StatementCounts& cost() const { return cost_; }

 private:
  Response send(Step& step, Method method, std::string_view url, const Form& form);
  const Site& site_;
  void take(std::string_view set_cookie);
  struct Cookie {
    std::string value;
    EpochSeconds expires_at = 0;
  };
  std::map<std::string, Cookie> cookies_;
  bool keeps_cookies_ = true;
  std::string client_ = "127.0.0.1";
  std::string user_agent_ = "Browser/1.0";
  std::string user_;
  StatementCounts cost_;
};

class PortalTest : public testing::Test {
 protected:
  PortalTest();

  // One call on the database, which must work.
  template <class F>
  auto on_database(const F& function) {
    auto result = site_.database->write(function);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return *result;
  }

  // The form and OK, in that browser. The registration as it stands then.
  Registration sign_up(Browser& browser, const Form& form);
  std::string password_hash_of(std::string_view id) {
    return on_database([&](Connection& connection) { return PasswordHashes(connection).of(id); });
  }
  // The clinic leaves the roster, as far as newcomers see.
  void close_clinic(std::string_view number) {
    on_database([&](Connection& connection) {
      Clinic clinic = *Roster(connection).find(a_number(number));
      clinic.closed_at = now_;
      return Roster(connection).put(clinic);
    });
  }
  std::int64_t count(const std::string& table) {
    return on_database(
        [&](Connection& connection) { return connection.number("SELECT COUNT(*) FROM " + table); });
  }
  // A mail was sent: the token of its link.
  std::string send_link(const Registration& registration);

  // Another node: its own process, with nothing in common but the database.
  Site another_node();

  // The site refuses the common passwords that are shipped.
  void refuse_common_passwords();
  // The database goes away, as when a disk is lost.
  void lose_database() { own_database_.lose(); }

  Folder folder_;
  std::string directory_ = folder_.path();
  OwnDatabase own_database_{directory_};
  Site site_;
  EpochSeconds now_ = 1'800'000'000;
};

// The errors at the top of the page, in their order: the link to the field, and what it says.
struct LinkedError {
  std::string field;
  std::string message;
  bool operator==(const LinkedError&) const = default;
};
std::vector<LinkedError> summary_of(const Response& response);
void PrintTo(const LinkedError& error, std::ostream* out);

std::string header(const Response& response, std::string_view name);
// Of several Set-Cookie the last: all that some simple clients see.
std::string last_cookie(const Response& response);

// Fails with the page's text when `text` is not on it.
testing::AssertionResult shows(const Response& response, std::string_view text);

}  // namespace portal::testing_portal
