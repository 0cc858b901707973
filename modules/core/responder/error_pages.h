// The error pages: what happened, what to do next, whom to call. A step answers with one of them;
// the web server has copies of some as files, for what goes wrong before a step has the request.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/view/view.h"

namespace portal {

struct ErrorPage {
  int status;
  std::string_view heading;
  std::string_view what;  // happened
  std::string_view next;  // what to do
  bool retry;             // reloading the page may help
};

// Precondition: one of the statuses in the table of error_pages.cpp.
const ErrorPage& error_page(int status);

// What error.tpl shows of it, but for the request's id.
Data content_of(const ErrorPage& page);

// The pages that the web server has as files, STATUS.html.
inline constexpr std::array kStaticErrorPages = {400, 404, 413, 429, 503};

// One of them: the web server fills in the request's id (a server-side include), and the assets are
// those that are there, whatever their version. Its style sheets are links, so that the web
// server's Content-Security-Policy need not follow them. On 503 no step answers, and it says that.
Result<std::string> static_error_page(const View& view, int status);

}  // namespace portal
