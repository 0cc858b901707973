#include "portalctl/listing.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include "core/base/log.h"
#include "core/mail/address.h"
#include "core/text/text.h"
#include "portalctl/options.h"

namespace portalctl {

portal::Result<Owner> owner_of(const Context& context) {
  if (context.arguments().empty()) return Owner{};
  return parse_owner(context.argument());
}

portal::Result<std::string> state_of(const Context& context,
                                     std::span<const std::string_view> states) {
  std::string state = context.value(kState);
  if (state.empty() || std::ranges::find(states, state) != states.end()) return state;
  std::string names;
  for (const auto name : states) names.append(names.empty() ? "" : ", ").append(name);
  return portal::wrong_usage("--state: one of " + names);
}

portal::Result<portal::Language> language_of(const Context& context) {
  const std::string code = context.value(kLang);
  const auto named = portal::find_language(code);
  if (!code.empty() && !named) {
    return portal::wrong_usage("--lang " + code + ": expected ja or en");
  }
  if (context.has(kJson)) return portal::Language::kEnglish;
  return named.value_or(portal::language_of_environment());
}

void show_as_lines(const Context& context, portal::Language language, Fields fields) {
  if (context.has(kJson)) return print_json(std::move(fields));
  const bool japanese = language == portal::Language::kJapanese;
  japanese ? print_japanese_lines(std::move(fields)) : print_lines(std::move(fields));
}

void show_as_row(const Context& context, portal::Language language, Fields fields) {
  if (context.has(kJson)) return print_json(std::move(fields));
  const bool japanese = language == portal::Language::kJapanese;
  japanese ? print_japanese_row(std::move(fields)) : print_row(std::move(fields));
}

std::string shown_address(const Context& context, const std::string& address) {
  return context.has(kFull) ? address : portal::log::mask_address(address);
}

std::string shown_reply(const Context& context, std::string reply) {
  if (!context.has(kJson)) reply = portal::text::visible(reply);
  return context.has(kFull) ? reply : portal::log::mask_addresses(std::move(reply));
}

std::string sender_domain(const portal::Settings& settings) {
  return portal::mail::domain_of_mailbox(settings.text("mail.from"));
}

std::string age(portal::EpochSeconds seconds, portal::Language language) {
  constexpr std::pair<portal::EpochSeconds, portal::Words> kUnits[] = {
      {portal::kDay, {" days", "日"}},
      {portal::kHour, {" h", "時間"}},
      {portal::kMinute, {" min", "分"}}};
  for (const auto& [length, name] : kUnits) {
    if (seconds >= 2 * length) return std::to_string(seconds / length).append(name.in(language));
  }
  return std::to_string(seconds).append(portal::Words{" s", "秒"}.in(language));
}

void say_if_cut(std::size_t rows) {
  if (rows < static_cast<std::size_t>(kMostListed)) return;
  std::cerr << "only the newest " << kMostListed << ": there may be more\n";
}

}  // namespace portalctl
