// A verb of portalctl: how it is used, and the function that does it.
//
// A verb's words are its file: `roster undo` is roster/undo.cpp. A new verb is such a file, which
// defines it, and its name in verbs.h and in the table in verbs.cpp (tests/lint/verbs.sh).
#pragma once

#include "core/base/result.h"
#include "core/command/consent.h"
#include "core/command/verb_usage.h"
#include "portalctl/context.h"
#include "portalctl/options.h"

namespace portalctl {

// What every verb's file speaks of.
using portal::Done;
using portal::Option;
using portal::Result;

struct Verb {
  portal::VerbUsage usage;
  // The error is printed, and decides the exit status: 2 if it is kWrongUsage, else 1. Without a
  // message, the verb has said itself what is wrong.
  Result<Done> (*run)(Context& context);
  bool needs_settings = true;  // they are read before the verb is called
};

}  // namespace portalctl
