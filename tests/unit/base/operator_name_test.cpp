// Who gave an operator's command, and whom nobody can pretend to be.
#include "core/base/operator_name.h"

#include <gtest/gtest.h>

namespace portal {
namespace {

constexpr uid_t kRoot = 0;
constexpr uid_t kService = 107;  // the account `portal`
constexpr uid_t kSato = 1001;
constexpr uid_t kNameless = 4242;

std::optional<std::string> name_of(uid_t user) {
  switch (user) {
    case kRoot:
      return "root";
    case kService:
      return "portal";
    case kSato:
      return "sato";
    default:
      return std::nullopt;
  }
}

TEST(OperatorName, IsThePersonBehindTheCommand) {
  const struct {
    const char* label;
    CommandOrigin origin;
    const char* name;
  } cases[] = {
      {"sudo portalctl", {kRoot, kRoot, "sato", kSato}, "sato"},
      {"sudo, where the kernel does not know", {kRoot, kRoot, "tanaka", {}}, "tanaka"},
      {"sudo -u portal portalctl", {kService, kService, "sato", {}}, "sato"},
      {"root, logged in as himself", {kRoot, kRoot, "", kRoot}, "root"},
      {"su -, then portalctl", {kRoot, kRoot, "", kSato}, "sato"},
      {"su -, then sudo -u portal", {kService, kService, "root", kSato}, "sato"},
      {"sudo from root", {kRoot, kRoot, "root", {}}, "root"},
      {"a timer of the service's account", {kService, kService, "", {}}, "portal"},
      {"a person", {kSato, kSato, "", kSato}, "sato"},
      {"a person who pretends", {kSato, kSato, "boss", {}}, "sato"},
      {"a person who pretends, logged in", {kSato, kSato, "boss", kSato}, "sato"},
      {"no name", {kNameless, kNameless, "", {}}, "uid 4242"},
      {"a login without a name", {kRoot, kRoot, "", kNameless}, "uid 4242"},
      {"what no user is called", {kRoot, kRoot, "web:member", {}}, "root"},
      {"a line break", {kRoot, kRoot, "sato\nlogin", {}}, "root"},
      {"not UTF-8", {kRoot, kRoot, "sato\xff", {}}, "root"},
      {"a blank", {kRoot, kRoot, " ", {}}, "root"},
      {"a name of a directory service",
       {kRoot, kRoot, "佐藤@clinic.example", {}},
       "佐藤@clinic.example"},
  };
  for (const auto& test : cases)
    EXPECT_EQ(operator_name(test.origin, name_of), test.name) << test.label;
  EXPECT_EQ(operator_name({kRoot, kRoot, std::string(65, 'a'), {}}, name_of), "root") << "too long";
}

TEST(OperatorName, OfThisProcessIsNotEmpty) {
  EXPECT_FALSE(operator_name().empty());
  EXPECT_EQ(&operator_name(), &operator_name()) << "found out once";
}

}  // namespace
}  // namespace portal
