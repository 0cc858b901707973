#include "core/history/history.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/database/account/account_links.h"
#include "core/database/mail/mail_addresses.h"
#include "core/database/registration/activation_links.h"
#include "core/database/roster/roster.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"

namespace portal {
namespace {

constexpr int kMostEvents = 500;
constexpr int kMostRegistrations = 50;
constexpr int kMostMails = 50;  // of one registration
constexpr int kMostWaiting = 50;
constexpr int kMostAudit = 500;  // of one account
constexpr int kClinicsOfPage = 2000;

// A row that was found in two ways is kept once.
template <class T>
void add_new(std::vector<T>& all, std::vector<T> more) {
  for (T& row : more) {
    if (std::ranges::find(all, row.id, &T::id) == all.end()) all.push_back(std::move(row));
  }
}

std::optional<Account> unless_own(std::optional<Account> account, const std::string& id) {
  if (account && account->id == id) return std::nullopt;
  return account;
}

void gather_links(Connection& connection, const std::string& id, History& history) {
  for (const ActivationLink& link : ActivationLinks(connection).of_registration(id)) {
    history.links.push_back(
        {id, MailKind::kActivation, link.sent_at, link.failed_attempts >= kLinkAttempts});
  }
  for (const AccountLink& link : AccountLinks(connection).of_account(id)) {
    const MailKind letter =
        link.purpose == kResetPurpose ? MailKind::kReset : MailKind::kEmailChange;
    history.links.push_back({id, letter, link.sent_at, link.used_at != 0});
  }
}

void gather_registration(Connection& connection, const std::string& id, History& history) {
  Accounts accounts(connection);
  if (auto row = Registrations(connection).find(id)) {
    history.rivals[id] = {unless_own(accounts.find_by_email(row->email_key), id),
                          unless_own(accounts.find_by_number(row->number), id)};
    history.registrations.push_back(std::move(*row));
  }
  if (auto row = accounts.find(id)) history.accounts.push_back(std::move(*row));
  gather_links(connection, id, history);
  add_new(history.events, Events(connection).of_registration(id, kMostEvents));
  add_new(history.mails, Outbox(connection).about(id, kMostMails));
  AuditFilter filter;
  filter.account_id = id;
  filter.most = kMostAudit;
  add_new(history.audit, Audit(connection).list(filter));
}

// What that request did, and what else is known of the people whom it was about.
void gather_request(Connection& connection, const std::string& prefix, History& history) {
  std::set<std::string> ids;
  const auto events = Events(connection).of_request(prefix, kMostEvents);
  add_new(history.events, events);
  for (const EventRow& row : events) {
    if (!row.registration_id.empty()) ids.insert(row.registration_id);
    add_new(history.events,
            Events(connection).of({row.email_hash, row.number_hash, row.phone_hash}, kMostEvents));
  }
  add_new(history.mails, Outbox(connection).of_request(prefix, kMostMails));
  AuditFilter filter;
  filter.request_prefix = prefix;
  filter.most = kMostAudit;
  for (const AuditRow& row : Audit(connection).list(filter)) {
    if (row.account_id.empty()) {
      add_new(history.audit, {row});
    } else {
      ids.insert(row.account_id);
    }
  }
  for (const std::string& id : ids) {
    if (std::ranges::find(history.registrations, id, &Registration::id) ==
        history.registrations.end()) {
      gather_registration(connection, id, history);
    }
  }
}

HistoryEntry of_event(const EventRow& row) {
  return {.at = row.at,
          .what = row.name,
          .registration = row.registration_id,
          .request = row.request_id,
          .fact = row.detail};
}

HistoryEntry of_audit(const AuditRow& row) {
  return {.at = row.at,
          .what = row.event,
          .registration = row.account_id,
          .request = row.request_id,
          .fact = row.detail,
          .actor = find_web_actor(row.actor) ? "" : row.actor};
}

// The audit tells of the OK of a registration that is still there, as "registered".
bool in_audit(const History& history, const EventRow& row) {
  return row.name == name_of(TimelineEvent::kOkPressed) &&
         std::ranges::any_of(history.audit, [&](const auto& audit) {
           return audit.event == name_of(AuditEvent::kRegistered) &&
                  audit.account_id == row.registration_id;
         });
}

// Times are whole seconds. Within one second, causes stand before what follows from them.
int rank_within_second(std::string_view what) {
  constexpr std::array kOrder = {"form_", "ok_pressed", "registered",
                                 "mail_", "link_",      "activated"};
  const auto* const found = std::ranges::find_if(
      kOrder, [&](std::string_view beginning) { return what.starts_with(beginning); });
  return static_cast<int>(found - kOrder.begin());
}

const std::string& owner_of(const OutboxEntry& mail) {
  return mail.registration_id.empty() ? mail.account_id : mail.registration_id;
}

void know(const RegistrationNumber& number, const std::string& address,
          const std::string& email_key, History& history) {
  const EventOwner hashes = event_owner(email_key, number.text(), "");
  if (!hashes.number_hash.empty()) history.numbers.try_emplace(hashes.number_hash, number);
  if (!hashes.email_hash.empty()) history.addresses.try_emplace(hashes.email_hash, address);
}

// Reads the roster for the clinics of events that no other row names.
void find_clinics_of_events(Connection& connection, History& history) {
  std::set<std::string> unknown;
  for (const EventRow& row : history.events) {
    if (!row.number_hash.empty() && !history.numbers.contains(row.number_hash)) {
      unknown.insert(row.number_hash);
    }
  }
  Roster roster(connection);
  const std::int64_t edition = unknown.empty() ? 0 : roster.current_edition();
  std::optional<RegistrationNumber> last;
  while (!unknown.empty()) {
    const auto clinics = roster.list(edition, last, kClinicsOfPage);
    if (clinics.empty()) return;
    for (const Clinic& clinic : clinics) {
      const std::string hash = event_owner("", clinic.number.text(), "").number_hash;
      if (unknown.erase(hash) > 0) history.numbers.emplace(hash, clinic.number);
    }
    last = clinics.back().number;
  }
}

void name_events(Connection& connection, const Query& query, History& history) {
  if (!query.email_key.empty()) know({}, query.email_key, query.email_key, history);
  if (query.number) know(*query.number, "", "", history);
  for (const auto& row : history.registrations) know(row.number, row.email, row.email_key, history);
  for (const auto& row : history.accounts) know(row.number, row.email, row.email_key, history);
  for (const auto& row : history.waiting) know(row.number, row.email, row.email_key, history);
  find_clinics_of_events(connection, history);
}

template <class Map>
auto found_in(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type() : found->second;
}

// Its queueing, and each attempt to send it.
void add_mail(const History& history, const OutboxEntry& mail, std::vector<HistoryEntry>& all) {
  const HistoryEntry of_it = {.registration = owner_of(mail),
                              .request = mail.request_id,
                              .mail = mail.id,
                              .letter = mail.kind,
                              .recipient = mail.recipient};
  all.push_back(of_it);
  all.back().at = mail.created_at;
  all.back().what = kMailQueued;
  for (const auto& attempt : history.attempts.at(mail.id)) {
    HistoryEntry& entry = all.emplace_back(of_it);
    entry.at = attempt.at;
    entry.what = std::string(kMailAttempt) + attempt.outcome;
    entry.fact = attempt.reply;
    if (!attempt.letter.empty()) entry.letter = attempt.letter;
    entry.fault = attempt.fault;
    entry.obstacle = attempt.obstacle;
  }
}

// Says which attempt an entry belongs to, and whom it is about.
void assign(HistoryEntry& entry, const std::vector<Attempt>& attempts) {
  if (entry.registration.empty()) return;
  const auto attempt = std::ranges::find(attempts, entry.registration, &Attempt::id);
  if (attempt == attempts.end()) return;
  entry.attempt = static_cast<int>(attempt - attempts.begin()) + 1;
  entry.number = attempt->number;
  entry.address = attempt->address;
}

// Adds what is found by the address and the number alone, and what it all needs to be told; and
// sorts it.
void complete(Connection& connection, const Query& query, History& history) {
  history.waiting = Waiting(connection).of(query.email_key, query.number, kMostWaiting);
  for (const auto& entry : history.waiting) {
    add_new(history.mails, Outbox(connection).about(entry.id, kMostMails));
  }
  if (!query.email_key.empty()) {
    // Mails to an address without a registration, for example a password reset.
    add_new(
        history.mails,
        Outbox(connection)
            .list({.email_key = query.email_key, .number = {}, .state = "", .most = kMostMails}));
  }
  // The address that mail was stopped to, also if a number or a phone number was asked for.
  const std::string& address = query.email_key.empty() && !history.registrations.empty()
                                   ? history.registrations.front().email_key
                                   : query.email_key;
  history.mail_stopped_until = MailAddresses(connection).stopped_until(address);
  history.pause = MailPauses(connection).find();
  name_events(connection, query, history);
  std::ranges::sort(history.events, std::greater(), &EventRow::id);
  std::ranges::sort(history.mails, std::greater(), &OutboxEntry::created_at);
  for (const OutboxEntry& mail : history.mails) {
    history.attempts[mail.id] = MailAttempts(connection).of(mail.id);
  }
}

}  // namespace

std::vector<Attempt> attempts_of(const History& history) {
  std::vector<Attempt> attempts;
  const auto add = [&](Attempt attempt) {
    if (attempt.id.empty()) return;
    if (std::ranges::find(attempts, attempt.id, &Attempt::id) != attempts.end()) return;
    attempts.push_back(std::move(attempt));
  };
  for (const auto& row : history.registrations)
    add({row.id, row.created_at, row.number, row.email});
  for (const EventRow& row : history.events) {
    if (row.name != name_of(TimelineEvent::kOkPressed)) continue;
    add({row.registration_id, row.at, found_in(history.numbers, row.number_hash),
         found_in(history.addresses, row.email_hash)});
  }
  for (const auto& row : history.accounts) add({row.id, row.created_at, row.number, row.email});
  std::ranges::stable_sort(attempts, {}, &Attempt::at);
  return attempts;
}

History find_history(Connection& connection, const Query& query) {
  History history;
  const auto owner =
      event_owner(query.email_key, query.number ? query.number->text() : "", query.phone);
  history.events = Events(connection).of(owner, kMostEvents);
  for (const std::string& id :
       Registrations(connection)
           .ids_of(query.email_key, query.number, query.phone, kMostRegistrations)) {
    gather_registration(connection, id, history);
  }
  if (!query.request.empty()) gather_request(connection, query.request, history);
  complete(connection, query, history);
  return history;
}

History find_history_of(Connection& connection, const std::string& id) {
  History history;
  gather_registration(connection, id, history);
  Query query;
  const auto know_person = [&](const auto& rows) {
    for (const auto& row : rows) {
      if (query.number) continue;
      query.email_key = row.email_key;
      query.number = row.number;
      query.phone = row.phone;
    }
  };
  know_person(history.accounts);
  know_person(history.registrations);
  for (const std::string& other :
       Registrations(connection).ids_of(query.email_key, {}, "", kMostRegistrations)) {
    if (other != id) gather_registration(connection, other, history);
  }
  if (!query.number) return history;
  const auto owner = event_owner(query.email_key, query.number->text(), query.phone);
  for (const EventRow& row : Events(connection).of(owner, kMostEvents)) {
    const bool anothers = !row.email_hash.empty() && row.email_hash != owner.email_hash;
    if (!anothers) add_new(history.events, {row});
  }
  // Who else waits for the clinic is another.
  complete(connection, {query.email_key, std::nullopt, "", ""}, history);
  return history;
}

std::vector<HistoryEntry> entries_of(const History& history) {
  std::vector<HistoryEntry> all;
  for (auto row = history.events.rbegin(); row != history.events.rend(); ++row) {
    if (in_audit(history, *row)) continue;
    all.push_back(of_event(*row));
    all.back().number = found_in(history.numbers, row->number_hash);
    all.back().address = found_in(history.addresses, row->email_hash);
  }
  for (const auto& row : history.audit) all.push_back(of_audit(row));
  for (const auto& mail : history.mails) add_mail(history, mail, all);
  const auto attempts = attempts_of(history);
  for (HistoryEntry& entry : all) assign(entry, attempts);
  std::ranges::stable_sort(all, {}, [](const HistoryEntry& entry) {
    return std::pair(entry.at, rank_within_second(entry.what));
  });
  return all;
}

}  // namespace portal
