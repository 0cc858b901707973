#include "mailer/letter.h"

#include <Poco/String.h>

#include <cassert>
#include <utility>

#include "core/base/japan_time.h"
#include "core/database/account/account_links.h"
#include "core/database/account/accounts.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/registration/activation_links.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/database/roster/roster.h"
#include "core/mail/address.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"
#include "core/security/token.h"
#include "mailer/limits.h"

namespace portal {
namespace {

std::string template_of(std::string_view kind, std::string_view part) {
  return std::string("mail/").append(kind).append(".").append(part).append(".tpl");
}

// A letter of the row's kind to the row's recipient.
Letter letter_of(const OutboxRow& row) {
  Letter letter;
  letter.kind = row.kind;
  letter.to = row.recipient;
  letter.asked_at = row.created_at;
  return letter;
}

// The same letter with the name of an Account or a Registration.
Letter letter_to(const Applicant& person, const OutboxRow& row) {
  Letter letter = letter_of(row);
  letter.person = person;
  return letter;
}

LetterPlan plan_activation(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                           EpochSeconds now) {
  Registrations registrations(connection);
  const auto registration = registrations.find(row.registration_id);
  if (!registration) return NotNeeded{"the registration is gone"};
  if (registration->activated()) return NotNeeded{"the registration is activated already"};
  if (registration->cancelled()) return NotNeeded{"the registration was cancelled"};
  const Mailing mailing{row, registration->email_key, registration->number};
  if (auto objection = apply_limits(connection, mailing, limits, now)) return *objection;
  // The letter has the account's own name and address, so that it passes on nothing that a stranger
  // typed.
  if (const auto account = Accounts(connection).find_by_email(registration->email_key)) {
    Letter letter = letter_to(*account, row);
    letter.kind = name_of(MailKind::kRegistered);
    letter.to = account->email;
    letter.stop_token = add_stop_link(connection, mailing, now);
    return letter;
  }
  Letter letter = letter_to(*registration, row);
  letter.stop_token = add_stop_link(connection, mailing, now);
  letter.token = draw_token();
  ActivationLinks(connection).add({token_hash(letter.token), registration->id, now, 0});
  registrations.keep_until(registration->id, now + kLinkLifetime);
  return letter;
}

LetterPlan plan_listed(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                       EpochSeconds now) {
  const auto entry = Waiting(connection).find(row.registration_id);
  if (!entry) return NotNeeded{"it was taken back"};
  if (!Roster(connection).find(entry->number)) return NotNeeded{"the clinic left the roster again"};
  if (Accounts(connection).find_by_number(entry->number)) {
    return NotNeeded{"the clinic has an account already"};
  }
  const Mailing mailing{row, entry->email_key, entry->number};
  if (auto objection = apply_limits(connection, mailing, limits, now)) return *objection;
  Letter letter = letter_of(row);
  letter.number = entry->number;
  letter.stop_token = add_stop_link(connection, mailing, now);
  return letter;
}

// Stores a link for the account, which is good for kLinkLifetime, and returns its token. `email` is
// described at AccountLink.
std::string add_link(Connection& connection, const Account& account, std::string_view purpose,
                     std::string_view email, EpochSeconds now) {
  const std::string token = draw_token();
  AccountLink link;
  link.token_hash = token_hash(token);
  link.account_id = account.id;
  link.purpose = purpose;
  link.email = email;
  link.sent_at = now;
  AccountLinks(connection).add(link);
  return token;
}

LetterPlan plan_reset(Connection& connection, const OutboxRow& row, EpochSeconds now) {
  const auto account = Accounts(connection).find_by_email(email_key(row.recipient));
  if (!account) return NotNeeded{"not sent: no account has this address"};
  if (!account->active()) return NotNeeded{"not sent: the account is disabled"};
  Letter letter = letter_to(*account, row);
  letter.to = account->email;
  letter.token = add_link(connection, *account, kResetPurpose, "", now);
  return letter;
}

LetterPlan plan_email_change(Connection& connection, const OutboxRow& row, EpochSeconds now) {
  const auto account = Accounts(connection).find(row.account_id);
  if (!account) return NotNeeded{"not sent: the account is gone"};
  if (!account->active()) return NotNeeded{"not sent: the account is disabled"};
  Letter letter = letter_to(*account, row);
  letter.token = add_link(connection, *account, kEmailChangePurpose, row.recipient, now);
  return letter;
}

// Tells what happened to an account. The account may be gone.
LetterPlan plan_notice(Connection& connection, const OutboxRow& row) {
  if (const auto account = Accounts(connection).find(row.account_id)) {
    return letter_to(*account, row);
  }
  if (const auto registration = Registrations(connection).find(row.account_id)) {
    return letter_to(*registration, row);
  }
  return NotNeeded{"not sent: the account is gone"};
}

LetterPlan plan_kind(MailKind kind, Connection& connection, const OutboxRow& row,
                     const MailLimits& limits, EpochSeconds now) {
  switch (kind) {
    case MailKind::kActivation:
      return plan_activation(connection, row, limits, now);
    case MailKind::kListed:
      return plan_listed(connection, row, limits, now);
    case MailKind::kReset:
      return plan_reset(connection, row, now);
    case MailKind::kEmailChange:
      return plan_email_change(connection, row, now);
    case MailKind::kEmailChanged:
    case MailKind::kPasswordChanged:
    case MailKind::kAccountAttacked:
    case MailKind::kAccountLeft:
    case MailKind::kAccountReleased:
      return plan_notice(connection, row);
    case MailKind::kRegistered:
      break;  // no row has it: an activation becomes one
  }
  return letter_of(row);
}

// The table of kinds says which letters carry the link 「心当たりがない」.
[[maybe_unused]] bool carries_stop_link_as_promised(const LetterPlan& plan) {
  const auto* const letter = std::get_if<Letter>(&plan);
  const auto kind = letter == nullptr ? std::nullopt : find_mail_kind(letter->kind);
  return !kind || row_of(*kind).limited != letter->stop_token.empty();
}

std::string stop_link(const std::string& base_url, const Letter& letter) {
  return base_url + "/mail/stop?token=" + letter.stop_token;
}

Data data_of(const Letter& letter, const std::string& base_url) {
  Data data;
  data.set("FAMILY_NAME", letter.person.family_name).set("GIVEN_NAME", letter.person.given_name);
  data.set("TIME", japan_time(letter.asked_at));
  data.set("LOGIN_LINK", base_url + "/login");
  data.set("PASSWORD_LINK", base_url + "/password/forgot");
  data.set("REGISTER_LINK", base_url + "/register");
  if (!letter.stop_token.empty()) data.set("STOP_LINK", stop_link(base_url, letter));
  if (letter.number) {
    data.set("NUMBER", letter.number->text());
    data.set("LINK", base_url + "/register?" + fields_of(*letter.number).encode());
  }
  const auto kind = find_mail_kind(letter.kind);
  if (kind && !row_of(*kind).link.empty()) {
    data.set("LINK", base_url + std::string(row_of(*kind).link) + "?token=" + letter.token);
  }
  return data;
}

Result<std::string> render(const View& view, const Letter& letter, const std::string& part,
                           const std::string& base_url) {
  Data data = data_of(letter, base_url);
  data.include("CONTACT", template_of("contact", part));
  return view.render(template_of(letter.kind, part), data);
}

}  // namespace

LetterPlan plan_letter(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                       EpochSeconds now) {
  if (const auto kind = find_mail_kind(row.kind)) {
    LetterPlan plan = plan_kind(*kind, connection, row, limits, now);
    assert(carries_stop_link_as_promised(plan));
    return plan;
  }
  // A newer program queued it. There is no template, so it waits until a newer mailer takes it.
  return letter_of(row);
}

std::vector<std::string> letter_templates() {
  std::vector<std::string> files = {template_of("contact", "txt"), template_of("contact", "html")};
  for (const MailKindRow& kind : mail_kinds()) {
    for (const auto* part : {"subject", "txt", "html"}) {
      files.push_back(template_of(kind.name, part));
    }
  }
  return files;
}

Result<mail::Message> write_letter(const View& view, const Letter& letter, const LetterHead& head) {
  const auto subject = view.render(template_of(letter.kind, "subject"), {});
  if (!subject) return subject.error();
  const auto text = render(view, letter, "txt", head.base_url);
  if (!text) return text.error();
  const auto html = render(view, letter, "html", head.base_url);
  if (!html) return html.error();
  mail::Message message;
  message.from = head.from;
  message.to = letter.to;
  message.subject = Poco::trim(*subject);  // the file's line end
  message.text = *text;
  message.html = *html;
  message.message_id = "<" + head.row_id + "@" + std::string(mail::domain_of(head.from)) + ">";
  message.date = head.date;
  // A mail that the reader asked for can be ended from the mail program.
  if (letter.number) message.unsubscribe = stop_link(head.base_url, letter);
  return message;
}

}  // namespace portal
