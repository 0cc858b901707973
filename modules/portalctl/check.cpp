// portalctl check: is everything ready that the programs need, and is it likely to stay so? It
// prints a line in plain words for each finding. The probes are in portalctl/check/.
#include <unistd.h>

#include <Poco/NumberParser.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "core/text/text.h"
#include "portalctl/check/options.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/runner.h"
#include "portalctl/check/subject.h"
#include "portalctl/check/table.h"
#include "portalctl/printing.h"
#include "portalctl/sql_directory.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kStopped = {"stopped", "", "check: leaves out what asks the running portal"};
constexpr Option kWebUser = {"web-user", "NAME",
                             "check: as whom the web server runs (default: www-data)"};
constexpr Option kDkimSelector = {
    "dkim-selector", "NAME",
    "check: the relay's DKIM key is at NAME._domainkey of the sender's domain"};
constexpr Option kResolver = {
    "resolver", "ADDRESS",
    "check: the DNS server, ADDRESS or ADDRESS:PORT (default: the system's)"};
constexpr Option kTimeout = {"timeout", "SECONDS",
                             "check: how long a probe may take (default: 15)"};
constexpr std::array kOptions = {kStopped,  kSockets,   kUser,    kWebUser, kDkimSelector,
                                 kResolver, kDirectory, kTimeout, kJson};

Result<Done> check(Context& context);

}  // namespace

// It reads the settings itself: that they are wrong is one of its findings.
constexpr Verb kCheck = {.usage = {.words = "check",
                                   .options = kOptions,
                                   .help = "Looks for likely faults, from settings and file "
                                           "modes to the certificate and the "
                                           "sender's DNS records: a line each with what to do. Run "
                                           "by root, it looks with the rights "
                                           "of the user whom each is about.",
                                   .example = "portalctl check --dkim-selector portal"},
                         .run = check,
                         .needs_settings = false};

namespace {

constexpr int kUsualSeconds = 15;
constexpr int kMostSeconds = 600;

void print(std::string_view name, const Finding& finding, bool json) {
  const std::string text =
      finding.next.empty() ? finding.text : finding.text + ": `" + finding.next + "`";
  if (json) {
    print_json({{"level", std::string(word_of(finding.level))},
                {"probe", std::string(name)},
                {"text", text}});
    return;
  }
  std::string word(word_of(finding.level));
  word.resize(8, ' ');
  std::cout << word << name << ": " << portal::text::visible(text) << "\n";
}

Named named_in(const Context& context) {
  return {.sql_directory = context.value(kDirectory),
          .user = context.value(kUser),
          .web_user = context.value(kWebUser),
          .sockets = context.value(kSockets),
          .resolver = context.value(kResolver),
          .dkim_selector = context.value(kDkimSelector),
          .stopped = context.has(kStopped)};
}

Result<std::chrono::seconds> limit_of(const Context& context) {
  const std::string text = context.value(kTimeout);
  int seconds = kUsualSeconds;
  if (!text.empty() &&
      (!Poco::NumberParser::tryParse(text, seconds) || seconds < 1 || seconds > kMostSeconds)) {
    return portal::wrong_usage("--timeout: a number of seconds from 1 to 600");
  }
  return std::chrono::seconds(seconds);
}

Result<Done> check(Context& context) {
  const portal::Error said = portal::refused("");  // each finding is a line of the output
  const bool json = context.has(kJson);
  const auto limit = limit_of(context);
  if (!limit) return limit.error();
  const std::string path = context.settings_path();
  const auto settings = portal::Settings::load(path, environ);
  if (!settings) {  // the other probes would look at the defaults
    print("settings", fault(settings.error().message), json);
    return said;
  }
  // Two questions in a row end before the probe does.
  const Subject subject = subject_of(*settings, path, named_in(context), *limit * 2 / 5);
  std::vector<Probe> asked(probes().begin(), probes().end());
  std::erase_if(asked, [&](const Probe& probe) {
    return !probe.in_check || (subject.stopped && probe.needs_portal);
  });
  int faults = 0;
  run_probes(asked, subject, *limit, [&](const Probe& probe, const Finding& finding) {
    if (finding.level == Level::kFault) ++faults;
    print(probe.name, finding, json);
  });
  if (faults > 0) return said;
  return Done{};
}

}  // namespace
}  // namespace portalctl
