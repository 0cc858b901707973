// The complete step: OK makes the registration and its mail, then 申請完了画面 is shown, with 再送.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/database/registration/registrations.h"
#include "core/draft/current_draft.h"
#include "core/responder/page_moulds.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class CompleteStep : public Step {
 public:
  explicit CompleteStep(const Site& site) : site_(site), hasher_(site.settings) {}
  Result<Response> handle(const Request& request) override;
  std::optional<Response> unavailable_page(const Request& request) override;
  bool hashes_at(std::string_view path) const override;
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  Result<Response> post(const Request& request);
  Result<Response> get(const Request& request);
  Result<Response> resend(const Request& request);

  Result<Response> post_without_draft(const Request& request);
  Response completed(const Request& request, std::string_view signup_token) const;
  // What became of 再送.
  struct Resending {
    bool done = false;
    EpochSeconds wait = 0;  // it may be asked for again after so many seconds
  };
  // In what the screens differ besides what stands in their open places.
  struct Kind {
    std::string_view file;
    std::vector<std::string_view> sections;
    std::string_view carrier;
    auto operator<=>(const Kind&) const = default;
  };
  Result<Response> screen(const Registration& registration, int status, const Resending& resending);

  const Site& site_;
  OfEdition<PageMoulds<Kind>> moulds_;
  PasswordHasher hasher_;
};

}  // namespace portal
