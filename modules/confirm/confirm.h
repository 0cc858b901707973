// The confirm step: 確認画面, everything that was entered, to be checked before OK.
#pragma once

#include "core/draft/current_draft.h"
#include "core/responder/page_moulds.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class ConfirmStep : public Step {
 public:
  explicit ConfirmStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;

 private:
  enum class Password { kMasked, kShown };
  // In what the pages differ besides what was entered.
  struct Kind {
    Institution institution;
    Password password;
    bool is_changed;  // another tab has changed the draft since
    auto operator<=>(const Kind&) const = default;
  };
  Result<Response> show(const Request& request, Password password);

  Result<PageMould> mould_of(const Kind& kind) const;

  const Site& site_;
  OfEdition<PageMoulds<Kind>> moulds_;
};

}  // namespace portal
