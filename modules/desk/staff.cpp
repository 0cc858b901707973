#include "desk/staff.h"

#include <Poco/StringTokenizer.h>

#include <utility>

#include "core/base/log.h"
#include "core/base/operator_name.h"

namespace portal {
namespace {

bool lists(const std::string& names, std::string_view name) {
  const Poco::StringTokenizer all(
      names, ",", Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY);
  return all.has(std::string(name));
}

}  // namespace

bool is_usable_name(std::string_view name) {
  return is_operator_name(name) && name.find(',') == std::string_view::npos;
}

std::optional<Member> find_member(const Settings& settings, std::string_view name) {
  if (lists(settings.text("desk.supervisors"), name)) {
    return Member{std::string(name), Role::kSupervisor};
  }
  if (lists(settings.text("desk.staff"), name)) return Member{std::string(name), Role::kStaff};
  return std::nullopt;
}

void NamelessRequests::add(EpochSeconds now) {
  std::uint64_t requests = 0;
  {
    const std::lock_guard lock(mutex_);
    ++untold_;
    // Also after a clock that was set back.
    if (told_at_ && now >= *told_at_ && now < *told_at_ + kMinute) return;
    requests = std::exchange(untold_, 0);
    told_at_ = now;
  }
  log::error("remote_user_missing", {{"requests", std::to_string(requests)}});
}

}  // namespace portal
