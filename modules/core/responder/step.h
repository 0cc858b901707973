// A step: what a responder is made of.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "core/http/request.h"
#include "core/http/response.h"

namespace portal {

class PasswordHasher;

class Step {
 public:
  virtual ~Step() = default;

  // Called from several threads at once. What the step cannot answer itself, because a dependency
  // is away, it returns as an error: answer() logs it and answers with 503.
  virtual Result<Response> handle(const Request& request) = 0;

  // The page of such a 503, where the step has a better one than the portal's error page: one that
  // keeps what was typed.
  virtual std::optional<Response> unavailable_page(const Request&) { return std::nullopt; }

  // True if a POST may also be the one-click form of RFC 8058 as multipart/form-data
  // (core/form/one_click.h). Its one field then is the request's form.
  virtual bool takes_one_click() const { return false; }

  // About once a second: what is to be done while there is nothing to do.
  virtual void idle() {}

  // Of a step with a hasher: whether a POST to this path hashes. Others are answered while many
  // wait for their turn.
  virtual bool hashes_at(std::string_view) const { return true; }

  // Null if the step hashes no passwords. The skeleton gives its memory back and measures it.
  virtual PasswordHasher* hasher() { return nullptr; }
};

}  // namespace portal
