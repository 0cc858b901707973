#include "desk/staff.h"

#include <Poco/StringTokenizer.h>

#include <utility>

#include "core/base/log.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kLongestName = 64;  // characters

bool lists(const std::string& names, std::string_view name) {
  const Poco::StringTokenizer all(
      names, ",", Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY);
  return all.has(std::string(name));
}

}  // namespace

bool is_usable_name(std::string_view name) {
  return text::valid_utf8(name) && !text::blank(name) && !text::has_control(name) &&
         name.find_first_of(":,") == std::string_view::npos &&
         text::code_points(name) <= kLongestName;
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
