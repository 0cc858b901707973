// How the requests of a step wait that hash a password: as many at a time as the hasher makes, and
// one more, so that a processor hashes while somebody's transaction is committed. Nobody waits long
// (policy.h), and nobody who needs no hash waits for those who do (core/fastcgi/places.h).
#pragma once

#include <memory>

#include "core/fastcgi/places.h"
#include "core/responder/step.h"
#include "core/security/hashing_load.h"

namespace portal {

// The query with which the button of a page comes again that said so: `/register/complete?again`.
inline constexpr std::string_view kAgain = "again";

// Null for a step that hashes nothing. `step` lives longer. `threads` is the step's.
std::unique_ptr<fastcgi::Places> places_of(Step& step, int threads);

// Precondition: the step hashes, and `places` are its own.
HashingLoad load_of(Step& step, const fastcgi::Places& places);

}  // namespace portal
