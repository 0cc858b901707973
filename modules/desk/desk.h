// The desk (/desk/…): the pages of the call centre. desk.cpp says who may come in, looks up, and
// leads to the page of what was found (found_page.h), of an action (action_page.h) and of the
// overview (overview_page.h).
#pragma once

#include <string>
#include <vector>

#include "core/responder/site.h"
#include "core/responder/step.h"
#include "desk/staff.h"
#include "desk/visit.h"

namespace portal {

inline constexpr Frame kDeskFrame = {
    .base_url = "desk.base_url", .layout = "desk/layout.tpl", .error = "desk/error.tpl"};

std::vector<std::string> desk_templates();

class DeskStep : public Step {
 public:
  explicit DeskStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;

 private:
  Response refuse(const Request& request);
  Result<Response> welcome(const Visit& visit);

  const Site& site_;
  NamelessRequests nameless_;
};

}  // namespace portal
