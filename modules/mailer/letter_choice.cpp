#include "mailer/letter_choice.h"

#include <cassert>
#include <utility>

#include "core/database/account/account_links.h"
#include "core/database/account/accounts.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/registration/activation_links.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/database/roster/roster.h"
#include "core/queue/activation_letter.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {
namespace {

// A letter of the row's kind to the row's recipient.
Letter letter_of(const OutboxRow& row) {
  Letter letter;
  letter.kind = row.kind;
  letter.registration_id = row.registration_id;
  letter.account_id = row.account_id;
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

LetterChoice choose_activation(Connection& connection, const OutboxRow& row,
                               const MailLimits& limits, EpochSeconds now) {
  Registrations registrations(connection);
  const auto registration = registrations.find(row.registration_id);
  if (auto why = closed(registration)) return *why;
  const Mailing mailing{row, registration->email_key, registration->number};
  if (auto objection = apply_limits(connection, mailing, limits, now)) return *objection;
  // The letter has the account's own name and address, so that it passes on nothing that a stranger
  // typed.
  if (const auto account = holder_of_address(connection, *registration)) {
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

LetterChoice choose_listed(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                           EpochSeconds now) {
  const auto entry = Waiting(connection).find(row.registration_id);
  if (!entry) return Obstruction{MailObstacle::kWithdrawn, "it was taken back"};
  if (!Roster(connection).find(entry->number))
    return Obstruction{MailObstacle::kNotInRoster, "the clinic left the roster again"};
  if (Accounts(connection).find_by_number(entry->number)) {
    return Obstruction{MailObstacle::kClinicTaken, "the clinic has an account already"};
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

LetterChoice choose_reset(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                          EpochSeconds now) {
  const std::string key = email_key(row.recipient);
  const auto account = Accounts(connection).find_by_email(key);
  if (!account) {
    const auto pending = Registrations(connection).newest_pending(key, now);
    if (!pending)
      return Obstruction{MailObstacle::kNoAccount, "not sent: no account has this address"};
    // Who forgot to follow the link gets a new one, and no screen can tell.
    OutboxRow again = row;
    again.kind = name_of(MailKind::kActivation);
    again.registration_id = pending->id;
    return choose_activation(connection, again, limits, now);
  }
  if (!account->active())
    return Obstruction{MailObstacle::kAccountDisabled, "not sent: the account is disabled"};
  Letter letter = letter_to(*account, row);
  letter.to = account->email;
  letter.account_id = account->id;
  letter.token = add_link(connection, *account, kResetPurpose, "", now);
  return letter;
}

LetterChoice choose_email_change(Connection& connection, const OutboxRow& row, EpochSeconds now) {
  const auto account = Accounts(connection).find(row.account_id);
  if (!account) return Obstruction{MailObstacle::kAccountGone, "not sent: the account is gone"};
  if (!account->active())
    return Obstruction{MailObstacle::kAccountDisabled, "not sent: the account is disabled"};
  Letter letter = letter_to(*account, row);
  letter.token = add_link(connection, *account, kEmailChangePurpose, row.recipient, now);
  return letter;
}

// Tells what happened to an account. The account may be gone.
LetterChoice choose_notice(Connection& connection, const OutboxRow& row) {
  if (const auto account = Accounts(connection).find(row.account_id)) {
    return letter_to(*account, row);
  }
  if (const auto registration = Registrations(connection).find(row.account_id)) {
    return letter_to(*registration, row);
  }
  return Obstruction{MailObstacle::kAccountGone, "not sent: the account is gone"};
}

LetterChoice choose_kind(MailKind kind, Connection& connection, const OutboxRow& row,
                         const MailLimits& limits, EpochSeconds now) {
  switch (kind) {
    case MailKind::kActivation:
      return choose_activation(connection, row, limits, now);
    case MailKind::kListed:
      return choose_listed(connection, row, limits, now);
    case MailKind::kReset:
      return choose_reset(connection, row, limits, now);
    case MailKind::kEmailChange:
      return choose_email_change(connection, row, now);
    case MailKind::kEmailChanged:
    case MailKind::kPasswordChanged:
    case MailKind::kAccountAttacked:
    case MailKind::kAccountLeft:
    case MailKind::kAccountReleased:
      return choose_notice(connection, row);
    case MailKind::kRegistered:
      break;  // no row has it: an activation becomes one
  }
  return letter_of(row);
}

// Names the clinic that the letter is about, as far as the roster has it.
void name_clinic(Connection& connection, Letter& letter) {
  const RegistrationNumber& number = letter.number ? *letter.number : letter.person.number;
  if (number.empty()) return;
  if (const auto clinic = Roster(connection).find(number)) letter.clinic = clinic->name;
}

// The table of kinds says which letters carry the link 「心当たりがない」.
[[maybe_unused]] bool carries_stop_link_as_promised(const LetterChoice& plan) {
  const auto* const letter = std::get_if<Letter>(&plan);
  const auto kind = letter == nullptr ? std::nullopt : find_mail_kind(letter->kind);
  return !kind || row_of(*kind).limited != letter->stop_token.empty();
}

}  // namespace

LetterChoice choose_letter(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                           EpochSeconds now) {
  if (const auto kind = find_mail_kind(row.kind)) {
    LetterChoice plan = choose_kind(*kind, connection, row, limits, now);
    assert(carries_stop_link_as_promised(plan));
    if (auto* const letter = std::get_if<Letter>(&plan)) name_clinic(connection, *letter);
    return plan;
  }
  // A newer program queued it. There is no template, so it waits until a newer mailer takes it.
  return letter_of(row);
}

}  // namespace portal
