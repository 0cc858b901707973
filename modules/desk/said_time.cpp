#include "desk/said_time.h"

#include <string_view>

#include "core/base/japan_time.h"

namespace portal {

std::string said_time(EpochSeconds time, EpochSeconds now) {
  if (japan_day(time) == japan_day(now)) return japan_clock(time);
  const auto year_of = [](const std::string& date) {
    return date.substr(0, date.find("年") + std::string_view("年").size());
  };
  std::string date = japan_date(time);
  const std::string year = year_of(date);
  if (year == year_of(japan_date(now))) date.erase(0, year.size());
  return date + " " + japan_clock(time);
}

}  // namespace portal
