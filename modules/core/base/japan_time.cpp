#include "core/base/japan_time.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

namespace portal {
namespace {

constexpr EpochSeconds kAhead = 9 * kHour;

std::string format(EpochSeconds time, const std::string& format) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time + kAhead), format);
}

}  // namespace

std::string japan_time(EpochSeconds time) {
  return format(time, "%Y年%n月%e日 %H時%M分");
}

std::string japan_date(EpochSeconds time) {
  return format(time, "%Y年%n月%e日");
}

std::string japan_timestamp(EpochSeconds time) {
  return time == 0 ? "" : format(time, "%Y-%m-%d %H:%M:%S JST");
}

}  // namespace portal
