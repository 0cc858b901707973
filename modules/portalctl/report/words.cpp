#include "portalctl/report/words.h"

#include <Poco/DateTime.h>
#include <Poco/NumberFormatter.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/base/japan_time.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_state.h"
#include "core/registration/application.h"
#include "core/registration/fields.h"
#include "core/registration/prefectures.h"

namespace portalctl::words {
namespace {

struct Word {
  std::string_view code;
  std::string_view word;
};

constexpr auto kLoginRefusals = std::to_array<Word>({
    {"wrong_password", "パスワードの誤り"},
    {"wrong_password_pending", "有効化の前（パスワードの誤り）"},
    {"unknown_address", "登録のないメールアドレス"},
    {"not_activated", "有効化の前"},
    {"disabled", "停止中のアカウント"},
});
constexpr auto kStages = std::to_array<Word>({
    {"form_sent", "入力画面を送信した"},
    {"confirm", "確認画面へ進んだ"},
    {"complete", "OKを押した（申請完了）"},
    {"mail_delivered", "有効化用リンクのメールを送れた"},
    {"link_opened", "リンクが開かれた"},
    {"activated", "登録が完了した（有効化）"},
});
constexpr auto kSmtpCodes = std::to_array<Word>({
    {"4.2.0", "グレーリスティングなど、一時的な拒否"},
    {"4.4.1", "相手のメールサーバーに接続できない"},
    {"4.7.1", "受信側の制限による一時的な拒否"},
    {"5.1.1", "宛先のアドレスがない"},
    {"5.1.2", "宛先のドメインがない"},
    {"5.1.10", "宛先のドメインはメールを受け取らない"},
    {"5.2.1", "宛先のメールボックスが停止している"},
    {"5.2.2", "宛先のメールボックスがいっぱい"},
    {"5.4.4", "宛先のドメインが見つからない"},
    {"5.7.1", "受信側の方針による拒否"},
    {"5.7.26", "送信元の認証（SPF・DKIM）の失敗による拒否"},
    {"421", "メールサーバーが混雑、または停止している"},
    {"450", "一時的な拒否"},
    {"451", "メールサーバーの一時的な障害"},
    {"452", "メールサーバーの容量の不足"},
    {"550", "宛先がない、または拒否"},
    {"552", "容量の超過"},
    {"554", "拒否"},
});

std::string_view find(std::span<const Word> table, std::string_view code) {
  const auto found = std::ranges::find(table, code, &Word::code);
  return found == table.end() ? std::string_view() : found->word;
}

std::string find_or_code(std::span<const Word> table, std::string_view code) {
  const std::string_view word = find(table, code);
  return std::string(word.empty() ? code : word);
}

// Of a table of the database's names.
std::string words_or_code(const auto& table, std::string_view code) {
  const auto row = std::ranges::find(table, code, [](const auto& one) { return one.name; });
  return std::string(row == std::ranges::end(table) ? code : row->words.japanese);
}

Poco::DateTime calendar(std::int64_t japan_day) {
  return Poco::DateTime(Poco::Timestamp::fromEpochTime(japan_day * portal::kDay));
}

}  // namespace

std::string_view prefecture(std::string_view code) {
  return portal::prefecture_name(code).value_or("その他");
}

std::string mail_kind(std::string_view kind) {
  return words_or_code(portal::mail_kinds(), kind);
}

std::string mail_state(std::string_view state) {
  return words_or_code(portal::kMailStateRows, state);
}

std::string mail_outcome(std::string_view outcome) {
  return words_or_code(portal::kMailOutcomeRows, outcome);
}

std::string login_refusal(std::string_view reason) {
  return find_or_code(kLoginRefusals, reason);
}

std::string stage(std::string_view name) {
  return find_or_code(kStages, name);
}

std::string field(std::string_view name) {
  if (name == "registration_number") return "登録記号番号（一覧にない、登録済み）";
  const auto fields = portal::fields();
  const auto found = std::ranges::find(fields, name, &portal::Field::name);
  if (found == fields.end()) return "その他";
  std::string label;
  if (found->institution) label.append(portal::kind_of(*found->institution).abbreviation);
  return label.append(label.empty() ? "" : "の ").append(found->label);
}

std::string message(std::string_view code) {
  const auto messages = portal::messages();
  const auto found = std::ranges::find(messages, code, &portal::Message::code);
  if (found == messages.end()) return std::string(code);
  constexpr std::string_view kEnd = "。";
  auto end = found->text.find(kEnd);
  while (found->text.substr(end + kEnd.size()).starts_with("」")) {
    end = found->text.find(kEnd, end + kEnd.size());
  }
  // The report counts messages, and does not know what each of them named.
  return Poco::replace(std::string(found->text.substr(0, end)), std::string("{}"),
                       std::string("…"));
}

std::string_view smtp_code(std::string_view code) {
  const auto space = code.find(' ');
  const bool both = space != std::string_view::npos;
  const std::string_view enhanced = find(kSmtpCodes, both ? code.substr(space + 1) : code);
  return enhanced.empty() && both ? find(kSmtpCodes, code.substr(0, space)) : enhanced;
}

std::string number(std::int64_t count) {
  constexpr std::size_t kGroup = 3;
  std::string digits = std::to_string(count);
  for (std::size_t place = digits.size(); place > kGroup;) {
    place -= kGroup;
    digits.insert(place, 1, ',');
  }
  return digits;
}

std::string share(std::int64_t count, std::int64_t of) {
  if (of == 0) return "–";
  return Poco::NumberFormatter::format(100.0 * static_cast<double>(count) / static_cast<double>(of),
                                       1) +
         "%";
}

std::string duration(portal::EpochSeconds seconds) {
  constexpr struct {
    portal::EpochSeconds length;
    std::string_view name;
  } kUnits[] = {{portal::kDay, "日"}, {portal::kHour, "時間"}, {portal::kMinute, "分"}, {1, "秒"}};
  const auto* const last = std::end(kUnits) - 1;
  const auto* const unit = std::find_if(std::begin(kUnits), last,
                                        [&](const auto& one) { return seconds >= one.length; });
  std::string text = std::to_string(seconds / unit->length).append(unit->name);
  if (unit == last) return text;
  const auto rest = seconds % unit->length / (unit + 1)->length;
  return rest == 0 ? text : text.append(std::to_string(rest)).append((unit + 1)->name);
}

std::string day(std::int64_t japan_day) {
  constexpr std::array<std::string_view, 7> kWeekdays = {"日", "月", "火", "水", "木", "金", "土"};
  const Poco::DateTime date = calendar(japan_day);
  return std::to_string(date.month()) + "月" + std::to_string(date.day()) + "日（" +
         std::string(kWeekdays.at(static_cast<std::size_t>(date.dayOfWeek()))) + "）";
}

std::string short_day(std::int64_t japan_day) {
  const Poco::DateTime date = calendar(japan_day);
  return std::to_string(date.month()) + "/" + std::to_string(date.day());
}

}  // namespace portalctl::words
