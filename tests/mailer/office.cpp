#include "office.h"

#include <Poco/Net/MailMessage.h>
#include <Poco/Net/PartSource.h>
#include <Poco/String.h>
#include <gtest/gtest.h>

#include "core/database/engine/connection.h"
#include "core/database/tables.h"
#include "core/registration/application.h"

namespace portal {

mail::Outcome FakeTransport::deliver(std::string_view from, std::string_view to,
                                     std::string_view message) {
  sent.push_back({std::string(from), std::string(to), std::string(message)});
  return answer ? answer(sent.back())
                : mail::Outcome{mail::Outcome::Kind::kDelivered, "250 2.0.0 queued"};
}

std::string text_of(const Sent& sent) {
  Poco::Net::MailMessage mail;
  std::istringstream stream(sent.message);
  mail.read(stream);
  std::ostringstream text;
  text << mail.parts().at(0).pSource->stream().rdbuf();
  return Poco::replace(text.str(), std::string("\r\n"), std::string("\n"));
}

namespace {

// What follows `mark` on its line.
std::string after(const std::string& mark, const std::string& text) {
  const auto start = text.find(mark);
  if (start == std::string::npos) return "";
  return text.substr(start + mark.size(), text.find('\n', start) - start - mark.size());
}

}  // namespace

std::string token_in(const std::string& text) {
  return after("?token=", text);
}

std::string stop_token_in(const std::string& text) {
  return after("/mail/stop?token=", text);
}

Office::Office() {
  own_database_.choose(settings_);
  database_ = std::make_unique<Database>(settings_, Durability::kFull, 2);
  const auto migrated = database_->migrate(PORTAL_SOURCE_DIR "/sql");
  EXPECT_TRUE(migrated) << (migrated ? "" : migrated.error().message);
  auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  EXPECT_TRUE(view) << (view ? "" : view.error().message);
  if (view) view_ = std::move(*view);
}

void Office::queue(const std::string& id, const std::string& address, const std::string& kind) {
  queue(id, address, kind, Cause());
}

void Office::queue(const std::string& id, const std::string& address, const std::string& kind,
                   const Cause& cause) {
  const auto done = database_->write([&](Connection& connection) {
    Registration registration = a_registration("registration-" + id);
    registration.given_name = "太郎";
    registration.number = a_number(cause.number);
    registration.email = address;
    registration.email_key = email_key(address);
    registration.expires_at = now + kMinute;
    registration.created_at = now;
    Registrations(connection).add(registration);
    Outbox(connection).add({id, kind, registration.id, address, now, now, 0, "", cause.network});
    return Done{};
  });
  ASSERT_TRUE(done) << done.error().message;
}

void Office::add_account(const std::string& address) {
  const auto done = database_->write([&](Connection& connection) {
    Account account = an_account("account-" + address, address, "協0123456-7-8");
    account.family_name = "基金";
    return Accounts(connection).add(account);
  });
  ASSERT_TRUE(done) << done.error().message;
}

RowState Office::row(const std::string& id) {
  const auto found = database_->read([&](Connection& connection) {
    const auto rows = connection.select(
        "SELECT state, next_attempt_at, attempts, lease_owner, last_reply, fault FROM outbox "
        "WHERE id = $1",
        6, {id});
    const Row& row = rows.at(0);
    return RowState{row[0], std::stoll(row[1]), std::stoll(row[2]), !row[3].empty(), row[4],
                    row[5]};
  });
  EXPECT_TRUE(found) << (found ? "" : found.error().message);
  return found ? *found : RowState{};
}

std::int64_t Office::count(const std::string& table) {
  const auto found = database_->read(
      [&](Connection& connection) { return connection.number("SELECT COUNT(*) FROM " + table); });
  EXPECT_TRUE(found);
  return found ? *found : -1;
}

Mailer Office::mailer(const std::string& owner) {
  return Mailer({*database_, *view_, transport, metrics, "https://portal.example.jp",
                 "no-reply@example.jp", owner, mail_limits(settings_), [this] { return now; },
                 &echo_, settings_.text("mail.bounces")});
}

}  // namespace portal
