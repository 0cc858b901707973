// What the tests of login, account and password share: accounts, their mails, and what the audit
// holds of them.
#pragma once

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/database/account/web_sessions.h"
#include "core/database/engine/connection.h"
#include "core/database/journal/audit.h"
#include "core/database/mail/outbox.h"
#include "core/responder/signed_in.h"
#include "core/security/password.h"
#include "core/security/token.h"
#include "login/login.h"
#include "steps/portal.h"

namespace portal::testing_portal {

inline constexpr std::string_view kEmail = "Kikin01@test.example";
inline constexpr std::string_view kNumber = "契0123456-7-8";

inline constexpr std::string_view kWaitingForUs =
    "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid";

inline Form form_of(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  Form form;
  for (const auto& [name, value] : fields) form.set(name, value);
  return form;
}

inline Form credentials(std::string_view email = kEmail, std::string_view password = kPassword) {
  return form_of({{"email", email}, {"password", password}});
}

class MemberTest : public PortalTest {
 protected:
  Account make_account(std::string_view email = kEmail, std::string_view number = kNumber) {
    const Form form = judo_form();
    Account account = an_account(draw_id(), email, number);
    account.given_name = form.get("given_name");
    account.phone = form.get("phone");
    account.password_hash = PasswordHasher(site_.settings).hash(kPassword);
    account.created_at = now_ - kDay;
    on_database([&](Connection& connection) {
      EXPECT_TRUE(Accounts(connection).add(account));
      return Done{};
    });
    return account;
  }

  std::optional<Account> account_of(std::string_view email) {
    return on_database([&](Connection& connection) {
      auto account = Accounts(connection).find_by_email(email_key(email));
      if (account) account->password_hash = PasswordHashes(connection).of(account->id);
      return account;
    });
  }

  // Lets `meanwhile` begin while `change` is not yet committed. On PostgreSQL it has to wait for
  // the row that `change` holds; on SQLite it waits for every writer.
  template <class Change, class Meanwhile>
  void before_commit_of(const Change& change, const Meanwhile& meanwhile) {
    std::jthread other;
    on_database([&](Connection& connection) {
      change(connection);
      other = std::jthread(meanwhile);
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
      while (connection.is_postgresql() && connection.number(std::string(kWaitingForUs)) == 0) {
        if (std::chrono::steady_clock::now() > deadline) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return Done{};
    });
  }

  void disable(const Account& account) {
    on_database([&](Connection& connection) {
      return Accounts(connection).set_state(account.id, "disabled");
    });
  }

  // Whether the account knows a browser with that cookie `device`.
  bool knows(const Account& account, std::string_view device) {
    return on_database([&](Connection& connection) {
      return KnownDevices(connection).knows(account.id, token_hash(device), 0);
    });
  }

  void log_in(Browser& browser) {
    LoginStep login(site_);
    const Response response = browser.post(login, "/login", credentials());
    EXPECT_EQ(response.status, 303) << response.body;
  }

  bool is_signed_in(Browser& browser) {
    LoginStep login(site_);
    return browser.head(login, "/login").status == 303;
  }

  std::vector<OutboxRow> mails(std::string_view kind) {
    auto rows = on_database(
        [&](Connection& connection) { return Outbox(connection).lease("test", now_, 0, 1000); });
    std::erase_if(rows, [&](const OutboxRow& row) { return row.kind != kind; });
    return rows;
  }

  std::vector<AuditRow> events(std::string_view event) {
    AuditFilter filter;
    filter.event = event;
    return on_database([&](Connection& connection) { return Audit(connection).list(filter); });
  }

  Browser browser_{site_};
  Browser elsewhere_{site_};
};

}  // namespace portal::testing_portal
