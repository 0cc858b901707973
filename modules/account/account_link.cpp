// The link in the mail to a new address, /account?token=T. A signed-in user opens it and presses
// the button.
#include "account/account.h"
#include "core/database/account/account_links.h"
#include "core/database/registration/activation_links.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/registration/policy.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {

// GET changes nothing: programs that look through mails, and pages of others, open links too.
Result<Response> AccountStep::show_link(const Request& request, const SignedIn& user) {
  const auto found = site_.database->read(
      [&](Connection& connection) { return look(connection, link_token(request), user); });
  if (!found) return found.error();
  return link_screen(request, user, *found);
}

Result<Response> AccountStep::follow_link(const Request& request, const SignedIn& user) {
  const auto followed = site_.database->write([&](Connection& connection) {
    FoundLink found = look(connection, link_token(request), user);
    if (found.state == Link::kOpen) found.state = apply(connection, request, user);
    return found;
  });
  if (!followed) return followed.error();
  return link_screen(request, user, *followed);
}

Response AccountStep::link_screen(const Request& request, const SignedIn& user,
                                  const FoundLink& found) const {
  const auto screen = [&](int status, std::string_view title, std::string_view section) {
    Data data;
    Data& shown = data.add(section);
    if (found.state == Link::kOpen) {
      shown.set("TOKEN", link_token(request));
      shown.set("CURRENT_EMAIL", user.account.email).set("NEW_EMAIL", found.email);
    }
    return site_.page(status, "account_link.tpl", title, std::move(data), Visitor::kSignedIn);
  };
  switch (found.state) {
    case Link::kOpen:
      return screen(200, "メールアドレスの変更", "OPEN");
    case Link::kChanged:
      return see_other("/account?done=email_changed");
    case Link::kEnded:
      return screen(410, "リンクは無効です", "ENDED");
    case Link::kTaken:
      return screen(409, "メールアドレスを変更できません", "TAKEN");
    case Link::kUnknown:
      break;
  }
  return screen(404, "リンクを確認できませんでした", "UNKNOWN");
}

AccountStep::FoundLink AccountStep::look(Connection& connection, std::string_view token,
                                         const SignedIn& user) const {
  if (token.empty()) return {};
  const auto link = AccountLinks(connection).find(token_hash(token));
  if (!link || link->purpose != kEmailChangePurpose || link->account_id != user.account.id) {
    return {};
  }
  if (link->used_at != 0) {  // this is a second press
    const bool is_ours = email_key(link->email) == user.account.email_key;
    return {is_ours ? Link::kChanged : Link::kEnded, link->email};
  }
  const bool is_open = site_.clock() < link->sent_at + kLinkLifetime;
  return {is_open ? Link::kOpen : Link::kEnded, link->email};
}

AccountStep::Link AccountStep::apply(Connection& connection, const Request& request,
                                     const SignedIn& user) const {
  const EpochSeconds now = site_.clock();
  AccountLinks links(connection);
  Accounts accounts(connection);
  const std::string hash = token_hash(link_token(request));
  const auto link = links.find(hash);
  const auto account = accounts.find(user.account.id);
  if (!link || !account || !links.use(hash, now)) return Link::kEnded;
  if (!accounts.set_email(account->id, link->email, email_key(link->email))) return Link::kTaken;
  links.end_all(account->id, now);
  queue_account_mail(
      connection, now,
      {.kind = MailKind::kEmailChanged, .account_id = account->id, .recipient = account->email});
  record_audit_event(connection, request, now, AuditEvent::kEmailChanged, account->id);
  return Link::kChanged;
}

}  // namespace portal
