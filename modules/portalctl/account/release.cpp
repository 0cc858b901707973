// portalctl account release: the clinic can be registered again. By number only, because it is the
// clinic that is to be free.
#include <array>

#include "core/database/registration/waiting.h"
#include "core/queue/queue_mail.h"
#include "core/registration/application.h"
#include "core/registration/registration_number.h"
#include "core/security/token.h"
#include "core/text/text.h"
#include "portalctl/account/change.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kTell = {"tell", "ADDRESS", "account release: who may register the clinic now"};
constexpr std::array kOptions = {kTell, portal::kYes, portal::kReason};

Result<Done> release_account(Context& context);

}  // namespace

constexpr Verb kAccountRelease = {
    .usage = {.words = "account release",
              .arguments = "NUMBER",
              .options = kOptions,
              .help = "Removes an account that somebody else made, so that its clinic can be "
                      "registered again; its owner gets a mail, and --tell one with a link to the "
                      "form.",
              .example = "portalctl account release 契0123456-7-8 --reason 'new owner, letter of 1 "
                         "April'"},
    .run = release_account};

namespace {

using portal::Account;
using portal::Connection;
using portal::EpochSeconds;

// The rightful owner gets the mail of those who wait: the clinic can be registered now.
void tell(Connection& connection, const Account& account, const std::string& address,
          EpochSeconds now) {
  portal::WaitingEntry entry;
  entry.id = portal::token_hash(portal::draw_token());
  entry.number = account.number;
  entry.email = address;
  entry.email_key = portal::email_key(address);
  entry.created_at = now;
  portal::Waiting(connection).put(entry);
}

Result<std::string> release(Connection& connection, const Account& account,
                            const std::string& rightful, EpochSeconds now) {
  portal::Accounts(connection).remove(account.id);
  portal::queue_account_mail(connection, now,
                             {.kind = portal::MailKind::kAccountReleased,
                              .account_id = account.id,
                              .recipient = account.email});
  if (rightful.empty()) {
    return std::string("released: the clinic can be registered again, and the owner gets a mail");
  }
  tell(connection, account, rightful, now);
  return "released: the clinic can be registered again; the owner and " + rightful +
         " get a mail each";
}

Result<Done> release_account(Context& context) {
  const std::string& text = context.argument();
  if (!portal::text::valid_utf8(text) || !portal::RegistrationNumber::parse(text)) {
    return portal::refused(text + ": not a registration number, such as 契0123456-7-8");
  }
  std::string rightful = context.value(kTell);
  if (!rightful.empty() && portal::check_email("email", rightful)) {
    return portal::wrong_usage("--tell " + rightful + ": not a mail address");
  }
  return change_account(context,
                        {portal::AuditEvent::kAccountReleased, "Remove the account of",
                         [&](Connection& connection, const Account& account, EpochSeconds now) {
                           return release(connection, account, rightful, now);
                         }});
}

}  // namespace
}  // namespace portalctl
