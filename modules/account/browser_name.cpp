#include "account/browser_name.h"

#include <algorithm>
#include <array>

namespace portal {
namespace {

struct Known {
  std::string_view mark;  // in the User-Agent
  std::string_view name;
};

// The first mark that is found decides: an Android phone says Linux, too.
constexpr std::array kDevices = {
    Known{"iPhone", "iPhone"},   Known{"iPad", "iPad"},       Known{"iPod", "iPod"},
    Known{"Android", "Android"}, Known{"Windows", "Windows"}, Known{"CrOS", "Chromebook"},
    Known{"Macintosh", "Mac"},   Known{"Mac OS X", "Mac"},    Known{"Linux", "Linux"},
};

// Nearly every browser says that it is Chrome and Safari as well, so these come last.
constexpr std::array kBrowsers = {
    Known{"Edg/", "Edge"},
    Known{"EdgA/", "Edge"},
    Known{"EdgiOS/", "Edge"},
    Known{"Edge/", "Edge"},
    Known{" Line/", "LINE"},
    Known{"YJApp", "Yahoo! JAPAN アプリ"},
    Known{"SamsungBrowser/", "Samsung Internet"},
    Known{"OPR/", "Opera"},
    Known{"Vivaldi/", "Vivaldi"},
    Known{"GSA/", "Google アプリ"},
    Known{"FxiOS/", "Firefox"},
    Known{"Firefox/", "Firefox"},
    Known{"CriOS/", "Chrome"},
    Known{"Chrome/", "Chrome"},
    Known{"Chromium/", "Chrome"},
    Known{"Trident/", "Internet Explorer"},
    Known{"MSIE ", "Internet Explorer"},
    Known{"Safari/", "Safari"},
};

// Empty if none of them is there.
template <std::size_t size>
std::string_view name_in(const std::array<Known, size>& table, std::string_view user_agent) {
  const auto* const found = std::ranges::find_if(
      table, [&](const Known& one) { return user_agent.find(one.mark) != std::string_view::npos; });
  return found == table.end() ? std::string_view() : found->name;
}

}  // namespace

std::string browser_name(std::string_view user_agent) {
  const std::string device(name_in(kDevices, user_agent));
  const std::string browser(name_in(kBrowsers, user_agent));
  if (device.empty() && browser.empty()) return "不明なブラウザ";
  if (device.empty()) return browser;
  return browser.empty() ? device + " のブラウザ" : device + " の " + browser;
}

}  // namespace portal
