#include "mailer/letter.h"

#include <Poco/String.h>

#include <array>
#include <string_view>
#include <utility>

#include "core/base/japan_time.h"
#include "core/database/mail/mail_kind.h"
#include "core/mail/address.h"
#include "core/registration/application.h"
#include "core/registration/links.h"

namespace portal {
namespace {

// The pages that letters lead to: {{LOGIN_LINK}} is the URL, {{>LOGIN_BUTTON}} the button.
constexpr auto kPages = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"LOGIN", "/login"},
    {"PASSWORD", "/password/forgot"},
    {"REGISTER", "/register"},
});

std::string template_of(std::string_view kind, std::string_view part) {
  return std::string("mail/").append(kind).append(".").append(part).append(".tpl");
}

std::string stop_link(const std::string& base_url, const Letter& letter) {
  return base_url + "/mail/stop?token=" + letter.stop_token;
}

// Where the button of a letter leads to. Letters without a link of their own lead to a page of the
// portal that their template names.
std::string own_link(const Letter& letter, const std::string& base_url) {
  if (letter.number) return base_url + "/register?" + fields_of(*letter.number).encode();
  const auto kind = find_mail_kind(letter.kind);
  if (!kind || row_of(*kind).link.empty()) return "";
  return base_url + std::string(row_of(*kind).link) + "?token=" + letter.token;
}

// A button, in HTML: what stands between {{>BUTTON}} and {{>BUTTON_END}} is written on it.
void add_button(Data& data, const std::string& name, const std::string& link) {
  data.include(name, "mail/button.html.tpl").set("LINK", link);
  data.include(name + "_END", "mail/button_end.html.tpl").set("LINK", link);
}

// The values of the letter's own template. What somebody has typed must not become a link.
Data& fill(Data& data, const Letter& letter, const std::string& base_url) {
  const std::string link = own_link(letter, base_url);
  data.set("TIME", japan_time(letter.asked_at));
  if (letter.number) data.set("NUMBER", letter.number->text());
  if (!link.empty()) data.set("LINK", link);
  add_button(data, "BUTTON", link);
  for (const auto& [name, path] : kPages) {
    data.set(std::string(name) + "_LINK", base_url + std::string(path));
    add_button(data, std::string(name) + "_BUTTON", base_url + std::string(path));
  }
  return data;
}

// The layout around it: whom the letter is to, which clinic it is about, who sends it, and how such
// mail is stopped.
Data layout_of(const Letter& letter, const std::string& base_url) {
  Data layout;
  const RegistrationNumber& number = letter.number ? *letter.number : letter.person.number;
  if (const Applicant& person = letter.person; !person.family_name.empty()) {
    layout.add("PERSON")
        .set("FAMILY_NAME", without_links(person.family_name))
        .set("GIVEN_NAME", without_links(person.given_name));
  }
  if (!number.empty()) {
    Data& clinic = layout.add("CLINIC").set("NUMBER", number.text());
    if (!letter.clinic.empty()) clinic.add("NAMED").set("NAME", without_links(letter.clinic));
  }
  if (!letter.stop_token.empty()) {
    Data& stop = layout.add("STOP").set("STOP_LINK", stop_link(base_url, letter));
    if (!letter.registration_id.empty() && !letter.number) stop.show("CANCELS");
  }
  return layout;
}

Result<std::string> render(const View& view, const Letter& letter, const std::string& part,
                           const std::string& subject, const std::string& base_url) {
  Data layout = layout_of(letter, base_url);
  layout.set("TITLE", subject);
  fill(layout.include("CONTENT", template_of(letter.kind, part)), letter, base_url);
  return view.render(template_of("layout", part), layout);
}

}  // namespace

std::vector<std::string> letter_templates() {
  std::vector<std::string> files = {template_of("layout", "txt"), template_of("layout", "html"),
                                    template_of("button", "html"),
                                    template_of("button_end", "html")};
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
  const std::string title = Poco::trim(*subject);  // without the file's line end
  const auto text = render(view, letter, "txt", title, head.base_url);
  if (!text) return text.error();
  const auto html = render(view, letter, "html", title, head.base_url);
  if (!html) return html.error();
  mail::Message message;
  message.from = head.from;
  message.from_name = head.from_name;
  message.to = letter.to;
  message.subject = title;
  message.text = *text;
  message.html = *html;
  message.message_id = "<" + head.row_id + "@" + std::string(mail::domain_of(head.from)) + ">";
  message.date = head.date;
  // A mail that the reader asked for can be ended from the mail program.
  if (letter.number) message.unsubscribe = stop_link(head.base_url, letter);
  return message;
}

}  // namespace portal
