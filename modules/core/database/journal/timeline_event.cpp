#include "core/database/journal/timeline_event.h"

#include <algorithm>
#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

constexpr auto kKinds = std::to_array<TimelineEventKind>({
    {TimelineEvent::kFormRefused, "form_refused",
     "the form was sent with mistakes, in these fields"},
    {TimelineEvent::kFormAccepted, "form_accepted",
     "the form was sent without a mistake: 確認画面"},
    {TimelineEvent::kOkPressed, "ok_pressed", "OK was pressed at 確認画面"},
    {TimelineEvent::kLinkOpened, "link_opened", "the link in the mail was opened"},
    {TimelineEvent::kLinkPasswordWrong, "link_password_wrong",
     "a wrong password was entered at the link", log::Level::kWarning},
    {TimelineEvent::kWaitingAsked, "waiting_asked",
     "left the address, to be told when the clinic is in the roster"},
    {TimelineEvent::kWaitingTold, "waiting_told",
     "the clinic is in the roster: the mail about it was queued"},
    {TimelineEvent::kWaitingWithdrawn, "waiting_withdrawn", "does not want to be told any more"},
    {TimelineEvent::kErrorShown, "error_shown", "an error page was shown, with this status"},
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
