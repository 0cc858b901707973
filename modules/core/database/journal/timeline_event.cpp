#include "core/database/journal/timeline_event.h"

#include <algorithm>
#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

constexpr auto kKinds = std::to_array<TimelineEventKind>({
    {TimelineEvent::kFormRefused,
     "form_refused",
     {"the form was sent with mistakes, in these fields",
      "入力画面が送信されましたが、誤りがありました"}},
    {TimelineEvent::kFormAccepted,
     "form_accepted",
     {"the form was sent without a mistake: 確認画面",
      "入力画面が正しく送信され、確認画面が表示されました"}},
    {TimelineEvent::kOkPressed,
     "ok_pressed",
     {"OK was pressed at 確認画面", "確認画面でOKが押されました"}},
    {TimelineEvent::kLinkOpened,
     "link_opened",
     {"the link in the mail was opened", "メールのリンクが開かれました"}},
    {TimelineEvent::kLinkPasswordWrong,
     "link_password_wrong",
     {"a wrong password was entered at the link",
      "リンクの画面で、パスワードがまちがえて入力されました"},
     log::Level::kWarning},
    {TimelineEvent::kWaitingAsked,
     "waiting_asked",
     {"left the address, to be told when the clinic is in the roster",
      "施術所が一覧に載ったときのお知らせが申し込まれました"}},
    {TimelineEvent::kWaitingTold,
     "waiting_told",
     {"the clinic is in the roster: the mail about it was queued",
      "施術所が一覧に載り、お知らせのメールが用意されました"}},
    {TimelineEvent::kWaitingWithdrawn,
     "waiting_withdrawn",
     {"does not want to be told any more", "お知らせの申し込みが取り下げられました"}},
    {TimelineEvent::kErrorShown,
     "error_shown",
     {"an error page was shown, with this status", "エラーの画面が表示されました"}},
});
static_assert(has_row_for_each(kKinds, &TimelineEventKind::event));

}  // namespace

std::span<const TimelineEventKind> timeline_event_kinds() {
  return kKinds;
}

const TimelineEventKind& kind_of(TimelineEvent event) {
  return kKinds.at(static_cast<std::size_t>(event));
}

std::string_view name_of(TimelineEvent event) {
  return kind_of(event).name;
}

std::optional<TimelineEvent> find_timeline_event(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &TimelineEventKind::name);
  return found == kKinds.end() ? std::nullopt : std::optional(found->event);
}

}  // namespace portal
