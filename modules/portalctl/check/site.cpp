// Probes of site.base_url as a browser sees it: this very portal answers there, over https only.
#include <optional>

#include "core/database/database.h"
#include "core/database/registration/drafts.h"
#include "core/draft/current_draft.h"
#include "core/http/response.h"
#include "core/probe/web.h"
#include "core/registration/application.h"
#include "core/security/token.h"
#include "core/view/operator_facts.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/site_url.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::WebAnswer;

// A name that nobody has. It has no digits, because a name with many is refused.
std::string draw_name() {
  std::string name = portal::draw_id();
  for (char& c : name) {
    if (c >= '0' && c <= '9') c = static_cast<char>('a' + (c - '0'));
  }
  return name;
}

// A form as somebody would have typed it.
portal::Form application_of(const std::string& name) {
  portal::Form form = portal::example_form(portal::Institution::kJudo);
  form.set("family_name", name);
  return portal::fields_of(*portal::application_of(form));
}

// A draft in the database of the settings, which exists as long as the object does. Only who has
// its cookie sees it; if the site shows it on the form, the site has the same database.
class Trace {
 public:
  explicit Trace(const Subject& subject)
      : secure_(subject.settings.secure()),
        database_(subject.settings, portal::Durability::kRelaxed, 1, subject.patience),
        token_(portal::draw_token()),
        name_(draw_name()) {
    const auto draft = portal::sealed_draft(application_of(name_), token_, database_.now());
    const auto added = database_.write([&](Connection& connection) {
      portal::Drafts(connection).add(draft);
      return portal::Done{};
    });
    left_ = static_cast<bool>(added);
  }
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;
  ~Trace() {
    // If it cannot be removed, it expires by itself.
    static_cast<void>(database_.write([&](Connection& connection) {
      portal::Drafts(connection).remove(portal::token_hash(token_));
      return portal::Done{};
    }));
  }

  bool left() const { return left_; }
  std::string cookie() const {
    return portal::cookie_name(portal::kDraftCookie, secure_) + "=" + token_;
  }
  const std::string& name() const { return name_; }

 private:
  bool secure_;
  portal::Database database_;
  std::string token_;
  std::string name_;
  bool left_ = false;
};

// Nothing: it is the portal's own top page, or another one of its pages.
std::optional<Finding> judge_top(const Subject& subject, const WebAnswer& answer) {
  const std::string& url = subject.settings.text("site.base_url");
  const std::string place = answer.header("Location");
  if (answer.status >= 300 && answer.status < 400) {
    const bool safer = url.starts_with("http:") && place.starts_with("https:");
    return fault(url + "/ leads to " + place +
                 (safer ? ": then site.base_url is https too, or links in mails lead to the clear "
                          "and cookies are not Secure"
                        : ": site.base_url is where the portal itself answers"));
  }
  // Its name is on every page; without templates of ours the request's id has to do.
  const auto facts = portal::read_operator_facts(subject.settings.text("templates.directory"));
  const bool ours = (!facts || answer.body.find(facts->at("PORTAL_NAME")) != std::string::npos) &&
                    !answer.header("X-Request-Id").empty();
  if (ours && answer.status == 200) return std::nullopt;
  if (ours) {
    return fault(url + "/ answers " + std::to_string(answer.status) +
                 ": is portal-pages running, and its socket reached? see sockets");
  }
  return fault(url + "/ answers " + std::to_string(answer.status) +
               ", but it is not the portal: does another site of the web server take this name? "
               "server_name in the portal's site file");
}

std::optional<Finding> judge_form(const std::string& url, const Trace& trace,
                                  std::chrono::milliseconds patience) {
  const auto form = portal::web_get(url + "/register", trace.cookie(), patience);
  if (!form) return fault(form.error().message);
  if (form->status != 200) {
    return fault(url + "/register answers " + std::to_string(form->status) +
                 ": see sockets, and the log of portal-form");
  }
  if (form->body.find(trace.name()) != std::string::npos) return std::nullopt;
  return fault(url +
               " is another portal than this one: it does not show what was just put into the "
               "database of these settings: is site.base_url the right one, or "
               "database.connection?");
}

}  // namespace

Findings probe_site(const Subject& subject) {
  const std::string& url = subject.settings.text("site.base_url");
  const auto answer = portal::web_get(url + "/", "", subject.patience);
  if (!answer && answer.error().kind == portal::Error::Kind::kRefused) {
    return {not_applicable("its certificate is not accepted, see certificate")};
  }
  if (!answer) {
    return {fault(answer.error().message +
                  ": nobody can use the portal: does the name lead here, is "
                  "the web server running?")};
  }
  if (const auto wrong = judge_top(subject, *answer)) return {*wrong};
  const Trace trace(subject);
  if (!trace.left()) return {ok(url + " answers; whether it is this portal, see database")};
  if (const auto wrong = judge_form(url, trace, subject.patience)) return {*wrong};
  return {ok(url + " answers, and is this portal")};
}

Findings probe_redirect(const Subject& subject) {
  const SiteUrl url(subject.settings);
  if (!url.https()) return {not_applicable("site.base_url is not https")};
  if (!url.usual_port()) return {not_applicable("site.base_url names a port")};
  const std::string clear = "http" + url.text().substr(std::string("https").size()) + "/";
  const auto answer = portal::web_get(clear, "", subject.patience);
  if (!answer) {
    return {warning(answer.error().message +
                    ": who types the name without https:// finds nothing: redirect port 80")};
  }
  const std::string place = answer->header("Location");
  if (answer->status >= 300 && answer->status < 400 && place.starts_with(url.text())) {
    return {ok(clear + " leads to https")};
  }
  return {fault(clear + " answers " + std::to_string(answer->status) +
                (place.empty() ? "" : " to " + place) + ": it must lead to " + url.text() +
                ": return 301 https://$host$request_uri;")};
}

Findings probe_healthz(const Subject& subject) {
  const std::string& url = subject.settings.text("site.base_url");
  const auto answer = portal::web_get(url + "/healthz/pages", "", subject.patience);
  if (!answer) return {not_applicable("nobody answers, see site")};
  if (answer->from_this_machine) {
    return {not_applicable(url + " is asked from 127.0.0.1 here, which may see it")};
  }
  if (answer->status == 403 || answer->status == 404) return {ok("others are refused")};
  return {fault(url + "/healthz/ answers " + std::to_string(answer->status) +
                " to others than this machine: allow 127.0.0.1; deny all;")};
}

}  // namespace portalctl
