// The error pages: what happened, what to do next, whom to call. A step answers with one of them;
// the web server has copies of some as files, for what goes wrong before a step has the request.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/view/view.h"

namespace portal {

// The button of the page.
enum class WayOut {
  kHome,    // to the portal's top
  kReload,  // the same page again, which may help
  kForm,    // to the registration form, which shows what was entered
};

struct ErrorPage {
  int status;
  std::string_view heading;
  std::string_view what;  // happened
  std::string_view next;  // what to do
  WayOut way_out;
};

// Precondition: one of the statuses in the table of error_pages.cpp.
const ErrorPage& error_page(int status);

// お問い合わせ番号: the first eight digits of a request's id, as one reads them out: 1a2b-3c4d.
// `portalctl timeline` and the log find them. The web servers make the same for their own pages
// (conf/nginx/site.conf.in, conf/apache/site.conf.in).
std::string request_number(std::string_view request_id);

// What error.tpl shows of it, but for the number of the request.
Data content_of(const ErrorPage& page);

// The pages that the web server has as files, STATUS.html.
inline constexpr std::array kStaticErrorPages = {400, 401, 403, 404, 413, 429, 503};

// One of them: the web server fills in the number of the request (a server-side include), and the
// assets are those that are there, whatever their version. Its style sheets are links, so that the
// web server's Content-Security-Policy need not follow them. 401, 403 and 503 have words of
// their own: the desk's web server does not know who asks, and no step answers.
Result<std::string> static_error_page(const View& view, int status);

}  // namespace portal
