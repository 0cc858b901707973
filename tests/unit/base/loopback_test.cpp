#include "core/base/loopback.h"

#include <gtest/gtest.h>

using portal::is_loopback;

namespace {

TEST(Loopback, IsToldByTheNameAlone) {
  struct Case {
    const char* host;
    bool loopback;
  };
  for (const auto& [host, loopback] :
       {Case{"localhost", true}, Case{"LocalHost", true}, Case{"portal.localhost", true},
        Case{"127.0.0.1", true}, Case{"127.255.0.7", true}, Case{"::1", true},
        Case{"0:0:0:0:0:0:0:1", true}, Case{"", false}, Case{"localhost.example.jp", false},
        Case{"127.example.jp", false}, Case{"128.0.0.1", false}, Case{"notlocalhost", false},
        Case{"::2", false}, Case{"relay1", false}, Case{"192.0.2.1", false}}) {
    EXPECT_EQ(is_loopback(host), loopback) << host;
  }
}

}  // namespace
