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

TEST(Mailbox, HasAnAddressAndPerhapsAName) {
  const struct {
    std::string_view text;
    const char* name;
    const char* address;
  } cases[] = {
      {"a@example.jp", "", "a@example.jp"},
      {" a@example.jp ", "", "a@example.jp"},
      {"<a@example.jp>", "", "a@example.jp"},
      {"施術所等向け総合ポータルサイト <no-reply@example.jp>", "施術所等向け総合ポータルサイト",
       "no-reply@example.jp"},
      {"名前<a@example.jp>", "名前", "a@example.jp"},
      {"Portal, Inc. <a@example.jp>", "Portal, Inc.", "a@example.jp"},
      {"\"Portal, Inc.\" <a@example.jp>", "Portal, Inc.", "a@example.jp"},
      {"\"a \\\"b\\\" \\\\ c\" <a@example.jp>", "a \"b\" \\ c", "a@example.jp"},
      {"\"\" <a@example.jp>", "", "a@example.jp"},
      {"Portal @ Japan <a@example.jp>", "Portal @ Japan", "a@example.jp"},
  };
  for (const auto& c : cases) {
    const auto mailbox = parse_mailbox(c.text);
    ASSERT_TRUE(mailbox) << c.text;
    EXPECT_EQ(mailbox->name, c.name) << c.text;
    EXPECT_EQ(mailbox->address, c.address) << c.text;
  }
  const std::string long_name(101, 'x');
  for (const std::string& none :
       {std::string(), std::string("Portal"), std::string("Portal <Portal>"),
        std::string("Portal <>"), std::string("Portal a@example.jp>"),
        std::string("Portal <a@example.jp"), std::string("a@example.jp Portal"),
        std::string("<a@example.jp> Portal"), std::string("\"Portal <a@example.jp>"),
        std::string("\"Portal\" x <a@example.jp>"), std::string("\"Portal\\\" <a@example.jp>"),
        std::string("a\nb <a@example.jp>"), std::string("a\u202Eb <a@example.jp>"),
        std::string("\xFF <a@example.jp>"), std::string("名 <a@example.jp, b@example.jp>"),
        long_name + " <a@example.jp>"}) {
    EXPECT_FALSE(parse_mailbox(none)) << none;
  }
}

}  // namespace
}  // namespace portal::mail
