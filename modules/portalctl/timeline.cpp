// portalctl timeline: everything that happened, in one table, and what to tell the caller.
#include <array>
#include <iostream>

#include "core/base/japan_time.h"
#include "core/history/history.h"
#include "core/history/verdict.h"
#include "core/mail/address.h"
#include "portalctl/listing.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr portal::Option kLang = {
    "lang", "LANG", "timeline: what to tell the caller, in ja (Japanese) or en (English, default)"};
constexpr std::array kOptions = {kLang, kFull, kJson};

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

// `request`: the number that was asked for; what it did is marked. Empty: another was asked for.
void print(const portal::HistoryEntry& entry, const std::string& request, const Context& context) {
  std::string detail = shown_reply(context, entry.detail);
  if (context.has(kJson)) {
    print_json({{"time", japan_timestamp(entry.at)},
                {"at", Time{entry.at}},
                {"what", entry.what},
                {"registration", entry.registration},
                {"detail", detail},
                {"request", entry.request}});
    return;
  }
  if (!request.empty() && entry.request.starts_with(request)) detail += "  <- " + request;
  std::string what = entry.what;
  what.resize(std::max<std::size_t>(what.size(), 20), ' ');
  std::cout << japan_timestamp(entry.at) << "  " << what << " " << detail << "\n";
}

Result<portal::Language> language_of(const Context& context) {
  const std::string name = context.value(kLang);
  if (name.empty() || name == "en") return portal::Language::kEnglish;
  if (name == "ja") return portal::Language::kJapanese;
  return portal::wrong_usage("--lang " + name + ": expected ja or en");
}

// The domain of mail.from, which users may have to let in.
std::string sender_domain(const portal::Settings& settings) {
  const auto sender = portal::mail::parse_mailbox(settings.text("mail.from"));
  return sender ? std::string(portal::mail::domain_of(sender->address)) : std::string();
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
  for (const auto& entry : portal::entries_of(*history)) print(entry, query->request, context);
  const auto now = portal::system_now();
  const std::string verdict = portal::in_words(portal::verdict_of(*history, now), *language,
                                               sender_domain(context.settings()));
  if (history->empty()) return nothing_known(*query, verdict);
  if (context.has(kJson)) {
    print({now, std::string(kInShort), "", verdict, ""}, query->request, context);
  } else {
    std::cout << "\n" << shown_reply(context, verdict) << "\n";
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
