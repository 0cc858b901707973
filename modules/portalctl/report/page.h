// The report as one page (templates/report.tpl), which fetches nothing when it is opened.
//
// The page is Japanese, unlike everything else that portalctl prints, because operators hand it on
// to people of the organisations that run the portal and the call centre, who have no shell. It has
// counts only and names nobody.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/view/view.h"
#include "portalctl/report/report.h"

namespace portalctl {

portal::Result<std::string> report_page(const portal::View& view, const Report& report);

// The files that `view` must have been loaded with.
std::vector<std::string> report_templates();

}  // namespace portalctl
