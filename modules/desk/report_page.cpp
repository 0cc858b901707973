#include "desk/report_page.h"

#include <string_view>

#include "core/base/log.h"
#include "core/responder/security_headers.h"
#include "core/view/stylesheet.h"
#include "desk/period_view.h"
#include "portalctl/report/page.h"

namespace portal {
namespace {

// The page carries its style within it, because it is also a file that is handed on.
std::string_view style_of(std::string_view page) {
  constexpr std::string_view kBegin = "<style>";
  const auto begin = page.find(kBegin) + kBegin.size();
  return page.substr(begin, page.find("</style>", begin) - begin);
}

}  // namespace

Result<Response> report_page(const Visit& visit) {
  const ChosenPeriod chosen = chosen_period(visit.request.query, visit.now);
  const Settings& settings = visit.site.settings;
  const portalctl::Retention retention = {settings.number("retention.event_days") * kDay,
                                          settings.number("retention.mail_days") * kDay};
  const auto report =
      portalctl::make_report(*visit.site.database, chosen.period, retention, visit.now + 1);
  if (!report) return report.error();
  auto page = portalctl::report_page(*visit.site.view, *report);
  if (!page) {
    log::error("template",
               {{"file", portalctl::report_templates().front()}, {"error", page.error().message}});
    return visit.site.error(visit.request, 500);
  }
  const std::string style = style_source(style_of(*page));
  Response response = html(200, std::move(*page));
  return response.header(kContentSecurityPolicy, content_security_policy(style));
}

}  // namespace portal
