#include "desk/errand.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/actions/account_actions.h"
#include "core/actions/mail_actions.h"
#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/roster/roster.h"
#include "core/database/roster/roster_quarantine.h"
#include "core/history/words.h"
#include "core/queue/mail_limits.h"
#include "core/text/text.h"
#include "desk/desk_fields.h"
#include "desk/desk_finding.h"
#include "portalctl/roster/mending.h"

namespace portal {
namespace {

constexpr std::size_t kMostReason = 200;  // characters

constexpr std::string_view kHolder =
    "ただし、このメールアドレスにはすでにアカウントがあるため、リンクではなく「すでに登録されていま"
    "す」というお知らせが届きます。そのアカウントでログインしていただいてください。";
constexpr std::string_view kRowUnfit =
    "登録記号番号と施術所名は、この画面で直せます。ほかの列は、ファイルを直して取り込み直す必要が"
    "あるため、管理者にお知らせください。";

std::int64_t row_id(const std::string& record) {
  std::int64_t id = 0;
  std::from_chars(record.data(), record.data() + record.size(), id);
  return id;
}

Beneficiary person(const Applicant& applicant) {
  return {
      applicant.number, {}, applicant.family_name + " " + applicant.given_name, applicant.email};
}

template <class Row>
const Row* row_with(const std::vector<Row>& rows, const std::string& id) {
  const auto found = std::ranges::find(rows, id, &Row::id);
  return found == rows.end() ? nullptr : &*found;
}

// Whom the record of a case is of. Nothing: the case has no such record.
std::optional<Beneficiary> beneficiary(const CaseFile& file, const std::string& record) {
  const History& history = file.history;
  if (const auto* account = row_with(history.accounts, record)) return person(*account);
  if (const auto* row = row_with(history.registrations, record)) return person(*row);
  if (const auto* mail = row_with(history.mails, record)) {
    return Beneficiary{.address = mail->recipient};
  }
  for (const auto& [id, rivals] : history.rivals) {
    if (rivals.of_clinic && rivals.of_clinic->id == record) return person(*rivals.of_clinic);
  }
  return std::nullopt;
}

std::optional<Errand> find_row_errand(Connection& connection, Errand errand) {
  const auto row = RosterQuarantine(connection).find(row_id(errand.record));
  if (!row) return std::nullopt;
  errand.whom.clinic = row->name;
  errand.entered.number = row->given_number;
  errand.entered.name = row->name;
  return errand;
}

std::optional<Errand> find_case_errand(Connection& connection, const Visit& visit, Errand errand) {
  const auto file = case_of(connection, visit, errand.search);
  if (!file) return std::nullopt;
  if (errand.record.empty()) {  // the address alone is known
    const auto key = parse_search_key(errand.search.typed);
    if (!key || key->query.email_key.empty()) return std::nullopt;
    errand.whom.address = key->query.email_key;
    return errand;
  }
  auto whom = beneficiary(*file, errand.record);
  if (!whom) return std::nullopt;
  errand.whom = std::move(*whom);
  if (!errand.whom.number.empty()) {
    const auto clinic = Roster(connection).find_any(errand.whom.number);
    if (clinic) errand.whom.clinic = clinic->name;
  }
  return errand;
}

FieldError error_of(const Field& field, std::string_view code, std::string_view message) {
  return {std::string(field.name), std::string(code), std::string(message)};
}

void take_reason(const Form& form, Errand& errand, std::vector<FieldError>& errors) {
  const std::string typed = text::tidy(text::cut(form.get("reason"), 4 * kMostReason));
  errand.entered.reason = log::mask_addresses(typed);
  if (text::blank(typed)) {
    errors.push_back(error_of(desk_fields::reason, "reason_missing", "理由を入力してください。"));
  } else if (text::has_control(typed) || text::code_points(typed) > kMostReason) {
    errors.push_back(
        error_of(desk_fields::reason, "reason_format", "理由は、200文字以内で入力してください。"));
  }
}

void take_email(const Form& form, bool required, Errand& errand, std::vector<FieldError>& errors) {
  std::string email(form.get("email"));
  const bool given = !text::blank(email);
  if (required || given) {
    if (const auto error = check_email("email", email)) errors.push_back(*error);
    errand.entered.email = email;
  }
}

void take_row(const Form& form, Errand& errand, std::vector<FieldError>& errors) {
  errand.entered.number = text::cut(form.get("number"), kMostReason);
  errand.entered.name = text::cut(form.get("name"), 4 * kMostReason);
  if (!portalctl::roster_number(errand.entered.number)) {
    errors.push_back(error_of(desk_fields::number, "number_format",
                              "登録記号番号を、契0123456-7-8 または 01234567-8-9 "
                              "のように入力してください。"));
  }
  if (text::blank(errand.entered.name)) {
    errors.push_back(
        error_of(desk_fields::clinic_name, "name_missing", "施術所名を入力してください。"));
  }
}

// What to tell where it could not be done.
std::string words_of(const Outcome& outcome, const ActivationForecast& forecast, EpochSeconds now) {
  std::string words(in_japanese(outcome.hindrance));
  if (outcome.hindrance == Hindrance::kTooSoon) {
    words += japan_said(outcome.from, now) + "以降に、もう一度お試しください。";
  }
  if (outcome.hindrance == Hindrance::kWouldNotLeave && forecast.obstruction) {
    words += "理由：" +
             words_of_mail_obstacle(name_of(forecast.obstruction->obstacle), Language::kJapanese) +
             "。";
  }
  return words;
}

Ran ran(const Errand& errand, const Resent& resent, EpochSeconds now) {
  if (!resent.outcome.done()) return {false, words_of(resent.outcome, resent.forecast, now)};
  std::string words(row_of(errand.action).done);
  if (resent.forecast.holder) words += kHolder;
  return {true, words};
}

Ran ran(const Errand& errand, const Outcome& outcome, EpochSeconds now) {
  return ran(errand, Resent{outcome, {}}, now);
}

Ran ran(const Errand& errand, const portalctl::Mended& mended, EpochSeconds now) {
  Ran told = ran(errand, mended.outcome, now);
  if (!mended.unfit.empty()) {
    told.words.append("理由：")
        .append(text::visible(mended.unfit.in(Language::kJapanese)))
        .append("。")
        .append(kRowUnfit);
  }
  return told;
}

portalctl::Mended fix(Connection& connection, const Errand& errand, const Instruction& by) {
  const auto number = portalctl::roster_number(errand.entered.number);
  if (!number) {
    return {{Hindrance::kRowUnfit}, {}, portalctl::complaint_of_number(errand.entered.number)};
  }
  return portalctl::mend_row(connection, row_id(errand.record), *number, errand.entered.name, by);
}

}  // namespace

std::optional<Errand> find_errand(Connection& connection, const Visit& visit, DeskAction action) {
  Errand errand;
  errand.action = action;
  const Form& form =
      visit.request.method == Method::kPost ? visit.request.form : visit.request.query;
  errand.record = form.get("record");
  const auto token = visit.request.query.get("search");
  if (const auto search = open_search(connection, token, visit.member.name, visit.now)) {
    errand.search = *search;
  }
  if (action == DeskAction::kFix) return find_row_errand(connection, std::move(errand));
  if (errand.search.token.empty()) return std::nullopt;
  return find_case_errand(connection, visit, std::move(errand));
}

std::vector<FieldError> take_entries(const Form& form, Errand& errand) {
  std::vector<FieldError> errors;
  if (errand.action == DeskAction::kCorrect) take_email(form, true, errand, errors);
  if (errand.action == DeskAction::kRelease) take_email(form, false, errand, errors);
  if (errand.action == DeskAction::kFix) take_row(form, errand, errors);
  take_reason(form, errand, errors);
  return errors;
}

Ran run_errand(Connection& connection, const Visit& visit, const Errand& errand) {
  const Instruction by = {errand.entered.reason, visit.member.name, visit.request.client.address(),
                          visit.request.id, visit.now};
  const std::string& record = errand.record;
  const MailLimits limits = mail_limits(visit.site.settings);
  switch (errand.action) {
    case DeskAction::kResend:
      return ran(errand, resend_activation(connection, record, limits, CoolDown::kKept, by),
                 visit.now);
    case DeskAction::kCorrect:
      return ran(errand, correct_address(connection, record, errand.entered.email, limits, by),
                 visit.now);
    case DeskAction::kRetry:
      return ran(errand, retry_mail(connection, record, by), visit.now);
    case DeskAction::kAllow:
      return ran(errand, allow_mail(connection, email_key(errand.whom.address), by), visit.now);
    case DeskAction::kUnlock:
      return ran(errand, unlock_account(connection, record, by), visit.now);
    case DeskAction::kEndSessions:
      return ran(errand, end_sessions(connection, record, by), visit.now);
    case DeskAction::kRelease:
      return ran(errand, release_account(connection, record, errand.entered.email, by), visit.now);
    case DeskAction::kDisable:
      return ran(errand, disable_account(connection, record, by), visit.now);
    case DeskAction::kEnable:
      return ran(errand, enable_account(connection, record, by), visit.now);
    case DeskAction::kFix:
      break;
  }
  return ran(errand, fix(connection, errand, by), visit.now);
}

}  // namespace portal
