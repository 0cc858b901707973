// portalctl: the operators' command.
//
//   portalctl [--config FILE] VERB …
//
// The verbs are in the table below; `portalctl --help` prints them with an example each. It does
// what the steps do, by the same code, and has no SQL of its own.
// Security: whoever may read the settings and write the database may use it; it asks for nothing.
// Exit status: 0 done; 1 refused or not found (the reason is on standard error); 2 wrong usage or
// settings.
#include <getopt.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "core/base/version.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

constexpr std::array kVerbs = {
    Verb{"migrate", "", "--directory",
         "Makes the database, or brings it up to this version; safe to repeat.",
         "portalctl migrate", migrate},
    Verb{"check", "", "",
         "Looks whether settings, database, roster, templates and mail are ready, a line each.",
         "portalctl --config /etc/portal/portal.conf check", check},
    Verb{"roster import", "FILE", "",
         "Adds and updates clinics from a CSV file (UTF-8), all of them or, if a row is bad, none.",
         "portalctl roster import sample_roster.csv", roster_import},
    Verb{"roster show", "NUMBER", "--json",
         "Shows the clinic with that registration number, in any usual writing.",
         "portalctl roster show 契0123456-7-8", roster_show},
    Verb{"settings", "", "", "Prints every setting with its meaning and default.",
         "portalctl settings > portal.conf", settings},
};

constexpr std::array<option, 6> kOptions = {{{"config", required_argument, nullptr, 'c'},
                                             {"directory", required_argument, nullptr, 'd'},
                                             {"json", no_argument, nullptr, 'j'},
                                             {"version", no_argument, nullptr, 'v'},
                                             {"help", no_argument, nullptr, 'h'},
                                             {nullptr, 0, nullptr, 0}}};

void print_help() {
  std::cout << "portalctl: the operators' command of the portal.\n\n"
               "usage: portalctl [--config FILE] VERB ...\n\n";
  for (const Verb& verb : kVerbs) {
    std::cout << "  " << verb.words;
    if (!verb.arguments.empty()) std::cout << " " << verb.arguments;
    if (!verb.options.empty()) std::cout << " [" << verb.options << "]";
    std::cout << "\n      " << verb.help << "\n      " << verb.example << "\n";
  }
  std::cout
      << "\n"
         "  --config FILE    settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)\n"
         "  --directory DIR  migrate: the folder of the numbered SQL files\n"
         "  --json           one JSON object a line\n"
         "  --version        prints the version\n"
         "  --help           prints this\n\n"
         "Exit status: 0 done; 1 refused or not found, the reason is on standard error;\n"
         "2 wrong usage or settings.\n";
}

int wrong_usage(const std::string& reason) {
  return fail(reason + " (see portalctl --help)", kWrongUsage);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

const Verb* find_verb(const std::vector<std::string>& words) {
  for (const Verb& verb : kVerbs) {
    const auto own = words_of(verb.words);
    if (own.size() <= words.size() && std::equal(own.begin(), own.end(), words.begin())) {
      return &verb;
    }
  }
  return nullptr;
}

int run(const Options& options, const std::vector<std::string>& words) {
  if (words.empty()) return wrong_usage("a verb is missing");
  const Verb* verb = find_verb(words);
  if (verb == nullptr) {
    return wrong_usage("unknown verb " + words[0] + (words.size() > 1 ? " " + words[1] : ""));
  }
  const std::string name(verb->words);
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(words_of(verb->words).size());
  Invocation invocation{options, {first, words.end()}};
  if (invocation.arguments.size() != words_of(verb->arguments).size()) {
    return wrong_usage(name + " takes " +
                       (verb->arguments.empty() ? "no argument" : std::string(verb->arguments)));
  }
  if (options.json && verb->options != "--json") return wrong_usage(name + " takes no --json");
  if (!options.directory.empty() && verb->options != "--directory") {
    return wrong_usage(name + " takes no --directory");
  }
  return verb->run(invocation);
}

}  // namespace

int fail(std::string_view reason, int status) {
  std::cerr << "portalctl: " << reason << "\n";
  return status;
}

std::optional<portal::Settings> load_settings(const Invocation& invocation) {
  auto settings = portal::Settings::load(portal::settings_path(invocation.options.config), environ);
  if (!settings) {
    fail(settings.error().message);
    return std::nullopt;
  }
  return std::move(*settings);
}

int settings(const Invocation&) {
  std::cout << portal::settings_reference();
  return kDone;
}

}  // namespace portalctl

int main(int argc, char** argv) {
  using namespace portalctl;
  Options options;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, "", kOptions.data(), nullptr)) != -1) {
    switch (choice) {
      case 'c':
        options.config = optarg;
        break;
      case 'd':
        options.directory = optarg;
        break;
      case 'j':
        options.json = true;
        break;
      case 'v':
        std::cout << "portal " << portal::kVersion << "\n";
        return kDone;
      case 'h':
        print_help();
        return kDone;
      default:
        return kWrongUsage;  // getopt has named the option
    }
  }
  const int status = run(options, {argv + optind, argv + argc});
  std::cout.flush();
  return std::cout ? status : fail("standard output cannot be written");
}
