// Whose customer an address is.
#include "core/mail/carriers.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace portal::mail {
namespace {

TEST(Carriers, AreKnownByTheirDomainsAndSubdomains) {
  for (const auto& [address, name] :
       std::vector<std::pair<const char*, const char*>>{{"taro@docomo.ne.jp", "ドコモ"},
                                                        {"taro@DOCOMO.NE.JP", "ドコモ"},
                                                        {"taro.@ezweb.ne.jp", "au・UQ mobile"},
                                                        {"taro@biz.ezweb.ne.jp", "au・UQ mobile"},
                                                        {"taro@au.com", "au・UQ mobile"},
                                                        {"taro@softbank.ne.jp", "ソフトバンク"},
                                                        {"taro@i.softbank.jp", "ソフトバンク"},
                                                        {"taro@d.vodafone.ne.jp", "ソフトバンク"},
                                                        {"taro@ymobile.ne.jp", "ワイモバイル"},
                                                        {"taro@yahoo.ne.jp", "ワイモバイル"},
                                                        {"taro@yahoo.co.jp", ""},
                                                        {"taro@softbank.jp", ""},
                                                        {"taro@notdocomo.ne.jp", ""},
                                                        {"taro@docomo.ne.jp.example", ""},
                                                        {"docomo.ne.jp", ""},
                                                        {"", ""}}) {
    const auto carrier = carrier_of(address);
    EXPECT_EQ(carrier ? carrier->name : "", name) << address;
  }
}

}  // namespace
}  // namespace portal::mail
