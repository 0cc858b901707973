#include "core/mail/address.h"

#include <gtest/gtest.h>

#include <vector>

namespace portal::mail {
namespace {

TEST(Address, IsWrittenAsServersReadIt) {
  struct Case {
    std::string address, written;
  };
  for (const Case& c : std::vector<Case>{{"kikin01@test.kikin.com", "kikin01@test.kikin.com"},
                                         {"o'brien+x@example.jp", "o'brien+x@example.jp"},
                                         {"taro..@example.ne.jp", "\"taro..\"@example.ne.jp"},
                                         {"a..b@example.ne.jp", "\"a..b\"@example.ne.jp"},
                                         {".a@example.ne.jp", "\".a\"@example.ne.jp"},
                                         {"root@localhost", "root@localhost"}}) {
    ASSERT_TRUE(valid_address(c.address)) << c.address;
    EXPECT_EQ(written_address(c.address), c.written);
  }
}

TEST(Address, RefusesWhatIsNone) {
  for (const std::string& address : std::vector<std::string>{
           "", "@", "a@", "@example.jp", "a b@example.jp", "a@b@c", "a@-b.jp", "a@b-.jp", "a@b..jp",
           "<a@example.jp>", "a@example.jp\n", "a@example.jp\r\nDATA", "a\"b@example.jp",
           "a,b@example.jp", "あ@example.jp", "a@例え.jp", std::string("a\0b@example.jp", 14),
           std::string(250, 'a') + "@b.jp"}) {
    EXPECT_FALSE(valid_address(address)) << address;
  }
}

TEST(Address, ADomainIsAHostsName) {
  for (const char* domain : {"localhost", "www1.portal.example.jp", "3.example"}) {
    EXPECT_TRUE(valid_domain(domain)) << domain;
  }
  for (const char* domain : {"", ".", "a..b", "-a", "a b", "a\r\nMAIL", "[127.0.0.1]", "院.jp"}) {
    EXPECT_FALSE(valid_domain(domain)) << domain;
  }
}

TEST(Address, HasADomain) {
  EXPECT_EQ(domain_of("no-reply@mail.example.jp"), "mail.example.jp");
}

}  // namespace
}  // namespace portal::mail
