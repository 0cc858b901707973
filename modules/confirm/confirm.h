// The confirm step: 確認画面, everything that was entered, to be checked before OK.
#pragma once

#include "core/responder/current_draft.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class ConfirmStep : public Step {
 public:
  explicit ConfirmStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;

 private:
  enum class Password { kMasked, kShown };
  Result<Response> show(const Request& request, Password password);

  const Site& site_;
};

}  // namespace portal
