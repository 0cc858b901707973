// What the mailer's tests share: a database of their own, a clock that they turn, a transport that
// does what they say.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "core/database/database.h"
#include "core/database/mail/outbox.h"
#include "mailer/mailer.h"
#include "support/test_database.h"

namespace portal {

struct Sent {
  std::string from, to, message;
};

class FakeTransport : public mail::Transport {
 public:
  mail::Outcome deliver(std::string_view from, std::string_view to,
                        std::string_view message) override;
  void finish() override { ++batches; }

  // What comes of a delivery; the link that it carries is in the mail's text.
  std::function<mail::Outcome(const Sent&)> answer;
  std::vector<Sent> sent;
  int batches = 0;
};

// The plain text of a mail, and the token of the first link in a text, or of the one that stops
// mail; empty: there is none.
std::string text_of(const Sent& sent);
std::string token_in(const std::string& text);
std::string stop_token_in(const std::string& text);

// A row of the outbox as the database has it.
struct RowState {
  std::string state;
  EpochSeconds next_attempt_at = 0;
  std::int64_t attempts = 0;
  bool leased = false;
  std::string reply;
  std::string fault;
};

class Office {
 public:
  Office();
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  // A pending registration and its mail, due now.
  void queue(const std::string& id, const std::string& address,
             const std::string& kind = "activation");
  struct Cause {
    std::string number = "契0123456-7-8";  // of the clinic
    std::string network = {};
  };
  void queue(const std::string& id, const std::string& address, const std::string& kind,
             const Cause& cause);
  void add_account(const std::string& address);
  RowState row(const std::string& id);
  std::int64_t count(const std::string& table);
  // A mailer with a lease of its own on the same database.
  Mailer mailer(const std::string& owner = "mailer-1");

  // All text that was echoed, that is, of the mails delivered.
  std::string echoed() const { return echo_.str(); }
  const std::string& directory() const { return directory_; }
  const OwnDatabase& own_database() const { return own_database_; }
  const Settings& settings() const { return settings_; }
  // Of the mailers made afterwards.
  void set(std::string_view setting, std::string_view value) {
    EXPECT_TRUE(settings_.set(setting, value)) << setting;
  }
  Database& database() { return *database_; }

  FakeTransport transport;
  metrics::Registry registry;
  MailMetrics metrics{registry};
  EpochSeconds now = 1700000000;

 private:
  Folder folder_;
  std::string directory_ = folder_.path();
  OwnDatabase own_database_{directory_};
  Settings settings_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<View> view_;
  std::ostringstream echo_;
};

inline bool never() {
  return false;
}

}  // namespace portal
