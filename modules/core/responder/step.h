// A step: what a responder is made of.
#pragma once

#include "core/http/request.h"
#include "core/http/response.h"

namespace portal {

class PasswordHasher;

class Step {
 public:
  virtual ~Step() = default;

  // Called from several threads at once.
  virtual Response handle(const Request& request) = 0;

  // About once a second: what is to be done while there is nothing to do.
  virtual void idle() {}

  // Null if the step hashes no passwords. The skeleton gives its memory back and measures it.
  virtual PasswordHasher* hasher() { return nullptr; }
};

}  // namespace portal
