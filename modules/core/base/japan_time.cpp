#include "core/base/japan_time.h"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/DateTimeParser.h>
#include <Poco/RegularExpression.h>
#include <Poco/Timestamp.h>

namespace portal {
namespace {

std::string format(EpochSeconds time, const std::string& format) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time + kJapanAhead),
                                         format);
}

}  // namespace

std::string japan_time(EpochSeconds time) {
  return format(time, "%Y年%n月%e日 %H時%M分");
}

std::string japan_date(EpochSeconds time) {
  return format(time, "%Y年%n月%e日");
}

std::string japan_clock(EpochSeconds time) {
  return format(time, "%H時%M分");
}

std::string japan_said(EpochSeconds time, EpochSeconds now) {
  if (japan_day(time) == japan_day(now)) return format(time, "%H:%M");
  const bool this_year = format(time, "%Y") == format(now, "%Y");
  return format(time, this_year ? "%n月%e日 %H:%M" : "%Y年%n月%e日 %H:%M");
}

std::string japan_timestamp(EpochSeconds time) {
  return time == 0 ? "" : format(time, "%Y-%m-%d %H:%M:%S JST");
}

std::int64_t japan_day(EpochSeconds time) {
  return (time + kJapanAhead) / kDay;
}

EpochSeconds start_of_japan_day(std::int64_t day) {
  return day * kDay - kJapanAhead;
}

std::string japan_iso_date(EpochSeconds time) {
  return format(time, "%Y-%m-%d");
}

std::optional<EpochSeconds> parse_japan_time(const std::string& text) {
  static const Poco::RegularExpression pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?");
  if (!pattern.match(text)) return std::nullopt;
  const std::string whole = text.size() == 10 ? text + "T00:00" : text;
  Poco::DateTime time;
  int zone = 0;
  if (!Poco::DateTimeParser::tryParse("%Y-%m-%dT%H:%M", whole, time, zone)) return std::nullopt;
  return time.timestamp().epochTime() - kJapanAhead;
}

}  // namespace portal
