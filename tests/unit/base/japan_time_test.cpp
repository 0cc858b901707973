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

}  // namespace
}  // namespace portal
