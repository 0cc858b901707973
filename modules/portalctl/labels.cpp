#include "portalctl/labels.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portalctl {
namespace {

using Label = std::pair<std::string_view, std::string_view>;

constexpr auto kLabels = std::to_array<Label>({
    {"account", "アカウントID"},
    {"address", "所在地"},
    {"age", "経過"},
    {"at", "日時"},
    {"attempts", "試みた回数"},
    {"clinic_name", "施術所名"},
    {"closed", "掲載終了"},
    {"created_at", "申請"},
    {"designated_on", "指定年月日"},
    {"done_at", "完了"},
    {"email", "メールアドレス"},
    {"fault", "原因"},
    {"id", "ID"},
    {"institution", "所属機関"},
    {"kind", "種類"},
    {"last_login", "最後のログイン"},
    {"last_login_from", "最後のログイン元"},
    {"last_reply", "相手の返答"},
    {"letter", "お送りした内容"},
    {"mail_letter", "お送りした内容"},
    {"mail_reply", "相手の返答"},
    {"mail_state", "メールの状態"},
    {"mails", "通数"},
    {"name", "姓名"},
    {"next_attempt_at", "次の送信"},
    {"obstacle", "送らない理由"},
    {"oldest", "最も古いもの"},
    {"oldest_seconds", "その経過秒数"},
    {"outcome", "結果"},
    {"paused_since", "停止の始まり"},
    {"phone", "電話番号"},
    {"prefecture", "都道府県"},
    {"queue", "送信"},
    {"queued_at", "用意"},
    {"reason", "理由"},
    {"recipient", "宛先"},
    {"registered", "登録"},
    {"registration", "登録の申請ID"},
    {"registration_number", "登録記号番号"},
    {"reply", "相手の返答"},
    {"request", "お問い合わせ番号"},
    {"state", "状態"},
});
static_assert(std::ranges::is_sorted(kLabels, {}, &Label::first));

}  // namespace

std::string_view japanese_label(std::string_view name) {
  const auto* const found = std::ranges::find(kLabels, name, &Label::first);
  return found == kLabels.end() ? name : found->second;
}

}  // namespace portalctl
