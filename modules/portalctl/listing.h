// What `registration list` and `mail list` have in common.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "portalctl/owner.h"
#include "portalctl/verb.h"

namespace portalctl {

inline constexpr int kMostListed = 1000;

// Of ADDRESS|NUMBER; both empty if it was left out.
portal::Result<Whose> whose_of(const Invocation& invocation);

// What is wrong with --state, which is one of `states`, or nothing.
std::string complaint_of_state(const Options& options, std::span<const std::string_view> states);

// Masked without --full.
std::string shown_address(const Options& options, const std::string& address);

// A mail server's words: they may name addresses, which are masked without --full, and have no say
// in what the terminal does.
std::string shown_reply(const Options& options, std::string reply);

// In the unit that tells most: 90 s, 90 min, 30 h, 3 days.
std::string age(portal::EpochSeconds seconds);

// On standard error, if there may be more rows than were listed.
void say_if_cut(std::size_t rows);

}  // namespace portalctl
