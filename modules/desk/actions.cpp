#include "desk/actions.h"

#include <algorithm>
#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

// clang-format off
constexpr auto kRows = std::to_array<DeskActionRow>({
    {DeskAction::kResend, "resend", Role::kStaff,
     "登録用リンクのメールを再送する", "登録用リンクのメールを再送します",
     "登録用リンクのメールを、いまの宛先へもう一度送ります。前に届いたリンクも、1時間以内なら使えます。",
     "登録用リンクのメールを送る手続きをしました。1～2分で届きます。届かないときは、「迷惑メール」のフォルダを見ていただいてください。"},
    {DeskAction::kCorrect, "correct", Role::kStaff,
     "メールアドレスを直す", "メールアドレスを直します",
     "登録のメールアドレスを正しいものに替え、登録用リンクのメールを新しい宛先だけに送ります。前の宛先に送ったリンクは使えなくなります。",
     "メールアドレスを直し、新しい宛先へ登録用リンクのメールを送る手続きをしました。1～2分で届きます。"},
    {DeskAction::kRetry, "retry", Role::kStaff,
     "このメールをいま送る", "このメールをいま送ります",
     "届いていないメールを、次の予定を待たずに、いますぐ送ります。",
     "メールをいま送る手続きをしました。1～2分たってから、もう一度この画面でご確認ください。"},
    {DeskAction::kAllow, "allow", Role::kStaff,
     "メールの停止を解除する", "メールの停止を解除します",
     "メールの「心当たりがない」が押されたために止まっているメールを、また届くようにします。ご本人の希望であることを確かめてください。",
     "メールの停止を解除しました。このメールアドレスに、またメールが届きます。"},
    {DeskAction::kUnlock, "unlock", Role::kStaff,
     "ログインの待ち時間を解除する", "ログインの待ち時間を解除します",
     "パスワードのまちがいが続いたための待ち時間を終わらせます。すぐにまたログインできます。",
     "待ち時間を解除しました。すぐにログインできます。パスワードがわからないときは、「パスワードを忘れた方」へご案内ください。"},
    {DeskAction::kEndSessions, "end_sessions", Role::kStaff,
     "ログインをすべて終了する", "ログインをすべて終了します",
     "すべての端末からログアウトします。パスワードはそのままなので、心当たりのないログインがあったときは、「パスワードを忘れた方」から新しいパスワードを設定していただいてください。",
     "すべての端末からログアウトしました。"},
    {DeskAction::kRelease, "release", Role::kSupervisor,
     "施術所の登録を解除する", "施術所の登録を解除します",
     "この施術所のアカウントを削除し、別の方が新しく登録できるようにします。元に戻せません。いままでのアカウントの方には、お知らせのメールが届きます。",
     "施術所の登録を解除しました。この登録記号番号で、新しく登録できます。"},
    {DeskAction::kDisable, "disable", Role::kSupervisor,
     "アカウントを停止する", "アカウントを停止します",
     "すべての端末からログアウトし、停止を解除するまでログインできないようにします。",
     "アカウントを停止しました。"},
    {DeskAction::kEnable, "enable", Role::kSupervisor,
     "アカウントの停止を解除する", "アカウントの停止を解除します",
     "停止しているアカウントで、またログインできるようにします。",
     "アカウントの停止を解除しました。すぐにログインできます。"},
    {DeskAction::kFix, "fix", Role::kSupervisor,
     "一覧に載せる", "保留されている行を一覧に載せます",
     "取り込めなかった行を、正しい登録記号番号と施術所名で一覧に載せます。その番号で登録できるようになります。",
     "一覧に載せました。この登録記号番号で登録できます。"},
});
// clang-format on
static_assert(has_row_for_each(kRows, &DeskActionRow::action));

}  // namespace

std::span<const DeskActionRow> desk_actions() {
  return kRows;
}

const DeskActionRow& row_of(DeskAction action) {
  return kRows.at(static_cast<std::size_t>(action));
}

std::optional<DeskAction> find_desk_action(std::string_view code) {
  const auto* const found = std::ranges::find(kRows, code, &DeskActionRow::code);
  return found == kRows.end() ? std::nullopt : std::optional(found->action);
}

bool may(Role role, DeskAction action) {
  return role >= row_of(action).least;
}

}  // namespace portal
