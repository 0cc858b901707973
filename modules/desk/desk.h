// The desk (/desk/…): the pages of the call centre. desk.cpp says who may come in.
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

  const Site& site_;
  NamelessRequests nameless_;
};

}  // namespace portal
