#include "desk/case_view.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "core/actions/account_actions.h"
#include "core/actions/mail_actions.h"
#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/history/words.h"
#include "core/mail/address.h"
#include "desk/case_records.h"
#include "desk/offers.h"
#include "desk/spoken.h"

namespace portal {
namespace {

constexpr Language kLanguage = Language::kJapanese;

// When the mail can be sent again: who asks for it now may have to wait a little.
std::string resend_words(EpochSeconds from, EpochSeconds now) {
  if (from == 0) return "";
  if (from <= now) return "いま、メールを再送できます。";
  return japan_said(from, now) + "以降は、メールを再送できます。";
}

std::string pause_words(EpochSeconds until, EpochSeconds now) {
  if (until == 0) return "";
  return "パスワードのまちがいが続いたため、" + japan_said(until, now) +
         "まで、ログインできない端末があります。お急ぎのときは、ログインの待ち時間を解除できます。";
}

void show_verdict(Data& data, const Visit& visit, const CaseFile& file, const CaseExtras& extras) {
  const std::string domain = mail::domain_of_mailbox(visit.site.settings.text("mail.from"));
  auto lines = spoken(file.verdict, domain);
  if (file.history.empty() && file.clinic) {
    lines = {"この施術所では、まだ登録の申請がありません。",
             "登録されていない施術所です。新規ユーザー登録の画面から、お申し込みいただけます。"};
  }
  data.set("HEADLINE", lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    data.add("TELL").set("TEXT", lines[i]);
  }
  const auto& mail = file.verdict.mail;
  const bool told = mail && mail->state == MailVerdict::State::kSent;  // in the first line
  const std::string resend = told ? "" : resend_words(extras.resend_from, visit.now);
  for (const std::string& next : {resend, pause_words(extras.login_pause, visit.now)}) {
    if (!next.empty()) data.add("NEXT").set("TEXT", next);
  }
  if (file.verdict.others.empty()) return;
  Data& others = data.add("OTHERS");
  for (const Verdict& other : file.verdict.others) {
    std::string text;
    for (const std::string& line : spoken(other, domain)) text += line;
    Data& row = others.add("OTHER");
    row.set("ATTEMPT", std::to_string(other.attempt)).set("NUMBER", other.number.text());
    row.set("TEXT", text);
  }
}

void show_action(Data& data, const DeskSearch& search, const Offer& offer) {
  const DeskActionRow& row = row_of(offer.action);
  Data& action = data.add("ACTION").set("SEARCH", search.token).set("CODE", row.code);
  action.set("RECORD", offer.record).set("BUTTON", row.button);
}

void show_actions(Data& data, const Visit& visit, const DeskSearch& search, const CaseFile& file) {
  const auto offers = offers_of(file);
  if (offers.empty()) return;
  Data& all = data.add("ACTIONS");
  for (const Offer& offer : offers) {
    if (may(visit.member.role, offer.action)) {
      show_action(all, search, offer);
    } else {
      all.add("ABOVE").set("BUTTON", row_of(offer.action).button);
    }
  }
  if (std::ranges::any_of(offers,
                          [&](const Offer& one) { return !may(visit.member.role, one.action); })) {
    all.show("ASK_ABOVE");
  }
}

void show_mails(Data& data, const Visit& visit, const DeskSearch& search, const History& history) {
  if (history.pause) {
    data.add("PAUSED").set("SINCE", japan_said(history.pause->since, visit.now));
  }
  if (history.mails.empty()) data.show("NO_MAILS");
  for (const OutboxEntry& mail : history.mails) {
    Data& row = data.add("MAIL").set(
        "KIND", words_of_mail_kind(mail.letter.empty() ? mail.kind : mail.letter, kLanguage));
    row.set("RECIPIENT", log::mask_address(mail.recipient));
    row.set("STATE", words_of_mail_state(mail.state, kLanguage));
    row.set("AT", japan_said(mail.created_at, visit.now));
    for (const MailAttempt& attempt : history.attempts.at(mail.id)) {
      row.add("ATTEMPT")
          .set("AT", japan_said(attempt.at, visit.now))
          .set("TEXT", log::mask_addresses(in_words(attempt, kLanguage)));
    }
    if (may_be_retried(mail)) {
      show_action(row, search, {DeskAction::kRetry, mail.id});
    }
  }
}

void show_clinic(Data& data, const CaseFile& file, EpochSeconds now) {
  if (!file.clinic) {
    data.show("NO_CLINIC");
    return;
  }
  const Clinic& clinic = *file.clinic;
  Data& shown = data.add("CLINIC").set("NUMBER", clinic.number.text()).set("NAME", clinic.name);
  if (!clinic.address.empty()) shown.add("PLACE").set("PLACE", clinic.address);
  if (!clinic.designated_on.empty())
    shown.add("DESIGNATED").set("DESIGNATED", clinic.designated_on);
  shown.show(clinic.open() ? "OPEN" : "CLOSED");
  if (!clinic.open()) shown.set("CLOSED_AT", japan_said(clinic.closed_at, now));
  if (file.clinic_versions.size() < 2) return;
  Data& versions = shown.add("VERSIONS");
  for (const ClinicVersion& version : file.clinic_versions) {
    Data& row = versions.add("VERSION").set("EDITION", std::to_string(version.from));
    row.set("NAME", version.clinic.name).set("PLACE", version.clinic.address);
    row.set("STATE", version.clinic.open() ? "掲載" : "掲載終了");
  }
}

// Newest first: a call is about what happened last.
void show_timeline(Data& data, const CaseFile& file, EpochSeconds now) {
  const bool several = attempts_of(file.history).size() > 1;
  if (file.entries.empty()) data.show("NO_ENTRIES");
  for (const auto& entry : std::views::reverse(file.entries)) {
    Data& row = data.add("ENTRY").set("AT", japan_said(entry.at, now));
    row.set("TEXT", log::mask_addresses(in_words(entry, kLanguage)));
    if (several && entry.attempt > 0) {
      row.add("OF_ATTEMPT").set("ATTEMPT", std::to_string(entry.attempt));
    }
  }
}

}  // namespace

CaseExtras read_extras(Connection& connection, const CaseFile& file) {
  CaseExtras extras;
  for (const Offer& offer : offers_of(file)) {
    if (offer.action == DeskAction::kResend) {
      extras.resend_from = resend_possible_from(connection, offer.record, file.read_at);
    }
    if (offer.action == DeskAction::kUnlock) {
      extras.login_pause = login_pause(connection, offer.record, file.read_at);
    }
  }
  return extras;
}

void show_case(Data& data, const Visit& visit, const DeskSearch& search, const CaseFile& file,
               const CaseExtras& extras) {
  show_verdict(data, visit, file, extras);
  show_actions(data, visit, search, file);
  show_records(data, visit, search, file);
  show_mails(data, visit, search, file.history);
  show_clinic(data, file, visit.now);
  show_timeline(data, file, visit.now);
}

}  // namespace portal
