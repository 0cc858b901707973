#include "core/database/journal/audit_event.h"

#include <algorithm>
#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

constexpr auto kKinds = std::to_array<AuditEventKind>({
    {AuditEvent::kRegistered,
     "registered",
     {"A registration was completed with OK; its link was not followed yet.",
      "確認画面でOKが押され、登録が申請されました。リンクはまだ押されていません。"},
     WebActor::kVisitor},
    {AuditEvent::kActivated,
     "activated",
     {"The link was followed: the account exists.", "リンクが押され、登録が完了しました。"},
     WebActor::kLink},
    {AuditEvent::kLogin,
     "login",
     {"The right password was given, and a session began.",
      "正しいパスワードでログインされました。"},
     WebActor::kMember},
    {AuditEvent::kLoginRefused,
     "login_refused",
     {"A login failed: the detail says why.", "ログインできませんでした。"},
     WebActor::kVisitor,
     log::Level::kWarning},
    {AuditEvent::kPasswordRefused,
     "password_refused",
     {"The own page asked for the password, and got a wrong one.",
      "ご自分のページで、パスワードがまちがえて入力されました。"},
     WebActor::kMember,
     log::Level::kWarning},
    {AuditEvent::kLogout,
     "logout",
     {"The owner ended the session.", "ご本人がログアウトされました。"},
     WebActor::kMember},
    {AuditEvent::kSessionEnded,
     "session_ended",
     {"The owner ended another of the account's sessions.",
      "ご本人が、ほかの端末のログインを終わらせました。"},
     WebActor::kMember},
    {AuditEvent::kPasswordRehashed,
     "password_rehashed",
     {"At a login the hash was made again, at the cost now set.",
      "ログインのときに、パスワードの保存のしかたが新しくなりました。"},
     WebActor::kPortal},
    {AuditEvent::kPhoneChanged,
     "phone_changed",
     {"The owner changed the phone number.", "ご本人が電話番号を変更されました。"},
     WebActor::kMember},
    {AuditEvent::kEmailChangeAsked,
     "email_change_asked",
     {"The owner asked for another address; its link is mailed.",
      "ご本人がメールアドレスの変更を申し込まれ、確認のメールが用意されました。"},
     WebActor::kMember},
    {AuditEvent::kEmailChanged,
     "email_changed",
     {"The link to the new address was followed.",
      "新しいメールアドレスに届いたリンクが押され、メールアドレスが変わりました。"},
     WebActor::kLink},
    {AuditEvent::kPasswordChanged,
     "password_changed",
     {"The owner changed the password, knowing the old one.",
      "ご本人がパスワードを変更されました。"},
     WebActor::kMember},
    {AuditEvent::kPasswordResetAsked,
     "password_reset_asked",
     {"Someone asked for a link for a forgotten password.",
      "「パスワードを忘れた方」から、再設定のメールが申し込まれました。"},
     WebActor::kVisitor},
    {AuditEvent::kPasswordReset,
     "password_reset",
     {"A new password was set by the mailed link.",
      "メールのリンクから、新しいパスワードが設定されました。"},
     WebActor::kLink},
    {AuditEvent::kLeft,
     "left",
     {"The owner left the portal: the account is gone, the clinic free.",
      "ご本人が登録を取りやめ、アカウントがなくなりました。"},
     WebActor::kMember},
    {AuditEvent::kMailStopped,
     "mail_stopped",
     {"By the mailed link, an address asked for no more mail; its registration ended.",
      "メールの「心当たりがない」が押され、メールが止まり、登録が取り消されました。"},
     WebActor::kLink},
    {AuditEvent::kMailAllowed,
     "mail_allowed",
     {"Its owner, or an operator, let mail to that address go on.",
      "メールの停止が、ご本人または担当者により解除されました。"},
     WebActor::kLink},
    {AuditEvent::kAccountAttacked,
     "account_attacked",
     {"Many wrong passwords were tried; the owner was told by mail.",
      "パスワードのまちがいが多く続き、ご本人にメールでお知らせしました。"},
     WebActor::kPortal,
     log::Level::kWarning},
    {AuditEvent::kMailResent,
     "mail_resent",
     {"An operator queued the mail with the link again.",
      "担当者が、リンクのメールをもう一度用意しました。"}},
    {AuditEvent::kAccountReleased,
     "account_released",
     {"An operator removed the account so that the clinic is free.",
      "担当者がアカウントを削除し、施術所が登録できるようになりました。"}},
    {AuditEvent::kAccountDisabled,
     "account_disabled",
     {"An operator disabled the account: it cannot log in.",
      "担当者がアカウントを停止しました。ログインできません。"}},
    {AuditEvent::kAccountEnabled,
     "account_enabled",
     {"An operator enabled the account again.", "担当者がアカウントの停止を解除しました。"}},
    {AuditEvent::kAccountUnlocked,
     "account_unlocked",
     {"An operator ended the pauses after wrong passwords.",
      "担当者が、パスワードのまちがいによる待ち時間を終わらせました。"}},
    {AuditEvent::kRosterImported,
     "roster_imported",
     {"An operator imported a roster: its file and counts.",
      "担当者が施術所の一覧を取り込みました。"}},
    {AuditEvent::kRosterUndone,
     "roster_undone",
     {"An operator took the last import of the roster back.",
      "担当者が、最後に取り込んだ一覧を取り消しました。"}},
    {AuditEvent::kRosterDropped,
     "roster_dropped",
     {"An operator dropped rows that an import could not use: how many.",
      "担当者が、取り込めなかった行を削除しました。"}},
    {AuditEvent::kMovedToPostgresql,
     "moved_to_postgresql",
     {"An operator moved the portal here from SQLite.",
      "担当者が、データベースをSQLiteから移しました。"}},
    {AuditEvent::kRestored,
     "restored",
     {"An operator put a backup of the database back: sessions and links ended.",
      "担当者がバックアップを復元し、ログインとリンクが終わりました。"}},
    {AuditEvent::kRosterFixed,
     "roster_fixed",
     {"An operator put a quarantined row right: its number.",
      "担当者が、取り込めなかった行を直して一覧に載せました。"}},
    {AuditEvent::kLookedUp,
     "looked_up",
     {"An operator looked at whole addresses: where, and whose.",
      "担当者が、伏せていない記録を見ました。"}},
    {AuditEvent::kAuditArchived,
     "audit_archived",
     {"An operator moved old rows of the audit into a file: which seals, and its hash.",
      "担当者が、古い監査記録をファイルに移しました。"}},
    {AuditEvent::kAddressCorrected,
     "address_corrected",
     {"An operator corrected the address of a registration that waits; its mail goes to the new "
      "one.",
      "担当者が、申請中の登録のメールアドレスを直し、新しい宛先にメールを用意しました。"}},
    {AuditEvent::kSessionsEnded,
     "sessions_ended",
     {"An operator ended all sessions of the account.",
      "担当者が、アカウントのログインをすべて終わらせました。"}},
    {AuditEvent::kSearched,
     "searched",
     {"A member of the call centre searched at the desk: by what, and how much was found.",
      "窓口の担当者が検索しました。"}},
    {AuditEvent::kMailRetried,
     "mail_retried",
     {"An operator let a mail be sent now.", "担当者が、メールをいま送る手続きをしました。"}},
});
static_assert(has_row_for_each(kKinds, &AuditEventKind::event));

struct WebActorRow {
  WebActor actor;
  std::string_view name;
};

constexpr auto kWebActors = std::to_array<WebActorRow>({
    {WebActor::kVisitor, "web:visitor"},
    {WebActor::kLink, "web:link"},
    {WebActor::kMember, "web:member"},
    {WebActor::kPortal, "web:portal"},
});
static_assert(has_row_for_each(kWebActors, &WebActorRow::actor));

}  // namespace

std::string_view name_of(WebActor actor) {
  return kWebActors.at(static_cast<std::size_t>(actor)).name;
}

std::optional<WebActor> find_web_actor(std::string_view name) {
  const auto* const found = std::ranges::find(kWebActors, name, &WebActorRow::name);
  return found == kWebActors.end() ? std::nullopt : std::optional(found->actor);
}

std::span<const AuditEventKind> audit_event_kinds() {
  return kKinds;
}

const AuditEventKind& kind_of(AuditEvent event) {
  return kKinds.at(static_cast<std::size_t>(event));
}

std::string_view name_of(AuditEvent event) {
  return kind_of(event).name;
}

std::optional<AuditEvent> find_audit_event(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &AuditEventKind::name);
  return found == kKinds.end() ? std::nullopt : std::optional(found->event);
}

}  // namespace portal
