#include "core/database/mail/mail_kind.h"

#include <algorithm>
#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

constexpr auto kKinds = std::to_array<MailKindRow>({
    {.kind = MailKind::kActivation,
     .name = "activation",
     .words = {"the activation link, or the notice that the address is registered",
               "有効化用リンク、登録済みの知らせ"},
     .link = "/activate",
     .limited = true},
    // What an activation becomes when its address has an account: no row of the outbox has it.
    {.kind = MailKind::kRegistered,
     .name = "registered",
     .words = {"the notice that the address is registered", "登録済みの知らせ"},
     .link = "",
     .limited = true},
    {.kind = MailKind::kListed,
     .name = "listed",
     .words = {"the notice that the clinic is in the roster", "施術所が一覧に載った知らせ"},
     .link = "",
     .limited = true},
    {.kind = MailKind::kReset,
     .name = "reset",
     .words = {"password reset", "パスワードの再設定"},
     .link = "/password/reset",
     .limited = true},
    {.kind = MailKind::kEmailChange,
     .name = "email_change",
     .words = {"confirmation of a new address", "新しいメールアドレスの確認"},
     .link = "/account",
     .limited = true},
    {.kind = MailKind::kEmailChanged,
     .name = "email_changed",
     .words = {"the notice that the address was changed", "メールアドレスを変更した知らせ"},
     .link = "",
     .limited = false},
    {.kind = MailKind::kPasswordChanged,
     .name = "password_changed",
     .words = {"the notice that the password was changed", "パスワードを変更した知らせ"},
     .link = "",
     .limited = false},
    // A stranger causes it, once a day (kAttackTold). It is not stopped: he could provoke a stop
    // and then guess unseen.
    {.kind = MailKind::kAccountAttacked,
     .name = "account_attacked",
     .words = {"the notice of suspicious logins", "不審なログインの知らせ"},
     .link = "",
     .limited = false},
    {.kind = MailKind::kAccountLeft,
     .name = "account_left",
     .words = {"the notice that the account was given up", "登録を取りやめた知らせ"},
     .link = "",
     .limited = false},
    {.kind = MailKind::kAccountReleased,
     .name = "account_released",
     .words = {"the notice that the account was released", "アカウントを解放した知らせ"},
     .link = "",
     .limited = false},
});
static_assert(has_row_for_each(kKinds, &MailKindRow::kind));

}  // namespace

std::span<const MailKindRow> mail_kinds() {
  return kKinds;
}

const MailKindRow& row_of(MailKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

std::string_view name_of(MailKind kind) {
  return row_of(kind).name;
}

std::optional<MailKind> find_mail_kind(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &MailKindRow::name);
  return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace portal
