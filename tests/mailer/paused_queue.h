// What the tests of the paused queue share: what a relay answers, and whom it answers what.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "core/database/engine/connection.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_pause.h"
#include "core/registration/policy.h"
#include "mailer/mailer.h"
#include "office.h"

namespace portal {

using Kind = mail::Outcome::Kind;
using Round = Mailer::Round;
using mail::Outcome;
using mail::Stage;

inline const Outcome kTaken{Kind::kDelivered, "250 ok"};
inline const Outcome kIdentity{Kind::kBlocked, "message: 554 Email address is not verified",
                               MailFault::kOurs, Stage::kMessage};
inline const Outcome kPassword{Kind::kBlocked, "AUTH: 535 5.7.8 wrong", MailFault::kOurs,
                               Stage::kSession};
inline const Outcome kDoubt{Kind::kDoubtful, "message: 554 no", MailFault::kUnclear,
                            Stage::kMessage};
inline const Outcome kUnknown{Kind::kRefused, "RCPT TO: 550 5.1.1 no such user",
                              MailFault::kUnknownUser, Stage::kRecipient};
inline const Outcome kLater{Kind::kTryLater, "RCPT TO: 450 4.2.0 greylisted", MailFault::kUnclear,
                            Stage::kRecipient};

class PausedQueue : public testing::Test {
 protected:
  PausedQueue() {
    office.transport.answer = [this](const Sent& sent) {
      const auto found = answers.find(sent.to);
      return found == answers.end() ? usually : found->second;
    };
  }
  void queue(const std::string& id) { office.queue(id, address(id)); }
  static std::string address(const std::string& id) { return id + "@example.jp"; }
  // Rounds until nothing is left to do now.
  Round work(Mailer& mailer) {
    Round round = Round::kWorked;
    while (round == Round::kWorked) round = mailer.round(never);
    return round;
  }
  std::optional<MailPause> pause() {
    const auto found = office.database().read([](Connection& c) { return MailPauses(c).find(); });
    EXPECT_TRUE(found);
    return found ? *found : std::nullopt;
  }
  std::vector<MailAttempt> attempts(const std::string& id) {
    const auto found =
        office.database().read([&](Connection& c) { return MailAttempts(c).of(id); });
    EXPECT_TRUE(found);
    return found ? *found : std::vector<MailAttempt>{};
  }
  std::size_t sent() const { return office.transport.sent.size(); }

  Office office;
  Outcome usually = kTaken;
  std::map<std::string, Outcome> answers;
};

}  // namespace portal
