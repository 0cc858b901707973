#include "form/notices.h"

#include <string>

#include "core/registration/policy.h"

namespace portal {
namespace {

// clang-format off
Summary completed_elsewhere() {
  return {.heading = "お申し込みは受け付け済みです",
          .text = "先ほどの入力内容は「OK」が押され、受け付けられています。もう一度入力する必要はありません。"
                  "届いたメールの「有効化用リンク」を押してください。"
                  "メールが届かないときは、「ログイン」の画面で、登録のときに決めたパスワードを入力すると、もう一度お送りします。"};
}

Summary no_draft() {
  return {.heading = "入力内容が残っていません。まだ登録されていません",
          .text = "このブラウザには、入力中の内容が見つかりませんでした。"
                  "保存期間が過ぎたか、別の端末やブラウザで入力された可能性があります。お手数ですが、はじめから入力してください。"
                  "すでに「OK」を押された方は、届いたメールの「有効化用リンク」を押してください。"};
}
// clang-format on

}  // namespace

// clang-format off
Summary time_is_over() {
  return {.heading = "時間が過ぎました。まだ登録されていません",
          .text = "入力内容の保存期間（" + std::to_string(kDraftLifetime / kMinute) + "分）が過ぎました。"
                  "お手数ですが、下の内容をご確認のうえ、パスワードをもう一度入力し、「登録」ボタンを押してください。"};
}
// clang-format on

std::optional<Summary> notice_of(DraftFate fate, bool has_registration, bool nothing_found) {
  if (fate == DraftFate::kEnded) return time_is_over();
  if (has_registration) return std::nullopt;
  if (fate == DraftFate::kCompleted) return completed_elsewhere();
  return nothing_found ? std::optional(no_draft()) : std::nullopt;
}

}  // namespace portal
