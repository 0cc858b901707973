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
#include "portalctl/help.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

constexpr std::array kVerbs = {
    Verb{
        "migrate", "", "--directory DIR --from SOURCE --finish --json",
        "Makes the database, or brings it up to this version; safe to repeat. With --from, moves a "
        "site to it from SQLite.",
        "portalctl migrate", migrate},
    Verb{"check", "",
         "--stopped --sockets DIR --user NAME --web-user NAME --dkim-selector NAME --resolver "
         "ADDRESS --directory DIR --timeout SECONDS --json",
         "Looks for every likely fault, from settings and file modes to the certificate and the "
         "sender's DNS records: a line each with what to do. Run by root, it looks with the rights "
         "of the user whom each is about.",
         "portalctl check --dkim-selector portal", check},
    Verb{"backup", "FILE", "--json",
         "Copies the SQLite database into a new file while the portal runs, and proves the copy.",
         "portalctl backup /var/backups/portal-$(date +%F).db", backup},
    Verb{"restored", "", "--yes --reason TEXT",
         "After a backup was put back: ends all sessions and links, and withholds the mails that "
         "were queued, as they may have been sent since.",
         "portalctl restored --reason 'disk lost, backup of 1 April'", restored},
    Verb{"roster import", "FILE",
         "--map COLUMNS --encoding NAME --sheet NAME --complete SCOPE --dry-run --allow-removals "
         "--full --json",
         "Adds and updates clinics from a CSV file (UTF-8, Shift_JIS) or an .xlsx workbook; rows "
         "that cannot be used go to the quarantine.",
         "portalctl roster import list.csv --complete judo:44 --dry-run", roster_import},
    Verb{"roster undo", "", "--yes --reason TEXT",
         "Takes the last import of the roster back; shows which, and asks.",
         "portalctl roster undo --reason 'it was the list of last month'", roster_undo},
    Verb{"roster editions", "", "--json", "Lists the newest 20 imports of the roster.",
         "portalctl roster editions", roster_editions},
    Verb{"roster show", "NUMBER", "--json",
         "Shows the clinic with that registration number, in any usual writing.",
         "portalctl roster show 契0123456-7-8", roster_show},
    Verb{"roster list", "", "--closed --json",
         "Lists the clinics; --closed only those that are closed and have an account.",
         "portalctl roster list --closed", roster_list},
    Verb{"roster export", "", "", "Prints the open clinics as a CSV file that can be imported.",
         "portalctl roster export > roster.csv", roster_export},
    Verb{"roster quarantine clear", "[ID]", "--yes --reason TEXT",
         "Drops all rows that an import could not use, or one of them; asks.",
         "portalctl roster quarantine clear 12 --reason 'no clinic, a remark'",
         roster_quarantine_clear},
    Verb{"roster quarantine", "", "--csv --json",
         "Lists the rows that an import could not use, and why; --csv to mend and import them.",
         "portalctl roster quarantine --csv > to_mend.csv", roster_quarantine},
    Verb{"roster fix", "ID NUMBER [NAME]", "",
         "Takes a row out of quarantine into the roster, with its right number, and name.",
         "portalctl roster fix 12 契0123456-7-8 みなと整骨院", roster_fix},
    Verb{"account show", "ADDRESS|NUMBER", "--full --json",
         "Shows whose account it is, its clinic and state; --full with the whole address.",
         "portalctl account show taro@example.jp", account_show},
    Verb{"account disable", "ADDRESS|NUMBER", "--yes --reason TEXT",
         "Ends all sessions of the account and lets it log in no more, until it is enabled.",
         "portalctl account disable taro@example.jp --reason 'asked by phone'", account_disable},
    Verb{"account enable", "ADDRESS|NUMBER", "--yes --reason TEXT",
         "Lets a disabled account log in again.",
         "portalctl account enable 契0123456-7-8 --reason 'cleared by phone'", account_enable},
    Verb{"account unlock", "ADDRESS|NUMBER", "--yes --reason TEXT",
         "Ends the pauses that wrong passwords have led to.",
         "portalctl account unlock taro@example.jp --reason 'asked by phone'", account_unlock},
    Verb{"account release", "NUMBER", "--tell ADDRESS --yes --reason TEXT",
         "Removes an account that somebody else made, so that its clinic can be registered again; "
         "its owner gets a mail, and --tell one with a link to the form.",
         "portalctl account release 契0123456-7-8 --reason 'new owner, letter of 1 April'",
         account_release},
    Verb{"registration list", "[ADDRESS|NUMBER]", "--state STATE --full --json",
         "Lists registrations, newest first, at most 1000, each with what became of its newest "
         "mail.",
         "portalctl registration list taro@example.jp --state pending", registration_list},
    Verb{"registration resend", "ADDRESS|NUMBER", "",
         "Queues the mail with the link again, for the newest registration that waits for it.",
         "portalctl registration resend taro@example.jp", registration_resend},
    Verb{"timeline", "ADDRESS|NUMBER|PHONE", "--full --json",
         "Tells everything that happened, oldest first: the form, mails and the server's replies, "
         "links, logins; and in short, why the mail did not come.",
         "portalctl timeline taro@example.jp", timeline},
    Verb{"mail list", "[ADDRESS|NUMBER]", "--state STATE --full --json",
         "Lists mails, newest first, at most 1000, with the mail server's last reply.",
         "portalctl mail list --state failed", mail_list},
    Verb{
        "mail show", "ID", "--full --json",
        "Shows what became of one mail: its state, and every attempt with the mail server's reply.",
        "portalctl mail show 2kcH0DkXxb3dEkyRJzrKxA", mail_show},
    Verb{"mail status", "", "--json",
         "Counts mails by state, and says how old the oldest of each is; for monitoring.",
         "portalctl mail status --json", mail_status},
    Verb{"mail retry", "ID|all-failed", "",
         "Lets a mail that failed or waits be sent now, or all that failed.",
         "portalctl mail retry all-failed", mail_retry},
    Verb{"mail allow", "ADDRESS", "--yes --reason TEXT --full",
         "Lets mail about registrations go on to an address whose owner had stopped it.",
         "portalctl mail allow taro@example.jp --reason 'asked by phone'", mail_allow},
    Verb{"audit verify", "", "",
         "Proves that no sealed row of the audit was changed, removed or moved.",
         "portalctl audit verify", audit_verify},
    Verb{"audit seal", "", "", "Seals new rows of the audit, as portal-mailer does every 20 s.",
         "portalctl audit seal", audit_seal},
    Verb{"audit list", "", "--account ACCOUNT --event EVENT --since TIME --json",
         "Lists what happened to accounts, oldest first, in Japan's time.",
         "portalctl audit list --account taro@example.jp --since 2026-04-01", audit_list},
    Verb{"audit", "", "--account ACCOUNT --event EVENT --since TIME --json",
         "The same as audit list.", "portalctl audit --event login_refused", audit_list},
    Verb{
        "report", "", "--html FILE --json --since TIME --until TIME",
        "Counts registrations, where people drop out, their mistakes, mails, clinics and logins of "
        "the last 30 days, or of another time: as a page in Japanese that a browser opens, or as "
        "JSON.",
        "portalctl report --html report.html --since 2026-04-01 --until 2026-05-01", report},
    Verb{"purge", "", "--json",
         "Removes what has expired: drafts, registrations that were not activated or whose account "
         "is gone, sessions, links, throttles, and, after their time, mails with what became of "
         "them.",
         "portalctl purge", purge},
    Verb{"settings", "", "", "Prints every setting with its meaning and default.",
         "portalctl settings > portal.conf", settings},
    Verb{"manual", "portalctl|portal.conf", "",
         "Prints a manual page: portalctl(8) or portal.conf(5), in mdoc(7).",
         "portalctl manual portal.conf | man -l -", manual},
    Verb{"completion", "", "", "Prints what completes words and options in bash.",
         "source <(portalctl completion)", completion},
};

constexpr std::array kOptionLines = {
    OptionLine{"config", "FILE", &Options::config, nullptr,
               "settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)"},
    OptionLine{"directory", "DIR", &Options::directory, nullptr,
               "migrate, check: the folder of the numbered SQL files"},
    OptionLine{"from", "SOURCE", &Options::from, nullptr,
               "migrate: sqlite:FILE, the database of a site, which may be running, that is copied "
               "to the PostgreSQL of the settings; again, it copies what has changed"},
    OptionLine{"reason", "TEXT", &Options::reason, nullptr,
               "why; it is kept in the audit: no secrets, no addresses"},
    OptionLine{"account", "ACCOUNT", &Options::account, nullptr,
               "audit list: only this account; its address, number or id"},
    OptionLine{"event", "EVENT", &Options::event, nullptr,
               "audit list: only this event, such as login_refused"},
    OptionLine{"since", "TIME", &Options::since, nullptr,
               "audit list, report: from 2026-04-01 or 2026-04-01T09:30 on, Japan's time"},
    OptionLine{"until", "TIME", &Options::until, nullptr,
               "report: before 2026-05-01 or 2026-05-01T09:30, which is not in it (default: now)"},
    OptionLine{"html", "FILE", &Options::html, nullptr,
               "report: writes the page to that file, in place of an older one"},
    OptionLine{
        "state", "STATE", &Options::state, nullptr,
        "registration list: only pending, activated, expired or cancelled ones; mail list: only "
        "queued, sent, failed, bounced or withheld ones"},
    OptionLine{"tell", "ADDRESS", &Options::tell, nullptr,
               "account release: who may register the clinic now"},
    OptionLine{"map", "COLUMNS", &Options::map, nullptr,
               "roster import: where the columns are, by heading, letter or number: "
               "number=登録番号,name=B,address=C,phone=4,designated=5"},
    OptionLine{"encoding", "NAME", &Options::encoding, nullptr,
               "roster import: utf-8 or cp932 (Shift_JIS); else it is detected"},
    OptionLine{"sheet", "NAME", &Options::sheet, nullptr,
               "roster import: the sheet of an .xlsx workbook (default: the first)"},
    OptionLine{"complete", "SCOPE", &Options::complete, nullptr,
               "roster import: the file is the whole list of judo, ahaki, or with a prefecture's "
               "code judo:44; clinics that it lacks are closed"},
    OptionLine{"dry-run", "", nullptr, &Options::dry_run,
               "roster import: prints what would change, and changes nothing"},
    OptionLine{"allow-removals", "", nullptr, &Options::allow_removals,
               "roster import: also if it closes more than roster.most_removals_percent"},
    OptionLine{
        "user", "NAME", &Options::user, nullptr,
        "check: as whom the programs run (default: the owner of the SQLite file, or who is named "
        "like the group of the settings)"},
    OptionLine{"web-user", "NAME", &Options::web_user, nullptr,
               "check: as whom the web server runs (default: www-data)"},
    OptionLine{"sockets", "DIR", &Options::sockets, nullptr,
               "check: the folder of the responders' sockets (default: /run/portal)"},
    OptionLine{"resolver", "ADDRESS", &Options::resolver, nullptr,
               "check: the DNS server, ADDRESS or ADDRESS:PORT (default: the system's)"},
    OptionLine{"dkim-selector", "NAME", &Options::dkim_selector, nullptr,
               "check: the relay's DKIM key is at NAME._domainkey of the sender's domain"},
    OptionLine{"timeout", "SECONDS", &Options::timeout, nullptr,
               "check: how long a probe may take (default: 15)"},
    OptionLine{"stopped", "", nullptr, &Options::stopped,
               "check: leaves out what asks the running portal"},
    OptionLine{"finish", "", nullptr, &Options::finish,
               "migrate: the last copy, once the portal is stopped"},
    OptionLine{"csv", "", nullptr, &Options::csv, "roster quarantine: as a file to import"},
    OptionLine{"closed", "", nullptr, &Options::closed,
               "roster list: closed clinics that have an account"},
    OptionLine{"json", "", nullptr, &Options::json, "one JSON object a line"},
    OptionLine{"full", "", nullptr, &Options::full, "shows the whole address"},
    OptionLine{"yes", "", nullptr, &Options::yes, "does not ask"},
    OptionLine{"version", "", nullptr, &Options::version, "prints the version"},
    OptionLine{"help", "", nullptr, &Options::help, "prints this"},
};

int wrong_usage(const std::string& reason) {
  return fail(reason + " (see portalctl --help)", kWrongUsage);
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

// The verbs that begin with that word: `roster`.
std::vector<const Verb*> group_of(std::string_view word) {
  std::vector<const Verb*> group;
  for (const Verb& verb : kVerbs) {
    if (words_of(verb.words).front() == word) group.push_back(&verb);
  }
  return group;
}

int unknown_verb(const std::vector<std::string>& words) {
  const auto group = group_of(words[0]);
  if (group.empty()) return wrong_usage("unknown verb " + words[0]);
  std::string names;
  for (const Verb* verb : group) {
    names.append(names.empty() ? "" : ", ").append(verb->words.substr(words[0].size() + 1));
  }
  return fail(
      words[0] + " is followed by one of: " + names + " (see portalctl " + words[0] + " --help)",
      kWrongUsage);
}

bool takes(const Verb& verb, std::size_t arguments) {
  const auto words = words_of(verb.arguments);
  const auto optional =
      std::ranges::count_if(words, [](const auto& word) { return word.starts_with('['); });
  return arguments <= words.size() &&
         arguments + static_cast<std::size_t>(optional) >= words.size();
}

int run(const Options& options, const std::vector<std::string>& words) {
  if (words.empty()) return wrong_usage("a verb is missing");
  const Verb* verb = find_verb(words);
  if (verb == nullptr) return unknown_verb(words);
  const std::string name(verb->words);
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(words_of(verb->words).size());
  Invocation invocation{options, {first, words.end()}};
  if (!takes(*verb, invocation.arguments.size())) {
    return wrong_usage(name + " takes " +
                       (verb->arguments.empty() ? "no argument" : std::string(verb->arguments)));
  }
  const auto taken = words_of(verb->options);
  for (const OptionLine& line : kOptionLines) {
    const std::string option = std::string("--") + line.name;
    const bool given = line.text != nullptr ? !(options.*line.text).empty() : options.*line.flag;
    if (given && option != "--config" && std::ranges::find(taken, option) == taken.end()) {
      return wrong_usage(name + " takes no " + option);
    }
  }
  return verb->run(invocation);
}

// Nothing: getopt has named the option that is wrong.
std::optional<Options> parse(int argc, char** argv) {
  std::array<option, kOptionLines.size() + 1> names = {};
  for (std::size_t i = 0; i < kOptionLines.size(); ++i) {
    const int argument = kOptionLines[i].text != nullptr ? required_argument : no_argument;
    names[i] = {kOptionLines[i].name, argument, nullptr, 0};
  }
  Options options;
  int index = 0;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, "", names.data(), &index)) != -1) {
    if (choice != 0) return std::nullopt;
    const OptionLine& line = kOptionLines[static_cast<std::size_t>(index)];
    if (line.text != nullptr) {
      options.*line.text = optarg;
    } else {
      options.*line.flag = true;
    }
  }
  return options;
}

// Of all verbs, of the one that is named, or of those that begin with that word.
int help(const std::vector<std::string>& words) {
  if (words.empty()) return print_help(), kDone;
  if (words.size() == 1) {
    const auto group = group_of(words[0]);
    if (!group.empty()) return print_help(group), kDone;
  }
  const Verb* verb = find_verb(words);
  if (verb == nullptr) return unknown_verb(words);
  return print_help(std::array{verb}), kDone;
}

int run_main(int argc, char** argv) {
  const auto options = parse(argc, argv);
  if (!options) return kWrongUsage;
  if (options->help) return help({argv + optind, argv + argc});
  if (options->version) {
    std::cout << "portal " << portal::kVersion << "\n";
    return kDone;
  }
  return run(*options, {argv + optind, argv + argc});
}

}  // namespace

std::span<const Verb> verbs() {
  return kVerbs;
}

std::span<const OptionLine> option_lines() {
  return kOptionLines;
}

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
  const int status = portalctl::run_main(argc, argv);
  std::cout.flush();
  return std::cout ? status : portalctl::fail("standard output cannot be written");
}
