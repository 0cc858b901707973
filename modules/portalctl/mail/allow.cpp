// portalctl mail allow: ends what 「心当たりがない」 in a mail began, for its owner on the phone.
#include <array>
#include <iostream>

#include "core/actions/mail_actions.h"
#include "portalctl/hindered.h"
#include "portalctl/listing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason, kFull};

Result<Done> allow_mail(Context& context);

}  // namespace

constexpr Verb kMailAllow = {
    .usage = {.words = "mail allow",
              .arguments = "ADDRESS",
              .options = kOptions,
              .help = "Lets mail that others can cause go on to an address whose owner had stopped "
                      "it.",
              .example = "portalctl mail allow taro@example.jp --reason 'asked by phone'"},
    .run = allow_mail};

namespace {

Result<Done> allow_mail(Context& context) {
  const auto owner = parse_owner(context.argument());
  if (!owner) return owner.error();
  if (owner->email_key.empty()) return portal::refused(context.argument() + ": not an address");
  const std::string shown = shown_address(context, owner->email_key);
  const auto yes = context.confirm("Let mail that others can cause to " + shown + " go on");
  if (!yes) return yes;
  const std::string reason = context.reason();
  const auto allowed = context.database().write([&](portal::Connection& connection) {
    return portal::allow_mail(connection, owner->email_key,
                              {.reason = reason, .now = portal::system_now()});
  });
  if (!allowed) return allowed.error();
  if (!allowed->done()) return hindered(shown, *allowed);
  std::cout << shown << ": mail is allowed again\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
