// What the desk can do for a caller, and who may do it: one table (actions.cpp). Buttons, the check
// of permission, the pages and the tests follow from it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "desk/staff.h"

namespace portal {

enum class DeskAction {
  kResend,
  kCorrect,
  kRetry,
  kAllow,
  kUnlock,
  kEndSessions,
  kRelease,
  kDisable,
  kEnable,
  kFix,
  kLast = kFix,
};

struct DeskActionRow {
  DeskAction action;
  std::string_view code;  // `do` of its page
  Role least;             // who may do it: he, or who may do more
  std::string_view button;
  std::string_view heading;  // of the page to check
  std::string_view what;     // will happen, and what to tell the caller before
  std::string_view done;     // what is said afterwards
};

std::span<const DeskActionRow> desk_actions();
const DeskActionRow& row_of(DeskAction action);
std::optional<DeskAction> find_desk_action(std::string_view code);

bool may(Role role, DeskAction action);

}  // namespace portal
