// A step: what a responder is made of.
#pragma once

#include "core/http/request.h"
#include "core/http/response.h"

namespace portal {

class Step {
 public:
  virtual ~Step() = default;

  // Called from several threads at once.
  virtual Response handle(const Request& request) = 0;

  // About once a second: gives back what is not needed while there is nothing to do.
  virtual void idle() {}
};

}  // namespace portal
