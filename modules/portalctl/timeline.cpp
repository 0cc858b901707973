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
using portal::Language;

// What the verdict is called among the entries in JSON.
constexpr std::string_view kInShort = "in_short";

// How the entries of several attempts are told apart.
struct Marks {
  std::string request;   // the number that was asked for; what it did is marked; empty: another was
  bool several = false;  // attempts, clinics or addresses
  Language language = Language::kEnglish;
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

// "[#2 契0123456-7-8 h***@example.jp]", 【2件目 契0123456-7-8 h***@example.jp】
std::string whose(const portal::HistoryEntry& entry, const Marks& marks, const Context& context) {
  const bool begins = entry.what == name_of(portal::AuditEvent::kRegistered) ||
                      entry.what == name_of(portal::TimelineEvent::kOkPressed);
  if (!begins && !marks.several) return "";
  const bool japanese = marks.language == Language::kJapanese;
  std::string text;
  const auto add = [&](const std::string& word) {
    if (!word.empty()) text.append(text.empty() ? "" : " ").append(word);
  };
  if (marks.several && entry.attempt != 0) {
    const std::string number = std::to_string(entry.attempt);
    add(japanese ? number + "件目" : "#" + number);
  }
  add(entry.number.text());
  if (!entry.address.empty()) add(shown_address(context, entry.address));
  if (text.empty()) return "";
  text = portal::text::visible(text);
  return japanese ? "【" + text + "】" : "  [" + text + "]";
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

// The event's name tells operators what to look for; the call centre reads the words.
std::string beginning_of(const portal::HistoryEntry& entry, Language language) {
  std::string time = japan_timestamp(entry.at);
  if (language == Language::kJapanese) return time.erase(time.find(" JST")) + "  ";
  std::string what = entry.what;
  what.resize(std::max<std::size_t>(what.size(), 20), ' ');
  return time + "  " + what + " ";
}

void print(const portal::HistoryEntry& entry, const Marks& marks, const Context& context) {
  const std::string words = in_words(entry, marks.language);
  if (context.has(kJson)) return print_as_json(entry, words, context);
  std::cout << beginning_of(entry, marks.language) << shown_reply(context, words)
            << whose(entry, marks, context);
  const std::string& request = marks.request;
  if (!request.empty() && entry.request.starts_with(request)) std::cout << "  <- " << request;
  std::cout << "\n";
}

// The commands that the English words name. The Japanese ones are read out, so they stand apart.
std::set<std::string_view> commands_for(const portal::Verdict& verdict) {
  using Kind = portal::Verdict::Kind;
  using State = portal::MailVerdict::State;
  std::set<std::string_view> commands;
  if (verdict.mail_stopped_until != 0) commands.insert("portalctl mail allow");
  if (verdict.kind == Kind::kClinicTaken) commands.insert("portalctl account release");
  if (verdict.kind == Kind::kAccountDisabled) commands.insert("portalctl account enable");
  if (!verdict.mail) return commands;
  const portal::MailVerdict& mail = *verdict.mail;
  if (mail.obstacle == portal::MailObstacle::kAddressStopped) {
    commands.insert("portalctl mail allow");
  }
  if (mail.state == State::kNeverTried) commands.insert("systemctl status portal-mailer");
  if (mail.state == State::kPaused || mail.fault == portal::MailFault::kOurs) {
    commands.insert("portalctl mail status");
  }
  if (mail.resend_from != 0) commands.insert("portalctl registration resend");
  return commands;
}

void print(const portal::Verdict& verdict, const std::vector<std::string>& lines, Language language,
           const Context& context) {
  if (context.has(kJson)) {
    return print_as_json({.at = verdict.judged_at, .what = std::string(kInShort)}, lines.front(),
                         context);
  }
  std::cout << "\n";
  for (const std::string& line : lines) std::cout << shown_reply(context, line) << "\n";
  if (language == Language::kEnglish) return;
  std::string commands;
  for (const std::string_view command : commands_for(verdict)) {
    commands.append(commands.empty() ? "コマンド：" : "、").append(command);
  }
  if (!commands.empty()) std::cout << commands << "\n";
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
  auto judged = portal::verdict_of(*history, portal::system_now());
  mask(judged, context);
  const auto lines = portal::lines_of(judged, *language, sender_domain(context.settings()));
  if (history->empty()) return nothing_known(*query, lines.front());
  const auto attempts = portal::attempts_of(*history);
  const auto noted = record_look_up(
      context, {.account_id = attempts.empty() ? "" : std::string_view(attempts.back().id)});
  if (!noted) return noted;
  const auto entries = portal::entries_of(*history);
  const Marks marks = {query->request, are_several(entries), *language};
  for (const auto& entry : entries) print(entry, marks, context);
  print(judged, lines, *language, context);
  return Done{};
}

}  // namespace
}  // namespace portalctl
