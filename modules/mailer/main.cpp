// portal-mailer: sends the mails of the outbox, seals the audit, and notes mails that came back.
//
//   portal-mailer [--config FILE] [--once] [--echo]
//   portal-mailer [--config FILE] --bounce < MESSAGE
//
// Looks every half second for mails that are due, makes each one (a fresh link, good for an hour
// from now) and hands it to mail.transport. What fails for the time being is tried again after 30
// s, 1, 2, 5, 10, 30 minutes, then every hour for a day; what the server refuses for good is marked
// failed. When the server refuses us (TLS, password, relaying) the queue pauses for a minute. Run
// as many as you like: rows are leased. SIGTERM: finishes the mail in hand, gives the others back,
// exits 0. SIGHUP: reads the templates again.
//
// Every 20 s, and with --once, it does the portal's chores (mailer/chores.h): it seals the audit,
// as `portalctl audit seal` does, and queues the mail to those whose clinic has come into the
// roster.
//
// --bounce reads one message, as the mail system hands it to a command: a report (RFC 3464) about a
// mail of ours marks its row of the outbox as bounced; that of a delay is only noted. Whatever else
// comes is not ours to answer: exit 0 and a log line. Anything but 0 and 75 would make a mail
// system bounce the bounce, so all that is wrong here, the settings too, is 75, and the mail system
// keeps the message. Postfix, with recipient_delimiter = + and mail.bounces = bounces@DOMAIN, in
// /etc/aliases (systemd-cat, because Postfix drops what a command that went well has said):
//
//   bounces: "|/usr/bin/systemd-cat -t portal-mailer /usr/bin/portal-mailer --bounce"
//
// Security: the database has only the hash of a link's token; the link itself is in the mail alone
//   (and on standard output with --echo, which is for development).
//   A report is believed as far as it knows the mail's random Message-ID or envelope sender; at
//   most 1 MiB of it is read.
// Logs: a line for each attempt (id, kind, masked recipient, outcome, the server's reply);
//   `audit_not_sealed`, `waiting_not_told` with the reason. --bounce: `mail_bounced` or
//   `mail_delayed` (id, status, masked recipient, reply), `bounce_ignored` (reason),
//   `bounce_early`, `bounce_not_noted`.
// Settings: site.base_url, database.*, mail.*, templates.directory, log.*.
// Exit status: 0; with --once 1 if the mail server or the database is away; 2 for wrong usage or
// settings; with --bounce 75 (EX_TEMPFAIL) in place of both.
#include <getopt.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <ctime>
#include <functional>
#include <initializer_list>
#include <iostream>
#include <limits>
#include <optional>

#include "core/base/log.h"
#include "core/base/version.h"
#include "core/mail/address.h"
#include "core/mail/bounce.h"
#include "core/security/token.h"
#include "mailer/bounces.h"
#include "mailer/chores.h"
#include "mailer/mailer.h"

namespace {

using portal::Mailer;

constexpr int kUnfinished = 1;
constexpr int kOperatorsFault = 2;
constexpr timespec kPoll = {0, 500'000'000};
constexpr timespec kAtOnce = {0, 0};

constexpr auto kHelp =
    "portal-mailer: sends the mails of the outbox, seals the audit every 20 s, and notes mails\n"
    "that came back.\n\n"
    "usage: portal-mailer [--config FILE] [--once] [--echo]\n"
    "       portal-mailer [--config FILE] --bounce < MESSAGE\n\n"
    "  --config FILE  settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)\n"
    "  --once         sends what is due and exits\n"
    "  --echo         prints the text of each delivered mail, for development\n"
    "  --bounce       reads a message that came to mail.bounces: a report (RFC 3464) marks its\n"
    "                 mail as bounced; for a pipe of the mail system\n"
    "  --version      prints the version\n"
    "  --help         prints this\n\n"
    "SIGTERM: finishes the mail in hand, gives the others back, and exits 0. SIGHUP: reads the\n"
    "templates again.\n"
    "Exit status 1: --once, and the mail server or the database is away. 2: wrong usage, settings "
    "or\n"
    "templates; the reason is on standard error. --bounce: 0, also for what is no report of ours;\n"
    "75, the mail system keeps the message: wrong usage or settings, or the database is away.\n";

struct Options {
  std::string config;
  bool once = false;
  bool echo = false;
  bool bounce = false;
};

int fail(std::string_view reason) {
  std::cerr << "portal-mailer: " << reason << "\n";
  return kOperatorsFault;
}

// Nothing: the reason was printed.
std::optional<Options> parse(int argc, char** argv) {
  static constexpr std::array<option, 5> kLong = {{{"config", required_argument, nullptr, 'c'},
                                                   {"once", no_argument, nullptr, 'o'},
                                                   {"echo", no_argument, nullptr, 'e'},
                                                   {"bounce", no_argument, nullptr, 'b'},
                                                   {nullptr, 0, nullptr, 0}}};
  Options options;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, "", kLong.data(), nullptr)) != -1) {
    if (choice == 'c') options.config = optarg;
    if (choice == 'o') options.once = true;
    if (choice == 'e') options.echo = true;
    if (choice == 'b') options.bounce = true;
    if (choice == '?') return std::nullopt;  // getopt has named the option
  }
  if (optind < argc) {
    fail(std::string("unexpected argument ") + argv[optind] + " (see --help)");
    return std::nullopt;
  }
  return options;
}

sigset_t set_of(std::initializer_list<int> numbers) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : numbers) sigaddset(&signals, number);
  return signals;
}

// Blocked from the start, they stay pending until they are asked for.
sigset_t block_signals() {
  const sigset_t signals = set_of({SIGTERM, SIGINT, SIGHUP});
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

bool stop_pending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

void reload(portal::View& view) {
  if (const auto done = view.reload(); !done) {
    portal::log::error("templates kept", {{"error", done.error().message}});
  } else {
    portal::log::info("templates reloaded");
  }
}

// `reload` is called at SIGHUP, between two batches.
int run(Mailer& mailer, portal::Chores& chores, bool once, const sigset_t& signals,
        const std::function<void()>& reload) {
  const sigset_t hangup = set_of({SIGHUP});
  // Asked before each mail: a slow mail server does not hold up the chores.
  const auto stopping = [&] {
    chores.do_if_due();
    return stop_pending();
  };
  while (!stopping()) {
    if (sigtimedwait(&hangup, nullptr, &kAtOnce) == SIGHUP) reload();
    const Mailer::Round round = mailer.round(stopping);
    if (round == Mailer::Round::kWorked) continue;
    if (once) {
      const bool away = round == Mailer::Round::kPaused || round == Mailer::Round::kNoDatabase;
      return away ? kUnfinished : 0;
    }
    const int signal = sigtimedwait(&signals, nullptr, &kPoll);
    if (signal == SIGHUP) reload();
    if (signal == SIGTERM || signal == SIGINT) break;
  }
  portal::log::info("stopped");
  return 0;
}

// What is wrong with mail.from and mail.bounces, or nothing.
std::string complaint_of_addresses(const portal::Settings& settings) {
  using portal::mail::valid_address;
  const std::string& from = settings.text("mail.from");
  if (!valid_address(from)) return "mail.from = " + from + " is no mail address";
  const std::string& bounces = settings.text("mail.bounces");
  if (bounces.empty()) return "";
  if (!valid_address(bounces)) return "mail.bounces = " + bounces + " is no mail address";
  const bool fits = valid_address(portal::mail::bounce_address(bounces, portal::draw_id()));
  return fits ? "" : "mail.bounces = " + bounces + " leaves no room for the mail's id";
}

// Only so much as is looked at is kept, but all of it is read: no mail system likes a broken pipe.
std::string read_message(std::istream& in) {
  std::string message(portal::mail::kMostOfReport, '\0');
  in.read(message.data(), static_cast<std::streamsize>(message.size()));
  message.resize(static_cast<std::size_t>(in.gcount()));
  in.ignore(std::numeric_limits<std::streamsize>::max());
  return message;
}

int take_bounce(const portal::Settings& settings) {
  portal::Database database(settings, portal::Durability::kFull, 1);
  const auto handed = portal::take_bounce(database, read_message(std::cin),
                                          settings.text("mail.bounces"), portal::system_now());
  return handed == portal::Handed::kTaken ? 0 : EX_TEMPFAIL;
}

int start(const Options& options) {
  const auto settings = portal::Settings::load(portal::settings_path(options.config), environ);
  if (!settings) return fail(settings.error().message);
  portal::log::start("portal-mailer", *settings);
  if (const auto wrong = complaint_of_addresses(*settings); !wrong.empty()) return fail(wrong);
  if (options.bounce) return take_bounce(*settings);
  const auto view =
      portal::View::load(settings->text("templates.directory"), portal::letter_templates());
  if (!view) return fail(view.error().message);
  const auto transport = portal::mail::make_transport(*settings);
  if (!transport) return fail(transport.error().message);
  const sigset_t signals = block_signals();
  std::signal(SIGPIPE, SIG_IGN);  // a lost connection is an error of write()
  portal::Database database(*settings, portal::Durability::kFull, 1);
  Mailer mailer({database, **view, **transport, settings->text("site.base_url"),
                 settings->text("mail.from"), portal::draw_id(), portal::mail_limits(*settings),
                 portal::system_now, options.echo ? &std::cout : nullptr,
                 settings->text("mail.bounces")});
  portal::log::info("started");
  portal::Chores chores(database);
  return run(mailer, chores, options.once, signals, [&] { reload(**view); });
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view word = argc == 2 ? argv[1] : "";
  if (word == "--version") return std::cout << "portal " << portal::kVersion << "\n", 0;
  if (word == "--help") return std::cout << kHelp, 0;
  const auto options = parse(argc, argv);
  const int status = options ? start(*options) : kOperatorsFault;
  const bool bounce =
      std::ranges::find(argv, argv + argc, std::string_view("--bounce")) != argv + argc;
  // Any other failure would make the mail system bounce the bounce.
  return bounce && status != 0 ? EX_TEMPFAIL : status;
}
