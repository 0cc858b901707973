// What the tests of verdicts share: registrations, accounts and mails of two people, and what
// portalctl timeline concludes of them.
#pragma once

#include <string>

#include "core/base/japan_time.h"
#include "core/database/engine/connection.h"
#include "core/journal/timeline.h"
#include "migrated_portal.h"

namespace portalctl_test {

using namespace portal;

inline constexpr const char* kHanako = "hanako@example.jp";
inline constexpr const char* kTaro = "taro@example.jp";
inline constexpr const char* kClinic = "契0123456-7-8";
inline constexpr const char* kOther = "協0123456-7-8";

class VerdictTest : public MigratedPortal {
 protected:
  void add_registration(Connection& c, const std::string& id, const std::string& address,
                        const std::string& number, EpochSeconds at) {
    Registration row;
    row.id = id;
    row.draft_id = "draft-" + id;
    row.signup_hash = "signup-" + id;
    row.number = a_number(number);
    row.phone = "0312345678";
    row.email = address;
    row.email_key = address;
    row.created_at = at;
    row.expires_at = at + kRegistrationLifetime;
    Registrations(c).add(row);
  }
  void add_account(Connection& c, const std::string& id, const std::string& address,
                   const std::string& number) {
    Account account = an_account(id, address, number);
    account.created_at = now - 3 * kDay;
    Accounts(c).add(account);
  }
  // A mail that was queued at `at` and has ended there as `state`.
  void add_mail(Connection& c, const OutboxRow& row, std::string_view state,
                const OutboxFinding& finding, const std::string& reply = "250 taken") {
    Outbox outbox(c);
    outbox.add(row);
    if (state == "queued") return;
    outbox.lease("m", row.created_at, kHour, 99);
    if (state == "sent") outbox.mark_sent(row.id, "m", row.created_at, reply);
    if (state == "withheld") outbox.mark_withheld(row.id, "m", row.created_at, reply);
    if (state == "held") outbox.hold(row.id, "m", now + kHour, reply);
    outbox.note(row.id, finding);
  }
  OutboxRow activation_of(const std::string& registration, const std::string& address,
                          EpochSeconds at) {
    return {"m-" + registration + std::to_string(at), "activation", registration, address, at, at};
  }
  OutboxRow reset_for(const std::string& address, EpochSeconds at) {
    return {"reset", "reset", "", address, at, at};
  }
  void add_link(Connection& c, const std::string& registration, EpochSeconds at, int failed = 0) {
    ActivationLinks(c).add({"l" + registration + std::to_string(at), registration, at, failed});
  }
  std::string verdict(const std::string& arguments) {
    const auto ran = run("timeline " + arguments);
    EXPECT_EQ(ran.status, 0) << arguments << ran.error;
    return ran.out.substr(ran.out.rfind("\n\n") + 2);
  }

  EpochSeconds now = system_now();
  EpochSeconds then = now - 10 * kMinute;
};

}  // namespace portalctl_test
