// How lists of registrations and mails are asked for and shown to the call centre.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/result.h"
#include "portalctl/context.h"
#include "portalctl/owner.h"
#include "portalctl/printing.h"

namespace portalctl {

inline constexpr int kMostListed = 1000;

// Of the argument ADDRESS|NUMBER; both are empty if it was left out.
portal::Result<Owner> owner_of(const Context& context);

// --state; empty: any. Error: it is none of `states`.
portal::Result<std::string> state_of(const Context& context,
                                     std::span<const std::string_view> states);

// --lang, else what the environment says; with --json, which programs read, always English. Error:
// it is neither en nor ja.
portal::Result<portal::Language> language_of(const Context& context);

// With --json as an object; else as lines, or as one row of many.
void show_as_lines(const Context& context, portal::Language language, Fields fields);
void show_as_row(const Context& context, portal::Language language, Fields fields);

// Masked without --full, which the verb takes.
std::string shown_address(const Context& context, const std::string& address);

// A mail server's words. Addresses in them are masked without --full. What a terminal would obey is
// shown, or stays in JSON, which escapes it.
std::string shown_reply(const Context& context, std::string reply);

// The domain of mail.from, which users may have to let in.
std::string sender_domain(const portal::Settings& settings);

// An age in the largest unit of which there are at least two: 90 s, 90 min, 30 h, 3 days.
std::string age(portal::EpochSeconds seconds,
                portal::Language language = portal::Language::kEnglish);

// Says on standard error that there may be more rows than were listed.
void say_if_cut(std::size_t rows);

}  // namespace portalctl
