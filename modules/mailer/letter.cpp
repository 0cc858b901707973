#include "mailer/letter.h"

#include <Poco/String.h>

#include "core/database/accounts.h"
#include "core/database/links.h"
#include "core/database/registrations.h"
#include "core/mail/address.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr auto kActivation = "activation";
constexpr auto kRegistered = "registered";

std::string file_of(const std::string& kind, const std::string& part) {
  return "mail/" + kind + "." + part + ".tpl";
}

Data data_of(const Letter& letter, const std::string& base_url) {
  Data data;
  data.set("FAMILY_NAME", letter.family_name).set("GIVEN_NAME", letter.given_name);
  data.set("LINK", base_url + "/activate?token=" + letter.token);
  data.set("LOGIN_LINK", base_url + "/login");
  data.set("PASSWORD_LINK", base_url + "/password/forgot");
  return data;
}

Result<std::string> render(const View& view, const Letter& letter, const std::string& part,
                           const std::string& base_url) {
  Data data = data_of(letter, base_url);
  data.include("CONTACT", file_of("contact", part));
  return view.render(file_of(letter.kind, part), data);
}

}  // namespace

LetterPlan plan_letter(Connection& connection, const OutboxRow& row, EpochSeconds now) {
  // Queued by a newer program: there is no template, so it waits until a newer mailer takes it.
  if (row.kind != kActivation) return Letter{row.kind, row.recipient, "", "", ""};
  Registrations registrations(connection);
  const auto registration = registrations.find(row.registration_id);
  if (!registration) return NotNeeded{"the registration is gone"};
  if (registration->activated()) return NotNeeded{"the registration is activated already"};
  // Its owner's own name and address: what a stranger typed is not passed on.
  if (const auto account = Accounts(connection).find_by_email(registration->email_key)) {
    return Letter{kRegistered, account->email, account->family_name, account->given_name, ""};
  }
  const std::string token = draw_token();
  Links(connection).add({token_hash(token), registration->id, now, 0});
  registrations.keep_until(registration->id, now + kLinkLifetime);
  return Letter{kActivation, row.recipient, registration->family_name, registration->given_name,
                token};
}

std::vector<std::string> letter_templates() {
  std::vector<std::string> files = {file_of("contact", "txt"), file_of("contact", "html")};
  for (const auto* kind : {kActivation, kRegistered}) {
    for (const auto* part : {"subject", "txt", "html"}) files.push_back(file_of(kind, part));
  }
  return files;
}

Result<mail::Message> write_letter(const View& view, const Letter& letter, const LetterHead& head) {
  const auto subject = view.render(file_of(letter.kind, "subject"), {});
  if (!subject) return subject.error();
  const auto text = render(view, letter, "txt", head.base_url);
  if (!text) return text.error();
  const auto html = render(view, letter, "html", head.base_url);
  if (!html) return html.error();
  mail::Message message;
  message.from = head.from;
  message.to = letter.to;
  message.subject = Poco::trim(*subject);  // the file's line end
  message.text = *text;
  message.html = *html;
  message.message_id = "<" + head.row_id + "@" + std::string(mail::domain_of(head.from)) + ">";
  message.date = head.date;
  return message;
}

}  // namespace portal
