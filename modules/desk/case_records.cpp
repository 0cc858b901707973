#include "desk/case_records.h"

#include <algorithm>
#include <string>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/history/words.h"
#include "desk/masks.h"

namespace portal {
namespace {

constexpr Language kLanguage = Language::kJapanese;

// What each of them has.
struct Person {
  std::string name = {};  // empty: it is not known
  std::string address = {};
  std::string phone = {};
};

class Records {
 public:
  Records(Data& data, const Visit& visit, const DeskSearch& search)
      : data_(data), visit_(visit), search_(search) {}

  void add(const Registration& registration, EpochSeconds now) {
    Data& record = begin("登録の申請", registration.id);
    row(record, "状態", words_of_registration_state(state_of(registration, now), kLanguage));
    row(record, "登録記号番号", registration.number.text());
    person(record, registration.id, person_of(registration));
    row(record, "申請（確認画面でOK）", time(registration.created_at));
    if (registration.activated()) row(record, "有効化", time(registration.activated_at));
    if (registration.cancelled()) row(record, "取り消し", time(registration.cancelled_at));
    if (registration.open()) row(record, "有効化できる期限", time(registration.expires_at));
  }

  void add(const Account& account, const std::vector<WebSession>& sessions) {
    Data& record = begin("アカウント", account.id);
    row(record, "状態", words_of_account_state(account.state, kLanguage));
    row(record, "登録記号番号", account.number.text());
    person(record, account.id, person_of(account));
    row(record, "登録", time(account.created_at));
    row(record, "最後のログイン",
        account.last_login_at == 0 ? "まだありません" : time(account.last_login_at));
    row(record, "ログイン中の端末", sessions_in_words(sessions));
  }

  void add(const WaitingEntry& entry) {
    Data& record = begin("一覧への掲載待ち", entry.id);
    row(record, "登録記号番号", entry.number.text());
    person(record, entry.id, {.address = entry.email});
    row(record, "申し込み", time(entry.created_at));
    row(record, "お知らせ",
        entry.notified_at == 0 ? "まだ載っていません" : time(entry.notified_at) + "に送信");
  }

 private:
  static Person person_of(const Applicant& applicant) {
    return {applicant.family_name + " " + applicant.given_name, applicant.email, applicant.phone};
  }

  static std::string_view state_of(const Registration& registration, EpochSeconds now) {
    if (registration.activated()) return "activated";
    if (registration.cancelled()) return "cancelled";
    return registration.waits(now) ? "pending" : "expired";
  }

  Data& begin(std::string_view heading, const std::string& id) {
    Data& record = data_.add("RECORD").set("HEADING", heading);
    const bool shown = search_.shown == id;
    if (shown) {
      record.add("SHOWN").set("BEFORE", search_.before);
    } else {
      record.add("MASKED").set("SEARCH", search_.token).set("ID", id).set("HEADING", heading);
    }
    return record;
  }

  void person(Data& record, const std::string& id, const Person& person) {
    const bool shown = search_.shown == id;
    if (!person.name.empty()) row(record, "姓名", shown ? person.name : mask_name(person.name));
    row(record, "メールアドレス", shown ? person.address : log::mask_address(person.address));
    if (!person.phone.empty()) {
      row(record, "電話番号", shown ? person.phone : mask_phone(person.phone));
    }
  }

  std::string sessions_in_words(const std::vector<WebSession>& sessions) const {
    if (sessions.empty()) return "ありません";
    return std::to_string(sessions.size()) + "台（最後に使われたのは" +
           time(std::ranges::max(sessions, {}, &WebSession::seen_at).seen_at) + "）";
  }

  std::string time(EpochSeconds at) const { return japan_said(at, visit_.now); }

  static void row(Data& record, std::string_view label, std::string_view value) {
    record.add("ROW").set("LABEL", label).set("VALUE", value);
  }

  Data& data_;
  const Visit& visit_;
  const DeskSearch& search_;
};

}  // namespace

void show_records(Data& data, const Visit& visit, const DeskSearch& search, const CaseFile& file) {
  Records records(data, visit, search);
  for (const Account& account : file.history.accounts) {
    const bool chosen = file.account && file.account->id == account.id;
    records.add(account, chosen ? file.sessions : std::vector<WebSession>());
  }
  for (const Registration& registration : file.history.registrations) {
    records.add(registration, file.read_at);
  }
  for (const WaitingEntry& entry : file.history.waiting) records.add(entry);
  const History& history = file.history;
  if (history.accounts.empty() && history.registrations.empty() && history.waiting.empty()) {
    data.show("NO_RECORDS");
  }
}

bool has_record(const History& history, std::string_view id) {
  const auto has = [&](const auto& rows) {
    return std::ranges::any_of(rows, [&](const auto& row) { return row.id == id; });
  };
  return has(history.accounts) || has(history.registrations) || has(history.waiting);
}

}  // namespace portal
