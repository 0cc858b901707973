// The link in the mail to a new address, /account?token=T. A signed-in user follows it.
#include "account/account.h"
#include "core/database/account/account_links.h"
#include "core/database/registration/activation_links.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "core/registration/policy.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {

Result<Response> AccountStep::follow_link(const Request& request, const SignedIn& user) {
  const bool look_only = request.method == Method::kHead;
  const auto state = site_.database->write([&](Connection& connection) {
    const Link found = state_of(connection, link_token(request), user);
    return found == Link::kOpen && !look_only ? apply(connection, request, user) : found;
  });
  if (!state) return state.error();
  Data data;
  switch (*state) {
    case Link::kOpen:
      return show(request, user, 200, {});
    case Link::kChanged:
      return see_other("/account?done=email_changed");
    case Link::kEnded:
      data.add("ENDED");
      return site_.page(410, "account_link.tpl", "リンクは無効です", std::move(data),
                        Visitor::kSignedIn);
    case Link::kTaken:
      data.add("TAKEN");
      return site_.page(409, "account_link.tpl", "メールアドレスを変更できません", std::move(data),
                        Visitor::kSignedIn);
    case Link::kUnknown:
      break;
  }
  data.add("UNKNOWN");
  return site_.page(404, "account_link.tpl", "リンクを確認できませんでした", std::move(data),
                    Visitor::kSignedIn);
}

AccountStep::Link AccountStep::state_of(Connection& connection, std::string_view token,
                                        const SignedIn& user) const {
  if (token.empty()) return Link::kUnknown;
  const auto link = AccountLinks(connection).find(token_hash(token));
  if (!link || link->purpose != kEmailChangePurpose || link->account_id != user.account.id) {
    return Link::kUnknown;
  }
  if (link->used_at != 0) {  // this is a second click
    const bool is_ours = email_key(link->email) == user.account.email_key;
    return is_ours ? Link::kChanged : Link::kEnded;
  }
  return site_.clock() < link->sent_at + kLinkLifetime ? Link::kOpen : Link::kEnded;
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
