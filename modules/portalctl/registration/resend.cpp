// portalctl registration resend: says which letter leaves, and when, before anybody waits for it.
#include <iostream>
#include <string>

#include "core/actions/mail_actions.h"
#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/registrations.h"
#include "core/history/history.h"
#include "core/history/verdict.h"
#include "portalctl/hindered.h"
#include "portalctl/listing.h"
#include "portalctl/owner.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> resend_link(Context& context);

}  // namespace

constexpr Verb kRegistrationResend = {
    .usage = {.words = "registration resend",
              .arguments = "ADDRESS|NUMBER",
              .help =
                  "Queues the mail of the newest registration that waits for its link, and says "
                  "which letter leaves: the link, or the notice 「すでに登録されています」; or why "
                  "none would.",
              .example = "portalctl registration resend taro@example.jp"},
    .run = resend_link};

namespace {

using portal::Connection;
using portal::EpochSeconds;
using portal::japan_timestamp;
using portal::Registration;
using portal::log::mask_address;

// A mail that is due for longer waits for a mailer.
constexpr EpochSeconds kLate = portal::kMinute;

// What happened instead, if nobody waits for a link.
portal::Error nobody_waits(Connection& connection, const Context& context, const Owner& owner,
                           EpochSeconds now) {
  const std::string& text = context.argument();
  portal::Query query;
  query.email_key = owner.email_key;
  query.number = owner.number;
  portal::Verdict verdict = portal::verdict_of(portal::find_history(connection, query), now);
  const std::string words = portal::log::mask_addresses(
      portal::in_words(verdict, portal::Language::kEnglish, sender_domain(context.settings())));
  return portal::not_found(text + ": no registration waits for its link. " + words +
                           " `portalctl timeline " + text + "` tells what happened");
}

std::string account_words(const portal::Account& account) {
  return account.number.text() + " (" + mask_address(account.email) + ", since " +
         japan_timestamp(account.created_at) + ")";
}

std::string letter_words(const portal::ActivationForecast& forecast) {
  if (!forecast.holder) return "it is the mail with the link";
  return "but it is the notice 「すでに登録されています」, without a link, because the address has "
         "the "
         "account of " +
         account_words(*forecast.holder) +
         ": have them log in, or set a new password at パスワードを忘れた方";
}

// What keeps it from leaving at once. Empty: nothing is known of.
std::string delay_words(Connection& connection, EpochSeconds now) {
  if (const auto pause = portal::MailPauses(connection).find()) {
    return "; no mail leaves at the moment, because the relay refuses the portal since " +
           japan_timestamp(pause->since) + " (`portalctl mail status`)";
  }
  for (const portal::OutboxBacklog& backlog : portal::Outbox(connection).backlog()) {
    const bool queued = backlog.state == name_of(portal::MailState::kQueued);
    if (queued && backlog.rows > 0 && now - backlog.first_due > kLate) {
      return "; mails wait that were due at " + japan_timestamp(backlog.first_due) +
             ": is portal-mailer running?";
    }
  }
  return "";
}

// The mail goes to the newest of several; the others have to be asked for by their address.
std::string others_words(Connection& connection, const Owner& owner, EpochSeconds now) {
  const auto pending = portal::Registrations(connection)
                           .list({owner.email_key, owner.number, "pending", kMostListed}, now);
  if (pending.size() < 2) return "";
  std::string words = "; other registrations wait, too:";
  for (std::size_t i = 1; i < pending.size(); ++i) {
    words.append(i == 1 ? " " : ", ").append(pending[i].number.text());
    words.append(" ").append(mask_address(pending[i].email));
  }
  return words + " (`portalctl registration list`)";
}

// What is said of the mail that was queued.
Result<std::string> resend(Connection& connection, const Context& context, const Owner& owner) {
  const std::string& text = context.argument();
  const auto limits = portal::mail_limits(context.settings());
  const EpochSeconds now = portal::system_now();
  portal::Registrations registrations(connection);
  const auto newest = owner.number ? registrations.newest_pending_of(*owner.number, now)
                                   : registrations.newest_pending(owner.email_key, now);
  if (!newest) return nobody_waits(connection, context, owner, now);
  const std::string delay = delay_words(connection, now);
  const auto [outcome, forecast] = portal::resend_activation(
      connection, newest->id, limits, portal::CoolDown::kPassedOver, {.now = now});
  if (outcome.hindrance == portal::Hindrance::kClinicTaken) {
    return portal::refused(text +
                           ": nothing was queued, because no link would work: there is the "
                           "account of " +
                           account_words(*forecast.clinics_account));
  }
  if (!outcome.done()) return hindered(text, outcome);
  return "a mail to " + mask_address(newest->email) + " about " + newest->number.text() +
         " is queued; " + letter_words(forecast) + delay + others_words(connection, owner, now);
}

Result<Done> resend_link(Context& context) {
  const std::string& text = context.argument();
  const auto owner = parse_owner(text);
  if (!owner) return owner.error();
  const auto said = context.database().write(
      [&](Connection& connection) { return resend(connection, context, *owner); });
  if (!said) return said.error();
  std::cout << text << ": " << *said << ". `portalctl timeline " << text
            << "` tells what becomes of it\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
