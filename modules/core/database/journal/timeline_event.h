// The events that table event may hold, each with its name there, its meaning and its log level.
//
// A database of a newer version may hold names that are not in this table: they are shown as they
// stand.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/language.h"
#include "core/base/log.h"

namespace portal {

enum class TimelineEvent {
  kFormRefused,
  kFormAccepted,
  kOkPressed,
  kLinkOpened,
  kLinkPasswordWrong,
  kWaitingAsked,
  kWaitingTold,
  kWaitingWithdrawn,
  kErrorShown,
  kLast = kErrorShown,
};

struct TimelineEventKind {
  TimelineEvent event;
  std::string_view name;  // in the database and the log
  Words meaning;          // a few words, for operators and the call centre
  log::Level level = log::Level::kInfo;
};

std::span<const TimelineEventKind> timeline_event_kinds();
const TimelineEventKind& kind_of(TimelineEvent event);
std::string_view name_of(TimelineEvent event);
// Nothing: this version knows no such event.
std::optional<TimelineEvent> find_timeline_event(std::string_view name);

}  // namespace portal
