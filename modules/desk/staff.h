// Who uses the desk: the name that the web server tells (REMOTE_USER), and what he may do.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/settings.h"

namespace portal {

// In ascending order: who may do more may do what others may.
enum class Role { kStaff, kSupervisor };

struct Member {
  std::string name;
  Role role = Role::kStaff;
};

// True if the audit can name its actor so: no operator's name has a colon (operator_name.h), and a
// comma separates names in the settings.
bool is_usable_name(std::string_view name);

// Nothing: neither desk.staff nor desk.supervisors has the name. Names are compared as they stand.
std::optional<Member> find_member(const Settings& settings, std::string_view name);

// Tells the log of requests without a usable name: at most once a minute, because one wrong setting
// of the web server spoils every request.
class NamelessRequests {
 public:
  // By any thread.
  void add(EpochSeconds now);

 private:
  std::mutex mutex_;
  std::uint64_t untold_ = 0;
  std::optional<EpochSeconds> told_at_;
};

}  // namespace portal
