// The report as a page of its own, templates/report.tpl: nothing is fetched when it is opened.
//
// It is Japanese, unlike all else that portalctl says: it is made to be handed on, to the people of
// the 施術所's organisations who run the portal and the call centre, and they need no shell to read
// it. Nobody is named on it: it has counts only.
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
