// The sessions of the own page name the browser as its owner does, whatever it calls itself.
#include "account/browser_name.h"

#include <gtest/gtest.h>

#include <array>

namespace portal {
namespace {

struct Case {
  std::string_view user_agent;
  std::string_view name;
};

constexpr std::array kCases = {
    Case{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
         "iPhone の Safari"},
    Case{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) CriOS/137.0.7151.51 Mobile/15E148 Safari/604.1",
         "iPhone の Chrome"},
    Case{"Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "EdgiOS/136.0 Version/18.0 Mobile/15E148 Safari/604.1",
         "iPad の Edge"},
    Case{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Mobile/15E148 Safari Line/15.6.0",
         "iPhone の LINE"},
    Case{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/137.0.0.0 Mobile Safari/537.36",
         "Android の Chrome"},
    Case{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
         "Android の Samsung Internet"},
    Case{"Mozilla/5.0 (Android 15; Mobile; rv:139.0) Gecko/139.0 Firefox/139.0",
         "Android の Firefox"},
    Case{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0",
         "Windows の Edge"},
    Case{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/137.0.0.0 Safari/537.36",
         "Windows の Chrome"},
    Case{"Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
         "Windows の Internet Explorer"},
    Case{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.5 Safari/605.1.15",
         "Mac の Safari"},
    Case{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/137.0.0.0 Safari/537.36",
         "Chromebook の Chrome"},
    Case{"Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
         "Linux の Firefox"},
    Case{"Mozilla/5.0 (Linux; Android 15)", "Android のブラウザ"},
    Case{"Firefox/1.0", "Firefox"},
    Case{"curl/8.5.0", "不明なブラウザ"},
    Case{"<script>alert(1)</script>", "不明なブラウザ"},
    Case{"", "不明なブラウザ"},
};

TEST(BrowserName, IsWhatItsOwnerCallsIt) {
  for (const Case& one : kCases) EXPECT_EQ(browser_name(one.user_agent), one.name);
}

}  // namespace
}  // namespace portal
