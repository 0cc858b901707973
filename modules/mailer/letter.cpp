#include "mailer/letter.h"

#include <Poco/String.h>

#include "core/base/japan_time.h"
#include "core/database/mail/mail_kind.h"
#include "core/mail/address.h"
#include "core/registration/application.h"

namespace portal {
namespace {

std::string template_of(std::string_view kind, std::string_view part) {
  return std::string("mail/").append(kind).append(".").append(part).append(".tpl");
}

std::string stop_link(const std::string& base_url, const Letter& letter) {
  return base_url + "/mail/stop?token=" + letter.stop_token;
}

Data data_of(const Letter& letter, const std::string& base_url) {
  Data data;
  data.set("FAMILY_NAME", letter.person.family_name).set("GIVEN_NAME", letter.person.given_name);
  data.set("TIME", japan_time(letter.asked_at));
  data.set("LOGIN_LINK", base_url + "/login");
  data.set("PASSWORD_LINK", base_url + "/password/forgot");
  data.set("REGISTER_LINK", base_url + "/register");
  if (!letter.stop_token.empty()) data.set("STOP_LINK", stop_link(base_url, letter));
  if (letter.number) {
    data.set("NUMBER", letter.number->text());
    data.set("LINK", base_url + "/register?" + fields_of(*letter.number).encode());
  }
  const auto kind = find_mail_kind(letter.kind);
  if (kind && !row_of(*kind).link.empty()) {
    data.set("LINK", base_url + std::string(row_of(*kind).link) + "?token=" + letter.token);
  }
  return data;
}

Result<std::string> render(const View& view, const Letter& letter, const std::string& part,
                           const std::string& base_url) {
  Data data = data_of(letter, base_url);
  data.include("CONTACT", template_of("contact", part));
  return view.render(template_of(letter.kind, part), data);
}

}  // namespace

std::vector<std::string> letter_templates() {
  std::vector<std::string> files = {template_of("contact", "txt"), template_of("contact", "html")};
  for (const MailKindRow& kind : mail_kinds()) {
    for (const auto* part : {"subject", "txt", "html"}) {
      files.push_back(template_of(kind.name, part));
    }
  }
  return files;
}

Result<mail::Message> write_letter(const View& view, const Letter& letter, const LetterHead& head) {
  const auto subject = view.render(template_of(letter.kind, "subject"), {});
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
  // A mail that the reader asked for can be ended from the mail program.
  if (letter.number) message.unsubscribe = stop_link(head.base_url, letter);
  return message;
}

}  // namespace portal
