// Why an action cannot be done, or not any more. Then nothing was changed.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

enum class Hindrance {
  kNone,  // it was done
  kAccountGone,
  kAlreadyDisabled,
  kNotDisabled,
  kNoSession,
  kNotWaitedFor,   // no registration, or it was activated, cancelled or ended meanwhile
  kClinicTaken,    // the clinic has an account: no link would work
  kWouldNotLeave,  // the mail would not be sent: `detail` says why
  kTooSoon,        // the cool-down of the last mail: `from` says when it is over
  kSameAddress,    // or one that differs in capital letters only
  kNotStopped,     // mail to the address
  kSentAlready,
  kNoSuchMail,
  kNoSuchRow,  // in quarantine
  kImportUnderWay,
  kRowUnfit,
  kLast = kRowUnfit,
};

// What came of an action.
struct Outcome {
  Hindrance hindrance = Hindrance::kNone;
  std::string detail = {};   // of a hindrance, for operators
  EpochSeconds from = 0;     // kTooSoon
  int count = 0;             // of sessions or throttles that were ended
  bool pause_ended = false;  // of the whole queue

  bool done() const { return hindrance == Hindrance::kNone; }
};

// For who has asked for it. Japanese sentences say what to do instead; English ones are a clause.
std::string_view in_english(Hindrance hindrance);
std::string_view in_japanese(Hindrance hindrance);

}  // namespace portal
