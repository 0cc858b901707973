// portalctl account release: the clinic can be registered again. By number only, because it is the
// clinic that is to be free.
#include <array>

#include "core/actions/account_actions.h"
#include "core/registration/application.h"
#include "core/registration/registration_number.h"
#include "core/text/text.h"
#include "portalctl/account/change.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kTell = {"tell", "ADDRESS", "account release: who may register the clinic now"};
constexpr std::array kOptions = {kTell, portal::kYes, portal::kReason};

Result<Done> release_account(Context& context);

}  // namespace

constexpr Verb kAccountRelease = {
    .usage = {.words = "account release",
              .arguments = "NUMBER",
              .options = kOptions,
              .help = "Removes an account that somebody else made, so that its clinic can be "
                      "registered again; its owner gets a mail, and --tell one with a link to the "
                      "form.",
              .example = "portalctl account release 契0123456-7-8 --reason 'new owner, letter of 1 "
                         "April'"},
    .run = release_account};

namespace {

Result<Done> release_account(Context& context) {
  const std::string& text = context.argument();
  if (!portal::text::valid_utf8(text) || !portal::RegistrationNumber::parse(text)) {
    return portal::refused(text + ": not a registration number, such as 契0123456-7-8");
  }
  std::string rightful = context.value(kTell);
  if (!rightful.empty() && portal::check_email("email", rightful)) {
    return portal::wrong_usage("--tell " + rightful + ": not a mail address");
  }
  const auto words = [&](const portal::Outcome&) {
    const std::string released = "released: the clinic can be registered again";
    if (rightful.empty()) return released + ", and the owner gets a mail";
    return released + "; the owner and " + rightful + " get a mail each";
  };
  return change_account(context, {"Remove the account of",
                                  [&](portal::Connection& connection, std::string_view id,
                                      const portal::Instruction& by) {
                                    return portal::release_account(connection, id, rightful, by);
                                  },
                                  words});
}

}  // namespace
}  // namespace portalctl
