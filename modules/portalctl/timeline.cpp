// portalctl timeline: everything that happened, in one table, and what to tell the caller.
#include <algorithm>
#include <array>
#include <iostream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/japan_time.h"
#include "core/database/journal/audit_event.h"
#include "core/database/journal/timeline_event.h"
#include "core/history/history.h"
#include "core/history/verdict.h"
#include "core/history/words.h"
#include "core/registration/application.h"
#include "core/text/text.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kLang, portal::kReason, kFull, kJson};

Result<Done> show_timeline(Context& context);

}  // namespace

constexpr Verb kTimeline = {
    .usage = {.words = "timeline",
              .arguments = "ADDRESS|NUMBER|PHONE|REQUEST",
              .options = kOptions,
              .help =
                  "Tells everything that happened, oldest first: the form, mails and the "
                  "server's replies, links, logins; and in short, why the mail did not come and "
                  "what to do. REQUEST is the number that an error page shows "
                  "(お問い合わせ番号).",
              .example = "portalctl timeline --lang ja taro@example.jp"},
    .run = show_timeline};

namespace {

using portal::japan_timestamp;

// What the verdict is called among the entries in JSON.
constexpr std::string_view kInShort = "in_short";

// How the entries of several attempts are told apart.
struct Marks {
  std::string request;   // the number that was asked for; what it did is marked; empty: another was
  bool several = false;  // attempts, clinics or addresses
};

bool are_several(const std::vector<portal::HistoryEntry>& entries) {
  std::set<std::tuple<int, std::string, std::string>> seen;
  for (const auto& entry : entries) {
    if (entry.number.empty() && entry.address.empty()) continue;
    seen.emplace(entry.attempt, entry.number.text(), portal::email_key(entry.address));
  }
  // What precedes an attempt is of the same clinic and address, but of no attempt yet.
  std::erase_if(seen, [&](const auto& one) {
    const auto& [attempt, number, address] = one;
    return attempt == 0 && std::ranges::any_of(seen, [&](const auto& other) {
             return std::get<0>(other) != 0 && std::get<1>(other) == number &&
                    std::get<2>(other) == address;
           });
  });
  return seen.size() > 1;
}

// "#2 契0123456-7-8 h***@example.jp"
std::string whose(const portal::HistoryEntry& entry, const Marks& marks, const Context& context) {
  const bool begins = entry.what == name_of(portal::AuditEvent::kRegistered) ||
                      entry.what == name_of(portal::TimelineEvent::kOkPressed);
  if (!begins && !marks.several) return "";
  std::string text;
  const auto add = [&](const std::string& word) {
    if (!word.empty()) text.append(text.empty() ? "" : " ").append(word);
  };
  if (marks.several && entry.attempt != 0) add("#" + std::to_string(entry.attempt));
  add(entry.number.text());
  if (!entry.address.empty()) add(shown_address(context, entry.address));
  return text.empty() ? "" : "  [" + portal::text::visible(text) + "]";
}

void print_as_json(const portal::HistoryEntry& entry, const std::string& words,
                   const Context& context) {
  print_json({{"time", japan_timestamp(entry.at)},
              {"at", Time{entry.at}},
              {"what", entry.what},
              {"registration", entry.registration},
              {"detail", shown_reply(context, words)},
              {"request", entry.request},
              {"attempt", entry.attempt},
              {"registration_number", entry.number.text()},
              {"email", entry.address.empty() ? "" : shown_address(context, entry.address)}});
}

void print(const portal::HistoryEntry& entry, const Marks& marks, portal::Language language,
           const Context& context) {
  std::string detail = shown_reply(context, in_words(entry, language));
  if (context.has(kJson)) return print_as_json(entry, detail, context);
  detail += whose(entry, marks, context);
  const std::string& request = marks.request;
  if (!request.empty() && entry.request.starts_with(request)) detail += "  <- " + request;
  std::string what = entry.what;
  what.resize(std::max<std::size_t>(what.size(), 20), ' ');
  std::cout << japan_timestamp(entry.at) << "  " << what << " " << detail << "\n";
}

// Masks the addresses that tell the attempts apart, without --full.
void mask(portal::Verdict& verdict, const Context& context) {
  if (!verdict.address.empty()) verdict.address = shown_address(context, verdict.address);
  for (portal::Verdict& other : verdict.others) mask(other, context);
}

portal::Error nothing_known(const portal::Query& query, const std::string& verdict) {
  if (query.request.empty()) return portal::not_found(verdict);
  return portal::not_found(
      query.request + ": no event has this number. The log may have it: journalctl -u 'portal-*' " +
      "-o cat | grep request=" + query.request +
      ", and the web server's access log: grep id=" + query.request);
}

Result<Done> show_timeline(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
  const auto query = portal::parse_query(context.argument());
  if (!query) return query.error();
  const auto history = context.database().read(
      [&](portal::Connection& connection) { return portal::find_history(connection, *query); });
  if (!history) return history.error();
  const auto now = portal::system_now();
  auto judged = portal::verdict_of(*history, now);
  mask(judged, context);
  const std::string verdict =
      portal::in_words(judged, *language, sender_domain(context.settings()));
  if (history->empty()) return nothing_known(*query, verdict);
  const auto attempts = portal::attempts_of(*history);
  const auto noted = record_look_up(
      context, {.account_id = attempts.empty() ? "" : std::string_view(attempts.back().id)});
  if (!noted) return noted;
  const auto entries = portal::entries_of(*history);
  const Marks marks = {query->request, are_several(entries)};
  for (const auto& entry : entries) print(entry, marks, *language, context);
  if (context.has(kJson)) {
    print_as_json({.at = now, .what = std::string(kInShort)}, verdict, context);
  } else {
    std::cout << "\n" << shown_reply(context, verdict) << "\n";
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
