#include "core/history/history.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/database/mail/mail_addresses.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"

namespace portal {
namespace {

constexpr int kMostEvents = 500;
constexpr int kMostRegistrations = 50;
constexpr int kMostMails = 50;  // of one registration
constexpr int kMostWaiting = 50;
constexpr int kMostAudit = 500;  // of one account

// A row that was found in two ways is kept once.
template <class T>
void add_new(std::vector<T>& all, std::vector<T> more) {
  for (T& row : more) {
    if (std::ranges::find(all, row.id, &T::id) == all.end()) all.push_back(std::move(row));
  }
}

void gather_registration(Connection& connection, const std::string& id, History& history) {
  if (auto row = Registrations(connection).find(id)) {
    history.registrations.push_back(std::move(*row));
  }
  if (auto row = Accounts(connection).find(id)) history.accounts.push_back(std::move(*row));
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
  const auto event = find_timeline_event(row.name);
  std::string detail(event ? kind_of(*event).meaning : "");
  if (!row.detail.empty()) detail.append(": ").append(row.detail);
  return {row.at, row.name, row.registration_id, detail, row.request_id};
}

HistoryEntry of_audit(const AuditRow& row) {
  const auto event = find_audit_event(row.event);
  std::string detail(event ? kind_of(*event).meaning : "");
  if (!row.detail.empty()) detail.append(" ").append(row.detail);
  return {row.at, row.event, row.account_id, detail, row.request_id};
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

}  // namespace

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
  std::ranges::sort(history.events, std::greater(), &EventRow::id);
  std::ranges::sort(history.mails, std::greater(), &OutboxEntry::created_at);
  for (const OutboxEntry& mail : history.mails) {
    history.attempts[mail.id] = MailAttempts(connection).of(mail.id);
  }
  return history;
}

std::vector<HistoryEntry> entries_of(const History& history) {
  std::vector<HistoryEntry> all;
  for (auto row = history.events.rbegin(); row != history.events.rend(); ++row) {
    if (!in_audit(history, *row)) all.push_back(of_event(*row));
  }
  for (const auto& row : history.audit) all.push_back(of_audit(row));
  for (const auto& mail : history.mails) {
    all.push_back({mail.created_at, "mail_queued", owner_of(mail),
                   mail.kind + " to " + mail.recipient + " (mail " + mail.id + ")", ""});
    for (const auto& attempt : history.attempts.at(mail.id)) {
      all.push_back({attempt.at, "mail_" + attempt.outcome, owner_of(mail),
                     mail.kind + ": " + attempt.reply, ""});
    }
  }
  std::ranges::stable_sort(all, {}, [](const HistoryEntry& entry) {
    return std::pair(entry.at, rank_within_second(entry.what));
  });
  return all;
}

}  // namespace portal
