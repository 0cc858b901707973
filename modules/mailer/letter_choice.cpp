#include "mailer/letter_choice.h"

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

// A letter that is not yet counted and has no links, and what the gate has to know of it.
struct Addressed {
  Letter letter;
  MailKind kind;
  RegistrationNumber number = {};    // of the clinic that it is about
  std::string about = {};            // the registration, account or number that it tells of
  std::string account_id = {};       // whose address it goes to; empty: nobody's that is known
  std::string registration_id = {};  // that 「心当たりがない」 cancels; empty: none
  // The address of that registration, if the letter is sent because it waits for its link.
  std::string waiting_address = {};
};
using AddressedChoice = std::variant<Addressed, Obstruction>;

// The letter has the account's own name and address, so that it passes on nothing that a stranger
// typed.
AddressedChoice address_activation(Connection& connection, const OutboxRow& row) {
  const auto registration = Registrations(connection).find(row.registration_id);
  if (auto why = closed(registration)) return *why;
  if (email_key(row.recipient) != registration->email_key) return address_corrected();
  const auto account = holder_of_address(connection, *registration);
  Addressed addressed{letter_to(*registration, row),
                      MailKind::kActivation,
                      registration->number,
                      registration->id,
                      "",
                      registration->id,
                      registration->email};
  if (account) {
    addressed.letter = letter_to(*account, row);
    addressed.letter.to = account->email;
    addressed.kind = MailKind::kRegistered;
    addressed.about = addressed.account_id = account->id;
  }
  return addressed;
}

AddressedChoice address_listed(Connection& connection, const OutboxRow& row) {
  const auto entry = Waiting(connection).find(row.registration_id);
  if (!entry) return Obstruction{MailObstacle::kWithdrawn, "it was taken back"};
  if (!Roster(connection).find(entry->number))
    return Obstruction{MailObstacle::kNotInRoster, "the clinic left the roster again"};
  if (Accounts(connection).find_by_number(entry->number)) {
    return Obstruction{MailObstacle::kClinicTaken, "the clinic has an account already"};
  }
  Addressed addressed{
      letter_of(row),     MailKind::kListed, entry->number, entry->number.text(), "",
      row.registration_id};
  addressed.letter.number = entry->number;
  return addressed;
}

AddressedChoice address_reset(Connection& connection, const OutboxRow& row, EpochSeconds now) {
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
    return address_activation(connection, again);
  }
  if (!account->active())
    return Obstruction{MailObstacle::kAccountDisabled, "not sent: the account is disabled"};
  Addressed addressed{letter_to(*account, row), MailKind::kReset, account->number, account->id,
                      account->id};
  addressed.letter.to = account->email;
  addressed.letter.account_id = account->id;
  return addressed;
}

AddressedChoice address_email_change(Connection& connection, const OutboxRow& row) {
  const auto account = Accounts(connection).find(row.account_id);
  if (!account) return Obstruction{MailObstacle::kAccountGone, "not sent: the account is gone"};
  if (!account->active())
    return Obstruction{MailObstacle::kAccountDisabled, "not sent: the account is disabled"};
  return Addressed{letter_to(*account, row), MailKind::kEmailChange, account->number, account->id};
}

// Tells what happened to an account. The account may be gone.
AddressedChoice address_notice(Connection& connection, const OutboxRow& row, MailKind kind) {
  if (const auto account = Accounts(connection).find(row.account_id)) {
    return Addressed{letter_to(*account, row), kind};
  }
  if (const auto registration = Registrations(connection).find(row.account_id)) {
    return Addressed{letter_to(*registration, row), kind};
  }
  return Obstruction{MailObstacle::kAccountGone, "not sent: the account is gone"};
}

AddressedChoice address(MailKind kind, Connection& connection, const OutboxRow& row,
                        EpochSeconds now) {
  switch (kind) {
    case MailKind::kActivation:
      return address_activation(connection, row);
    case MailKind::kListed:
      return address_listed(connection, row);
    case MailKind::kReset:
      return address_reset(connection, row, now);
    case MailKind::kEmailChange:
      return address_email_change(connection, row);
    case MailKind::kEmailChanged:
    case MailKind::kPasswordChanged:
    case MailKind::kAccountAttacked:
    case MailKind::kAccountLeft:
    case MailKind::kAccountReleased:
      return address_notice(connection, row, kind);
    case MailKind::kRegistered:
      break;  // no row has it: an activation becomes one
  }
  return Addressed{letter_of(row), kind};
}

// Stores a link for the account, which is good for kLinkLifetime, and returns its token. `email` is
// described at AccountLink.
std::string add_account_link(Connection& connection, std::string_view account_id,
                             std::string_view purpose, std::string_view email, EpochSeconds now) {
  std::string token = draw_token();
  AccountLink link;
  link.token_hash = token_hash(token);
  link.account_id = account_id;
  link.purpose = purpose;
  link.email = email;
  link.sent_at = now;
  AccountLinks(connection).add(link);
  return token;
}

std::string add_activation_link(Connection& connection, const std::string& registration_id,
                                EpochSeconds now) {
  std::string token = draw_token();
  ActivationLinks(connection).add({token_hash(token), registration_id, now, 0});
  return token;
}

// Whether what the letter was addressed by is still so: the address of its account, and of its
// registration, which is kept as long as the letter's link is good. On PostgreSQL that also locks
// their rows: who changes the address later waits until the link is stored, and ends it.
bool still_so(Connection& connection, const Addressed& addressed, EpochSeconds now) {
  if (!addressed.account_id.empty() &&
      !Accounts(connection).lock(addressed.account_id, addressed.letter.to)) {
    return false;
  }
  if (addressed.waiting_address.empty()) return true;
  const bool has_link = addressed.kind == MailKind::kActivation;
  return Registrations(connection)
      .keep_until(addressed.registration_id, addressed.waiting_address,
                  has_link ? now + kLinkLifetime : now);
}

// The token of the letter's own link; empty: it has none.
std::string add_own_link(Connection& connection, const Addressed& addressed, EpochSeconds now) {
  switch (addressed.kind) {
    case MailKind::kActivation:
      return add_activation_link(connection, addressed.registration_id, now);
    case MailKind::kReset:
      return add_account_link(connection, addressed.account_id, kResetPurpose, "", now);
    case MailKind::kEmailChange:
      return add_account_link(connection, addressed.about, kEmailChangePurpose, addressed.letter.to,
                              now);
    default:
      return "";
  }
}

// Names the clinic that the letter is about, as far as the roster has it.
void name_clinic(Connection& connection, Letter& letter) {
  const RegistrationNumber& number = letter.number ? *letter.number : letter.person.number;
  if (number.empty()) return;
  if (const auto clinic = Roster(connection).find(number)) letter.clinic = clinic->name;
}

Mailing mailing_of(const OutboxRow& row, const Addressed& addressed) {
  return {row,
          addressed.kind,
          email_key(addressed.letter.to),
          addressed.number,
          addressed.about,
          addressed.account_id,
          addressed.registration_id};
}

void add_links(Connection& connection, Addressed& addressed, const Mailing& mailing,
               const MailLimits& limits, EpochSeconds now) {
  if (row_of(addressed.kind).limited) {
    addressed.letter.stop_token = add_stop_link(connection, mailing, limits, now);
  }
  addressed.letter.token = add_own_link(connection, addressed, now);
}

}  // namespace

LetterPlan choose_letter(Connection& connection, const OutboxRow& row, const MailLimits& limits,
                         EpochSeconds now) {
  const auto kind = find_mail_kind(row.kind);
  // A newer program queued it. There is no template, so it waits until a newer mailer takes it.
  if (!kind) return {letter_of(row)};
  AddressedChoice choice = address(*kind, connection, row, now);
  if (auto* const why = std::get_if<Obstruction>(&choice)) return {std::move(*why)};
  auto& addressed = std::get<Addressed>(choice);
  const Mailing mailing = mailing_of(row, addressed);
  Admission admission = apply_limits(connection, mailing, limits, now);
  if (admission.obstruction) {
    return {std::move(*admission.obstruction), std::move(admission.floods)};
  }
  // It comes after the gate, whose locks are taken first. Each new beginning follows the commit of
  // another transaction, which changed the account or registration.
  if (!still_so(connection, addressed, now)) {
    if (admission.counted_now) uncount(connection, mailing, limits, now);
    return choose_letter(connection, row, limits, now);
  }
  addressed.letter.kind = name_of(addressed.kind);
  add_links(connection, addressed, mailing, limits, now);
  name_clinic(connection, addressed.letter);
  return {std::move(addressed.letter), std::move(admission.floods)};
}

}  // namespace portal
