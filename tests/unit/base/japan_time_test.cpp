// Times as people in Japan read them.
#include "core/base/japan_time.h"

#include <gtest/gtest.h>

namespace portal {
namespace {

TEST(JapanTime, IsNineHoursAhead) {
  EXPECT_EQ(japan_time(1'700'000'000), "2023年11月15日 07時13分");
  EXPECT_EQ(japan_time(1'704'034'799), "2023年12月31日 23時59分");
  EXPECT_EQ(japan_time(1'704'034'800), "2024年1月1日 00時00分");
  EXPECT_EQ(japan_timestamp(1'700'000'000), "2023-11-15 07:13:20 JST");
  EXPECT_EQ(japan_date(1'700'000'000), "2023年11月15日");
  EXPECT_EQ(japan_date(1'704'034'800), "2024年1月1日");
  EXPECT_EQ(japan_timestamp(0), "");
}

TEST(JapanTime, DaysBeginAtMidnightInJapan) {
  constexpr EpochSeconds kNewYear = 1'704'034'800;
  EXPECT_EQ(japan_day(kNewYear), japan_day(kNewYear - 1) + 1);
  EXPECT_EQ(start_of_japan_day(japan_day(kNewYear)), kNewYear);
  EXPECT_EQ(start_of_japan_day(japan_day(kNewYear + kDay - 1)), kNewYear);
  EXPECT_EQ(japan_iso_date(kNewYear - 1), "2023-12-31");
  EXPECT_EQ(japan_iso_date(kNewYear), "2024-01-01");
}

TEST(JapanTime, IsSaidAsShortAsItIsClear) {
  constexpr EpochSeconds kNoon = 1'700'017'200;  // 2023-11-15 12:00 in Japan
  EXPECT_EQ(japan_said(kNoon, kNoon), "12:00");
  EXPECT_EQ(japan_said(kNoon - 12 * kHour, kNoon), "00:00");
  EXPECT_EQ(japan_said(kNoon - 12 * kHour - 1, kNoon), "11月14日 23:59");
  EXPECT_EQ(japan_said(kNoon + 12 * kHour, kNoon), "11月16日 00:00");
  EXPECT_EQ(japan_said(kNoon, kNoon + 365 * kDay), "2023年11月15日 12:00");
}

TEST(JapanTime, ReadsWhatOperatorsWrite) {
  EXPECT_EQ(parse_japan_time("2024-01-01"), 1'704'034'800);
  EXPECT_EQ(parse_japan_time("2023-11-15T07:13"), 1'700'000'000 - 20);
  for (const char* text : {"", "today", "2024-01", "2024-13-01", "2024-01-01 07:13",
                           "2024-01-01T7:13", "2024-01-01T25:00"}) {
    EXPECT_FALSE(parse_japan_time(text)) << text;
  }
}

}  // namespace
}  // namespace portal
