// In what state an activation link was when it was opened: the beginning of the detail of the
// timeline's event link_opened, which goes on with where, and the browser:
//   "good, in the browser that registered: Mozilla/5.0 …"
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/enum_table.h"
#include "core/base/language.h"

namespace portal {

enum class OpenedLink {
  kGood,       // it waits for a click, or in another browser for the password
  kActivated,  // this link or another one of the same registration has activated it
  kEnded,      // five wrong passwords were entered
  kExpired,    // it is older than an hour; the registration still waits, and can have another
  kOver,       // the registration was cancelled or is over, or another has the address or clinic
  kUnknown,    // there is no such link, or it was damaged
  kLast = kUnknown,
};

struct OpenedLinkRow {
  OpenedLink state;
  std::string_view name;  // in the event's detail
  Words words;            // for operators and the call centre
};

inline constexpr auto kOpenedLinkRows = std::to_array<OpenedLinkRow>({
    {OpenedLink::kGood, "good", {"good", "リンクは有効でした"}},
    {OpenedLink::kActivated,
     "activated already",
     {"activated already", "すでに有効化されていました"}},
    {OpenedLink::kEnded,
     "ended by wrong passwords",
     {"ended by wrong passwords", "パスワードのまちがいで無効になっていました"}},
    {OpenedLink::kExpired, "expired", {"expired", "有効期限が過ぎていました"}},
    {OpenedLink::kOver,
     "the registration is over, or the address or clinic is taken",
     {"the registration is over, or the address or clinic is taken",
      "登録が終わっているか、メールアドレスまたは施術所がすでに登録されていました"}},
    {OpenedLink::kUnknown, "unknown", {"unknown", "知らないリンクでした"}},
});
static_assert(has_row_for_each(kOpenedLinkRows, &OpenedLinkRow::state));

inline constexpr std::string_view kInSameBrowser = ", in the browser that registered";
inline constexpr std::string_view kElsewhere = ", elsewhere";

// The event's detail.
std::string opened_link_detail(OpenedLink state, bool same_browser, std::string_view user_agent);

struct OpenedLinkDetail {
  OpenedLink state;
  bool same_browser;
  std::string_view user_agent;  // refers to the detail
};
// Nothing: another version wrote it otherwise.
std::optional<OpenedLinkDetail> read_opened_link(std::string_view detail);

}  // namespace portal
