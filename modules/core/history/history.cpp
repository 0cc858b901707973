#include "core/history/history.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

#include "core/database/mail/mail_addresses.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"
#include "core/registration/application.h"
#include "core/text/text.h"
#include "portalctl/owner.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::EpochSeconds;
using portal::EventRow;
using portal::OutboxEntry;

constexpr int kMostEvents = 500;
constexpr int kMostRegistrations = 50;
constexpr int kMostMails = 50;  // of one registration
constexpr int kMostWaiting = 50;
constexpr int kMostAudit = 500;  // of one account

// Those that were found by another way too are there once.
template <class T>
void add_new(std::vector<T>& all, std::vector<T> more) {
  for (T& row : more) {
    if (std::ranges::find(all, row.id, &T::id) == all.end()) all.push_back(std::move(row));
  }
}

void gather_registration(Connection& connection, const std::string& id, Story& story) {
  if (auto row = portal::Registrations(connection).find(id)) {
    story.registrations.push_back(std::move(*row));
  }
  if (auto row = portal::Accounts(connection).find(id)) story.accounts.push_back(std::move(*row));
  add_new(story.events, portal::Events(connection).of_registration(id, kMostEvents));
  add_new(story.mails, portal::Outbox(connection).about(id, kMostMails));
  portal::AuditFilter filter;
  filter.account_id = id;
  filter.most = kMostAudit;
  add_new(story.audit, portal::Audit(connection).list(filter));
}

Happening of_event(const EventRow& row) {
  std::string detail(portal::event_meaning(row.name));
  if (!row.detail.empty()) detail.append(": ").append(row.detail);
  return {row.at, row.name, row.registration_id, detail, row.request_id};
}

Happening of_audit(const portal::AuditRow& row) {
  const auto events = portal::audit_events();
  const auto event = std::ranges::find(events, row.event, &portal::AuditEvent::name);
  std::string detail(event == events.end() ? "" : event->meaning);
  if (!row.detail.empty()) detail.append(" ").append(row.detail);
  return {row.at, row.event, row.account_id, detail, row.request_id};
}

// The OK of a registration that is still there: the audit tells of it, as "registered".
bool in_audit(const Story& story, const EventRow& row) {
  return row.name == "ok_pressed" && std::ranges::any_of(story.audit, [&](const auto& audit) {
           return audit.event == "registered" && audit.account_id == row.registration_id;
         });
}

// Times are whole seconds; within one, things stand as they follow from each other.
int place_within_second(std::string_view what) {
  constexpr std::array kOrder = {"form_", "ok_pressed", "registered",
                                 "mail_", "link_",      "activated"};
  const auto* const found = std::ranges::find_if(
      kOrder, [&](std::string_view beginning) { return what.starts_with(beginning); });
  return static_cast<int>(found - kOrder.begin());
}

const std::string& whose(const OutboxEntry& mail) {
  return mail.registration_id.empty() ? mail.account_id : mail.registration_id;
}

}  // namespace

portal::Result<Sought> parse_sought(const std::string& text) {
  Sought sought;
  if (const auto whose = parse_whose(text)) {
    sought.email_key = whose->email_key;
    sought.number = whose->number;
  }
  std::string phone = text;
  if (portal::text::valid_utf8(text) && !portal::check_phone("phone", phone)) sought.phone = phone;
  if (sought.email_key.empty() && sought.number.empty() && sought.phone.empty()) {
    return portal::not_found(
        text + ": neither an address nor a number such as 契0123456-7-8 nor a phone number");
  }
  return sought;
}

Story story_of(Connection& connection, const Sought& sought) {
  Story story;
  const auto owner = portal::event_owner(sought.email_key, sought.number, sought.phone);
  story.events = portal::Events(connection).of(owner, kMostEvents);
  for (const std::string& id :
       portal::Registrations(connection)
           .ids_of(sought.email_key, sought.number, sought.phone, kMostRegistrations)) {
    gather_registration(connection, id, story);
  }
  story.waiting = portal::Waiting(connection).of(sought.email_key, sought.number, kMostWaiting);
  for (const auto& entry : story.waiting) {
    add_new(story.mails, portal::Outbox(connection).about(entry.id, kMostMails));
  }
  if (!sought.email_key.empty()) {
    // Mails to somebody who has nothing here: a password that was asked for, say.
    add_new(story.mails, portal::Outbox(connection).list({sought.email_key, "", "", kMostMails}));
  }
  // Whose address it is, whatever was asked for.
  const std::string& address = sought.email_key.empty() && !story.registrations.empty()
                                   ? story.registrations.front().email_key
                                   : sought.email_key;
  story.mail_stopped_until = portal::MailAddresses(connection).stopped_until(address);
  std::ranges::sort(story.events, std::greater(), &EventRow::id);
  std::ranges::sort(story.mails, std::greater(), &OutboxEntry::created_at);
  for (const OutboxEntry& mail : story.mails) {
    story.attempts[mail.id] = portal::MailAttempts(connection).of(mail.id);
  }
  return story;
}

std::vector<Happening> happenings(const Story& story) {
  std::vector<Happening> all;
  for (const auto& row : std::views::reverse(story.events)) {
    if (!in_audit(story, row)) all.push_back(of_event(row));
  }
  for (const auto& row : story.audit) all.push_back(of_audit(row));
  for (const auto& mail : story.mails) {
    all.push_back({mail.created_at, "mail_queued", whose(mail),
                   mail.kind + " to " + mail.recipient + " (mail " + mail.id + ")", ""});
    for (const auto& attempt : story.attempts.at(mail.id)) {
      all.push_back({attempt.at, "mail_" + attempt.outcome, whose(mail),
                     mail.kind + ": " + attempt.reply, ""});
    }
  }
  std::ranges::stable_sort(all, {}, [](const Happening& happening) {
    return std::pair(happening.at, place_within_second(happening.what));
  });
  return all;
}

}  // namespace portalctl
