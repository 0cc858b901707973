// What the tests of portalctl timeline share: what steps and mailer write down of one person.
#pragma once

#include <functional>
#include <string>

#include "core/database/engine/connection.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"
#include "core/responder/errors_shown.h"
#include "migrated_portal.h"

namespace portalctl_test {

using namespace portal;

inline constexpr const char* kAddress = "hanako@example.jp";
inline constexpr const char* kNumber = "01234567-8-9";
inline constexpr const char* kPhone = "0312345678";

class Timeline : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    request_.id = "request-1";
    request_.client = Client("192.0.2.1");
  }

  void note_form(TimelineEvent event, EpochSeconds at, std::string_view detail = "") {
    on([&](Connection& c) {
      record_timeline_event(c, request_, at,
                            {.event = event,
                             .email_key = kAddress,
                             .number = kNumber,
                             .phone = kPhone,
                             .detail = detail});
    });
  }
  void note_ok(EpochSeconds at) {
    on([&](Connection& c) {
      record_timeline_event(c, request_, at,
                            {.event = TimelineEvent::kOkPressed,
                             .email_key = kAddress,
                             .number = kNumber,
                             .phone = kPhone,
                             .registration = "r"});
    });
  }
  void register_person(EpochSeconds at) {
    Registration row;
    row.id = "r";
    row.draft_id = "d";
    row.signup_hash = "s";
    row.number = a_number(kNumber);
    row.phone = kPhone;
    row.email = "Hanako@example.jp";
    row.email_key = kAddress;
    row.created_at = at;
    row.expires_at = at + kDay;
    OutboxRow mail;
    mail.id = "m";
    mail.kind = "activation";
    mail.registration_id = "r";
    mail.recipient = row.email;
    mail.created_at = at;
    mail.next_attempt_at = at;
    on([&](Connection& c) {
      Registrations(c).add(row);
      Outbox(c).add(mail);
      record_audit_event(c, request_, at, AuditEvent::kRegistered, "r");
    });
  }
  // The mailer's doing with the mail at that time.
  void mailer(EpochSeconds at, const std::string& outcome, const std::string& reply,
              const std::function<bool(Outbox&)>& mark) {
    on([&](Connection& c) {
      Outbox outbox(c);
      outbox.lease("mailer", at, kHour, 9);
      EXPECT_TRUE(mark(outbox)) << outcome;
      const std::string letter = outcome == "withheld" ? "" : "activation";
      outbox.note("m", {.letter = letter, .obstacle = ""});
      MailAttempts(c).add(outcome + std::to_string(at), {"m", at, outcome, reply, "", letter});
      if (!letter.empty()) {
        ActivationLinks(c).add({"link" + outcome + std::to_string(at), "r", at, 0});
      }
    });
  }
  void activate(EpochSeconds at) {
    Account account;
    account.id = "r";
    account.number = a_number(kNumber);
    account.phone = kPhone;
    account.email = "Hanako@example.jp";
    account.email_key = kAddress;
    account.created_at = at;
    on([&](Connection& c) {
      Accounts(c).add(account);
      EXPECT_TRUE(Registrations(c).mark_activated("r", account.email, at));
      record_audit_event(c, request_, at, AuditEvent::kActivated, "r");
    });
  }
  void expect_short(std::string_view words) {
    for (const char* who :
         {kAddress, "HANAKO@EXAMPLE.JP", kNumber, "０１２３４５６７８９", "03-1234-5678"}) {
      const auto ran = run(std::string("timeline ") + who);
      EXPECT_EQ(ran.status, 0) << who << ran.error;
      expect_has(ran.out.substr(ran.out.rfind("\n\n") + 2), words);
    }
  }

  Request request_;
  EpochSeconds now_ = system_now();
};

}  // namespace portalctl_test
