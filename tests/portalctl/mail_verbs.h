// What the tests of the verbs about mails share: registrations and their mails, as left by steps
// and mailer.
#pragma once

#include <algorithm>
#include <string>

#include "core/base/japan_time.h"
#include "migrated_portal.h"

namespace portalctl_test {

using namespace portal;

inline constexpr EpochSeconds kThen = 1'700'000'000;  // 2023-11-15 07:13:20 in Japan
inline constexpr const char* kNumber = "契0123456-7-8";

class MailVerbs : public MigratedPortal {
 protected:
  static Registration registration(const std::string& id, EpochSeconds created_at) {
    Registration row;
    row.id = id;
    row.draft_id = "draft-" + id;
    row.signup_hash = "signup-" + id;
    row.number = a_number(kNumber);
    row.email = "Hanako@example.jp";
    row.email_key = "hanako@example.jp";
    row.created_at = created_at;
    row.expires_at = created_at + kDay;
    return row;
  }
  static OutboxRow mail(const std::string& id, EpochSeconds created_at) {
    OutboxRow row;
    row.id = id;
    row.kind = "activation";
    row.registration_id = "r-" + id;
    row.recipient = "Hanako@example.jp";
    row.created_at = created_at;
    row.next_attempt_at = created_at;
    return row;
  }
  // Three registrations: expired, activated, pending; their mails: sent, failed, put back.
  void fill() {
    on([&](Connection& c) {
      Registrations registrations(c);
      registrations.add(registration("r-sent", kThen));
      registrations.add(registration("r-failed", kThen + 60));
      EXPECT_TRUE(registrations.mark_activated("r-failed", "Hanako@example.jp", kThen + 120));
      auto pending = registration("r-queued", kThen + 120);
      pending.number = a_number("13000001-0-1");
      pending.email = "taro@example.jp";
      pending.email_key = "taro@example.jp";
      pending.expires_at = system_now() + kHour;
      registrations.add(pending);
      Outbox outbox(c);
      for (const char* id : {"sent", "failed"}) outbox.add(mail(id, kThen));
      auto queued = mail("queued", system_now() - 3 * kHour - 5);
      queued.recipient = "taro@example.jp";
      outbox.add(queued);
      outbox.lease("m", system_now(), kHour, 9);
      outbox.mark_sent("sent", "m", kThen + 60, "DATA: 250 ok");
      outbox.note("sent", {.letter = "registered", .obstacle = ""});
      outbox.mark_failed("failed", "m", kThen + 60, "RCPT: 550 <Hanako@example.jp>: \x1b[2J no",
                         MailFault::kUnknownUser);
      outbox.put_back("queued", "m", kThen + 90, "451 wait");
    });
  }
  void expect_refused(const std::string& arguments, std::string_view words) {
    const auto ran = run(arguments);
    EXPECT_EQ(ran.status, 1) << arguments;
    expect_has(ran.error, words);
    EXPECT_EQ(ran.out, "") << arguments;
  }
};

}  // namespace portalctl_test
