// portal-mailer: sends the mails of the outbox, and seals the audit.
//
//   portal-mailer [--config FILE] [--once] [--echo]
//
// Looks every half second for mails that are due, makes each one (a fresh link, good for an hour
// from now) and hands it to mail.transport. What fails for the time being is tried again after 30
// s, 1, 2, 5, 10, 30 minutes, then every hour for a day; what the server refuses for good is marked
// failed. When the server refuses us (TLS, password, relaying) the queue pauses for a minute. Run
// as many as you like: rows are leased. SIGTERM: finishes the mail in hand, gives the others back,
// exits 0.
//
// It is the one daemon of the portal that waits for nobody, so it has a second task: every 20 s it
// seals new rows of the audit into their chain (core/audit/chain.h), never on a request's path.
// With
// --once it seals too. If it does not run, `portalctl audit seal` does the same.
//
// Security: the database has only the hash of a link's token; the link itself is in the mail alone
//   (and on standard output with --echo, which is for development).
// Logs: a line for each attempt (id, kind, masked recipient, outcome, the server's reply);
//   `audit_not_sealed` with the reason.
// Settings: site.base_url, database.*, mail.*, templates.directory, log.*.
// Exit status: 0; with --once 1 if the mail server or the database is away; 2 for wrong usage or
// settings.
#include <getopt.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <ctime>
#include <iostream>
#include <optional>

#include "core/audit/chain.h"
#include "core/base/log.h"
#include "core/base/version.h"
#include "core/mail/address.h"
#include "core/security/token.h"
#include "mailer/mailer.h"

namespace {

using portal::Mailer;

constexpr int kUnfinished = 1;
constexpr int kOperatorsFault = 2;
constexpr timespec kPoll = {0, 500'000'000};
constexpr portal::EpochSeconds kSealEvery = 20;

constexpr auto kHelp =
    "portal-mailer: sends the mails of the outbox, and seals the audit every 20 s.\n\n"
    "usage: portal-mailer [--config FILE] [--once] [--echo]\n\n"
    "  --config FILE  settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)\n"
    "  --once         sends what is due and exits\n"
    "  --echo         prints the text of each delivered mail, for development\n"
    "  --version      prints the version\n"
    "  --help         prints this\n\n"
    "SIGTERM: finishes the mail in hand, gives the others back, and exits 0.\n"
    "Exit status 1: --once, and the mail server or the database is away. 2: wrong usage, settings "
    "or\n"
    "templates; the reason is on standard error.\n";

struct Options {
  std::string config;
  bool once = false;
  bool echo = false;
};

int fail(std::string_view reason) {
  std::cerr << "portal-mailer: " << reason << "\n";
  return kOperatorsFault;
}

// Nothing: the reason was printed.
std::optional<Options> parse(int argc, char** argv) {
  static constexpr std::array<option, 4> kLong = {{{"config", required_argument, nullptr, 'c'},
                                                   {"once", no_argument, nullptr, 'o'},
                                                   {"echo", no_argument, nullptr, 'e'},
                                                   {nullptr, 0, nullptr, 0}}};
  Options options;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, "", kLong.data(), nullptr)) != -1) {
    if (choice == 'c') options.config = optarg;
    if (choice == 'o') options.once = true;
    if (choice == 'e') options.echo = true;
    if (choice == '?') return std::nullopt;  // getopt has named the option
  }
  if (optind < argc) {
    fail(std::string("unexpected argument ") + argv[optind] + " (see --help)");
    return std::nullopt;
  }
  return options;
}

// Blocked from the start, a stopping signal stays pending until it is asked for.
sigset_t block_stopping_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

bool stop_pending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

class AuditSealer {
 public:
  explicit AuditSealer(portal::Database& database) : database_(database) {}

  void seal_if_due() {
    const portal::EpochSeconds now = portal::system_now();
    if (now < next_) return;
    next_ = now + kSealEvery;
    const auto sealed = portal::seal_audit(database_, now);
    // That the database is away the mailer says itself.
    if (!sealed && sealed.error().kind != portal::Error::Kind::kUnavailable) {
      portal::log::error("audit_not_sealed", {{"reason", sealed.error().message}});
    }
  }

 private:
  portal::Database& database_;
  portal::EpochSeconds next_ = 0;
};

int run(Mailer& mailer, AuditSealer& sealer, bool once, const sigset_t& signals) {
  // Asked before each mail: a slow mail server does not hold up the seals.
  const auto stopping = [&] {
    sealer.seal_if_due();
    return stop_pending();
  };
  while (!stopping()) {
    const Mailer::Round round = mailer.round(stopping);
    if (round == Mailer::Round::kWorked) continue;
    if (once) {
      const bool away = round == Mailer::Round::kPaused || round == Mailer::Round::kNoDatabase;
      return away ? kUnfinished : 0;
    }
    if (sigtimedwait(&signals, nullptr, &kPoll) > 0) break;
  }
  portal::log::info("stopped");
  return 0;
}

int start(const Options& options) {
  const auto settings = portal::Settings::load(portal::settings_path(options.config), environ);
  if (!settings) return fail(settings.error().message);
  portal::log::start("portal-mailer", *settings);
  const std::string& from = settings->text("mail.from");
  if (!portal::mail::valid_address(from))
    return fail("mail.from = " + from + " is no mail address");
  const auto view =
      portal::View::load(settings->text("templates.directory"), portal::letter_templates());
  if (!view) return fail(view.error().message);
  const auto transport = portal::mail::make_transport(*settings);
  if (!transport) return fail(transport.error().message);
  const sigset_t signals = block_stopping_signals();
  std::signal(SIGPIPE, SIG_IGN);  // a lost connection is an error of write()
  portal::Database database(*settings, portal::Durability::kFull, 1);
  Mailer mailer({database, **view, **transport, settings->text("site.base_url"), from,
                 portal::draw_id(), portal::system_now, options.echo ? &std::cout : nullptr});
  portal::log::info("started");
  AuditSealer sealer(database);
  return run(mailer, sealer, options.once, signals);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view word = argc == 2 ? argv[1] : "";
  if (word == "--version") return std::cout << "portal " << portal::kVersion << "\n", 0;
  if (word == "--help") return std::cout << kHelp, 0;
  const auto options = parse(argc, argv);
  return options ? start(*options) : kOperatorsFault;
}
