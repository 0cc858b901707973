#include "core/history/words.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/database/account/accounts.h"
#include "core/database/journal/audit_event.h"
#include "core/database/journal/timeline_event.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_obstacle.h"
#include "core/database/mail/mail_state.h"
#include "core/database/registration/registrations.h"
#include "core/history/look_ups.h"
#include "core/history/reply_codes.h"
#include "core/journal/opened_link.h"
#include "core/mail/mail_fault.h"
#include "core/registration/application.h"

namespace portal {
namespace {

// Of a table of the database's names.
std::string words_or_name(const auto& table, std::string_view name, Language language) {
  const auto row = std::ranges::find(table, name, [](const auto& one) { return one.name; });
  return std::string(row == std::ranges::end(table) ? name : row->words.in(language));
}

// A sentence that has no full stop yet.
std::string ended(std::string text) {
  return text.ends_with("。") ? text : text.append("。");
}

// Between spaces, so that an address in it can be told from the words around it when it is masked.
std::string in_brackets(std::string_view text) {
  return std::string("（ ").append(text).append(" ）");
}

std::string opening_in_japanese(const std::string& detail) {
  const auto opened = read_opened_link(detail);
  if (!opened) return in_brackets(detail);
  const auto& row = kOpenedLinkRows.at(static_cast<std::size_t>(opened->state));
  return std::string(row.words.japanese)
      .append(opened->same_browser ? "。登録したときと同じブラウザです"
                                   : "。登録したときとは別のブラウザまたは端末です")
      .append(in_brackets(opened->user_agent));
}

std::string event_in_japanese(TimelineEvent event, const std::string& fact) {
  const std::string text(kind_of(event).meaning.japanese);
  if (fact.empty()) return ended(text);
  if (event == TimelineEvent::kFormRefused)
    return ended(text + "：" + words_of_mistakes(fact, Language::kJapanese));
  if (event == TimelineEvent::kLinkOpened) return ended(text + "。" + opening_in_japanese(fact));
  return ended(text + in_brackets(fact));
}

std::string audit_in_japanese(AuditEvent event, const HistoryEntry& entry) {
  std::string text(kind_of(event).meaning.japanese);
  const bool refused = event == AuditEvent::kLoginRefused;
  if (refused && !entry.fact.empty()) {
    text.append("理由：").append(words_of_login_refusal(entry.fact, Language::kJapanese));
    text = ended(text);
  } else if (event == AuditEvent::kLookedUp && entry.fact == kShownAtDesk) {
    text.append("窓口の「表示」です。");
  } else if (!entry.fact.empty()) {
    text.append(in_brackets(entry.fact));
  }
  if (!entry.actor.empty()) text.append("（担当：").append(entry.actor).append("）");
  return text;
}

std::string mail_in_japanese(const HistoryEntry& entry) {
  const std::string letter =
      "メール「" + words_of_mail_kind(entry.letter, Language::kJapanese) + "」";
  if (entry.what == kMailQueued) {
    return letter + "を " + entry.recipient + " 宛てに用意しました（メールID： " + entry.mail +
           " ）。";
  }
  const MailAttempt attempt = {.outbox_id = entry.mail,
                               .at = entry.at,
                               .outcome = entry.what.substr(kMailAttempt.size()),
                               .reply = entry.fact,
                               .fault = entry.fault,
                               .letter = entry.letter,
                               .obstacle = entry.obstacle};
  return letter + "：" + in_words(attempt, Language::kJapanese);
}

std::string in_japanese(const HistoryEntry& entry) {
  if (!entry.mail.empty()) return mail_in_japanese(entry);
  if (const auto event = find_timeline_event(entry.what)) {
    return event_in_japanese(*event, entry.fact);
  }
  if (const auto event = find_audit_event(entry.what)) return audit_in_japanese(*event, entry);
  return entry.what + in_brackets(entry.fact);  // of a newer version
}

std::string in_english(const HistoryEntry& entry) {
  if (entry.what == kMailQueued) {
    return entry.letter + " to " + entry.recipient + " (mail " + entry.mail + ")";
  }
  if (!entry.mail.empty()) return entry.letter + ": " + entry.fact;
  if (const auto event = find_timeline_event(entry.what)) {
    const std::string text(kind_of(*event).meaning.english);
    return entry.fact.empty() ? text : text + ": " + entry.fact;
  }
  const auto event = find_audit_event(entry.what);
  std::string text(event ? kind_of(*event).meaning.english : "");
  if (!entry.fact.empty()) text.append(" ").append(entry.fact);
  if (!entry.actor.empty()) text.append(" (").append(entry.actor).append(")");
  return text;
}

// What the reply, or the portal's own reason, comes to: "宛先不明：宛先のアドレスがない".
std::string explanation_of(const MailAttempt& attempt, Language language) {
  if (!attempt.obstacle.empty()) return words_of_mail_obstacle(attempt.obstacle, language);
  std::string text = words_of_mail_fault(attempt.fault, language);
  const std::string_view meaning = meaning_of_reply(attempt.reply, language);
  if (meaning.empty()) return text;
  if (!text.empty()) text.append(language == Language::kJapanese ? "：" : ": ");
  return text.append(meaning);
}

constexpr auto kLoginRefusals = std::to_array<std::pair<std::string_view, Words>>({
    {"wrong_password", {"wrong password", "パスワードの誤り"}},
    {"wrong_password_pending",
     {"not activated yet, and a wrong password", "有効化の前（パスワードの誤り）"}},
    {"unknown_address", {"no account has the address", "登録のないメールアドレス"}},
    {"not_activated", {"not activated yet", "有効化の前"}},
    {"disabled", {"the account is disabled", "停止中のアカウント"}},
});

}  // namespace

std::string in_words(const HistoryEntry& entry, Language language) {
  return language == Language::kJapanese ? in_japanese(entry) : in_english(entry);
}

std::string in_words(const MailAttempt& attempt, Language language) {
  const std::string outcome = words_of_mail_outcome(attempt.outcome, language);
  const std::string explanation = explanation_of(attempt, language);
  if (language == Language::kJapanese) {
    std::string text = outcome;
    if (!explanation.empty()) text.append("（").append(explanation).append("）");
    text.append("。");
    if (!attempt.reply.empty()) text.append("返答：").append(in_brackets(attempt.reply));
    return text;
  }
  std::string text = outcome;
  if (!explanation.empty()) text.append(" (").append(explanation).append(")");
  return attempt.reply.empty() ? text : text.append(": ").append(attempt.reply);
}

std::string words_of_mistake(std::string_view code, Language language) {
  const auto all = messages();
  const auto found = std::ranges::find(all, code, &Message::code);
  if (language == Language::kEnglish || found == all.end()) return std::string(code);
  constexpr std::string_view kEnd = "。";
  auto end = found->text.find(kEnd);
  while (found->text.substr(end + kEnd.size()).starts_with("」")) {
    end = found->text.find(kEnd, end + kEnd.size());
  }
  std::string sentence(found->text.substr(0, end));
  // What each message named is not kept.
  for (auto at = sentence.find("{}"); at != std::string::npos; at = sentence.find("{}", at)) {
    sentence.replace(at, 2, "…");
  }
  return sentence;
}

std::string words_of_mistakes(const std::string& codes, Language language) {
  if (language == Language::kEnglish) return codes;
  std::string text;
  for (const std::string& code : Poco::StringTokenizer(codes, " ")) {
    text.append("「").append(words_of_mistake(code, language)).append("」");
  }
  return text;
}

std::string words_of_login_refusal(std::string_view reason, Language language) {
  const auto* const found =
      std::ranges::find(kLoginRefusals, reason, [](const auto& row) { return row.first; });
  return std::string(found == kLoginRefusals.end() ? reason : found->second.in(language));
}

std::string words_of_mail_kind(std::string_view name, Language language) {
  return words_or_name(mail_kinds(), name, language);
}
std::string words_of_mail_state(std::string_view name, Language language) {
  return words_or_name(kMailStateRows, name, language);
}
std::string words_of_mail_outcome(std::string_view name, Language language) {
  return words_or_name(kMailOutcomeRows, name, language);
}
std::string words_of_mail_fault(std::string_view name, Language language) {
  return words_or_name(kMailFaultRows, name, language);
}
std::string words_of_mail_obstacle(std::string_view name, Language language) {
  return words_or_name(kMailObstacleRows, name, language);
}
std::string words_of_registration_state(std::string_view name, Language language) {
  return words_or_name(kRegistrationStateRows, name, language);
}
std::string words_of_account_state(std::string_view name, Language language) {
  return words_or_name(kAccountStates, name, language);
}

}  // namespace portal
