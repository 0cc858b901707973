// The desk's settings (conf/desk.md): who may come in, and that its site is another one than the
// public one. A name that never comes is harmless.
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>

#include <array>
#include <filesystem>
#include <system_error>

#include "core/base/loopback.h"
#include "core/base/operator_name.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

constexpr std::array kLists = {"desk.staff", "desk.supervisors"};
constexpr auto kEnable = "systemctl enable --now portal-desk.socket";

Poco::StringTokenizer names_of(const Subject& subject, const char* list) {
  return {subject.settings.text(list), ",",
          Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY};
}

void look_at_names(const Subject& subject, Findings& findings) {
  for (const char* list : kLists) {
    const std::string of = std::string(list) + ": \"";
    for (const std::string& name : names_of(subject, list)) {
      if (!portal::is_operator_name(name)) {
        findings.push_back(fault(of + name +
                                 "\" can be nobody's name at the desk: no colon, no line break, "
                                 "64 characters at most"));
      } else if (name.find(' ') != std::string::npos) {
        findings.push_back(
            warning(of + name + "\" is one name with a blank in it: a comma separates names"));
      }
    }
  }
}

void look_at_url(const Subject& subject, Findings& findings) {
  const std::string& text = subject.settings.text("desk.base_url");
  const Poco::URI desk(text);  // checked when the settings were read, as the other
  const Poco::URI site(subject.settings.text("site.base_url"));
  if (Poco::icompare(desk.getHost(), site.getHost()) == 0 && desk.getPort() == site.getPort()) {
    findings.push_back(
        fault("desk.base_url = " + text +
              " is the address of the public site, which answers 404 to the desk: the address "
              "of a site of its own (desk.md)"));
  }
  if (desk.getScheme() != "https" && !portal::is_loopback(desk.getHost())) {
    findings.push_back(fault("desk.base_url = " + text +
                             ": passwords and what callers said travel in the clear: https"));
  }
}

}  // namespace

Findings probe_desk(const Subject& subject) {
  std::error_code error;
  const bool socket = fs::is_socket(subject.sockets + "/desk.sock", error);
  const bool somebody =
      names_of(subject, "desk.staff").count() + names_of(subject, "desk.supervisors").count() > 0;
  if (!somebody && !socket) {
    return {not_applicable("it is off: desk.staff and desk.supervisors are empty")};
  }
  Findings findings;
  if (!somebody) {
    findings.push_back(
        fault("it runs, but desk.staff and desk.supervisors are empty: nobody may come in: name "
              "them, and `systemctl restart portal-desk`"));
  }
  look_at_names(subject, findings);
  look_at_url(subject, findings);
  if (somebody && !socket && subject.sockets_there && !subject.stopped) {
    findings.push_back(
        warning("desk.staff or desk.supervisors has names, but it does not run here", kEnable));
  }
  if (findings.empty()) {
    findings.push_back(ok(std::to_string(names_of(subject, "desk.staff").count()) + " staff, " +
                          std::to_string(names_of(subject, "desk.supervisors").count()) +
                          " supervisors at " + subject.settings.text("desk.base_url")));
  }
  return findings;
}

}  // namespace portalctl
