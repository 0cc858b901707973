// portal-login. kDescription says what it does; --help and portal-login(8) show it.
#include "core/database/journal/audit_event.h"
#include "core/responder/responder.h"
#include "login/login.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "address and password (/login), and the end of a session (/logout)",
    .does = R"(
POST /login opens a session and leads to the path of our own that the query's
`return` names, or to /account. What is refused, for whatever reason, is
refused with one message and 422; who waits for the activation of a
registration and knows its password gets the mail again. POST /logout ends the
session.
)",
    .security = R"(
A new random token at each login, of which the database keeps the SHA-256; one
Argon2id hash a try, whether there is an account or not; wrong ones are slowed
down by account and network together, so that no stranger locks an owner out,
and the owner of an account that is under attack gets a mail. After fifty wrong
ones an hour from all networks, browsers that the account does not know are
sent to /password/forgot. The cookie `device` marks a browser in which a login
went well: strangers' tries do not hold it up. A hash of outdated cost is
renewed.
)",
    .logs = R"(
Request lines, `come_again`, `throttled`, `unavailable`. Audit and log: login,
login_refused with the reason, logout, password_rehashed, account_attacked.
)",
    .settings = R"(
site.base_url, database.*, password.*, session.*, retention.device_days,
templates.directory, trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "login",
       .description = kDescription,
       .templates = {"login.tpl", "wait.tpl"},
       .make = [](const portal::Site& site) { return std::make_unique<portal::LoginStep>(site); },
       .events = {name_of(portal::AuditEvent::kLogin), name_of(portal::AuditEvent::kLoginRefused),
                  name_of(portal::AuditEvent::kAccountAttacked)}});
}
