// What a step works with, and the pages that every step can answer.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/settings.h"
#include "core/database/database.h"
#include "core/http/client_address.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/journal/timeline_queue.h"
#include "core/responder/blocklist_file.h"
#include "core/responder/errors_shown.h"
#include "core/responder/unknown_clients.h"
#include "core/view/view.h"

namespace portal {

// The header Retry-After of a 429 or 503 that does not know better, in seconds.
inline constexpr std::string_view kRetryAfter = "30";

// To whom a page is shown. Pages that are the same for everybody say ログイン in their header, and
// the script asks whether somebody is signed in; the own pages say it themselves.
enum class Visitor { kAnybody, kSignedIn };

// What surrounds the pages of a web site: the portal's own, or the desk's.
struct Frame {
  std::string_view base_url = "site.base_url";  // the setting against which posts are held
  std::string_view layout = "layout.tpl";
  std::string_view error = "error.tpl";  // the error pages
};

// A page in the portal's layout with open places, and the headers that it needs.
class PageMould {
 public:
  explicit PageMould(StyledMould mould);
  Response fill(int status, std::span<const Html> values) const;

 private:
  Mould mould_;
  std::string policy_;  // Content-Security-Policy
};

struct Site {
  Settings settings;
  TrustedProxies proxies;
  std::unique_ptr<Database> database;
  bool writes = true;  // Responder::writes
  Frame frame = {};    // Responder::frame
  std::unique_ptr<View> view;
  std::unique_ptr<BlocklistFile> blocklist;  // of the steps where a password is chosen; else null
  std::unique_ptr<TimelineQueue> timeline = std::make_unique<TimelineQueue>();
  std::unique_ptr<ErrorsShown> errors_shown = std::make_unique<ErrorsShown>(*timeline);
  std::unique_ptr<UnknownClients> unknown_clients = std::make_unique<UnknownClients>();
  Clock clock = system_now;  // a program's is Database::now

  // A page in the portal's layout. `content`: the template of what stands between header and
  // footer.
  Response page(int status, std::string_view content, std::string_view title, Data data,
                Visitor visitor = Visitor::kAnybody) const;

  // The same with open places (core/view/mould.h); `status` is that of the pages it is for.
  Result<PageMould> mould(int status, std::string_view content, std::string_view title,
                          Data data) const;

  // Instead of a page whose template `file` does not work, with a line in the log.
  static Response cannot_show(std::string_view file, const Error& error);

  // The passwords that nobody may choose. Empty where no password is chosen.
  std::shared_ptr<const PasswordBlocklist> common_passwords() const;

  // An error page of error_pages.h, with the number of the request. 503 and 429 carry Retry-After.
  Response error(const Request& request, int status) const;
};

}  // namespace portal
