#include "portalctl/report/words.h"

#include <Poco/DateTime.h>
#include <Poco/NumberFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/base/japan_time.h"
#include "core/history/reply_codes.h"
#include "core/history/words.h"
#include "core/registration/fields.h"
#include "core/registration/prefectures.h"

namespace portalctl::words {
namespace {

constexpr auto kLanguage = portal::Language::kJapanese;

struct Word {
  std::string_view code;
  std::string_view word;
};

constexpr auto kStages = std::to_array<Word>({
    {"form_sent", "入力画面を送信した"},
    {"confirm", "確認画面へ進んだ"},
    {"complete", "OKを押した（申請完了）"},
    {"mail_delivered", "有効化用リンクのメールを送れた"},
    {"link_opened", "リンクが開かれた"},
    {"activated", "登録が完了した（有効化）"},
});
std::string_view find(std::span<const Word> table, std::string_view code) {
  const auto found = std::ranges::find(table, code, &Word::code);
  return found == table.end() ? std::string_view() : found->word;
}

std::string find_or_code(std::span<const Word> table, std::string_view code) {
  const std::string_view word = find(table, code);
  return std::string(word.empty() ? code : word);
}

Poco::DateTime calendar(std::int64_t japan_day) {
  return Poco::DateTime(Poco::Timestamp::fromEpochTime(japan_day * portal::kDay));
}

}  // namespace

std::string_view prefecture(std::string_view code) {
  return portal::prefecture_name(code).value_or("その他");
}

std::string mail_kind(std::string_view kind) {
  return portal::words_of_mail_kind(kind, kLanguage);
}

std::string mail_state(std::string_view state) {
  return portal::words_of_mail_state(state, kLanguage);
}

std::string mail_outcome(std::string_view outcome) {
  return portal::words_of_mail_outcome(outcome, kLanguage);
}

std::string login_refusal(std::string_view reason) {
  return portal::words_of_login_refusal(reason, kLanguage);
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
  return portal::words_of_mistake(code, kLanguage);
}

std::string_view smtp_code(std::string_view code) {
  return portal::meaning_of_code(code, kLanguage);
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
