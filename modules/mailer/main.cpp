// portal-mailer: what it does stands in kDescription, which --help and portal-mailer(8) show.
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

#include "core/base/clock_log.h"
#include "core/base/log.h"
#include "core/base/manager.h"
#include "core/base/watchdog.h"
#include "core/command/program.h"
#include "core/database/storage/log_keeper.h"
#include "core/mail/address.h"
#include "core/mail/bounce/bounce.h"
#include "core/metrics/exporter.h"
#include "core/metrics/process_metrics.h"
#include "core/security/token.h"
#include "mailer/bounces.h"
#include "mailer/chores.h"
#include "mailer/mail_metrics.h"
#include "mailer/mailer.h"

namespace {

using portal::Activity;
using portal::Mailer;
using portal::Phase;
using portal::Watchdog;
using portal::metrics::Exporter;

constexpr int kUnfinished = 1;
constexpr int kOperatorsFault = 2;
// Counted by the metrics from 0.
constexpr std::array<std::string_view, 12> kEvents = {
    "stuck",        "mail",          "mail_not_prepared", "mail_not_marked",  "mail_paused",
    "lease_lost",   "database_away", "audit_not_sealed",  "waiting_not_told", "mail_flood",
    "storage_full", "log_held"};
constexpr timespec kPoll = {0, 500'000'000};
// After a round that has sent all that was due: what comes meanwhile leaves together, which costs
// less than one mail after the other, and nobody waits longer than for the first mail.
constexpr timespec kGather = {0, 50'000'000};
constexpr timespec kAtOnce = {0, 0};

constexpr portal::Description kDescription = {
    .summary = "sends the mails, seals the audit, and notes mails that came back",
    .does = R"(
Looks every half second for mails that are due, and after 50 ms while mails keep
coming; makes each one (a fresh link, good for an hour from now) and hands it to
mail.transport, to a Maildir up to five together. What fails for the time being
is tried again after 30 s, 1, 2, 5, 10, 30 minutes, then every hour for a day;
what is refused clearly because of its recipient is marked failed.

When the relay refuses us (password, TLS, relaying, identity, sending limit), or
three different recipients in a row, the whole queue pauses, for all mailers of
all machines, and nothing is given up. Each minute one mail is sent as a probe;
when the relay takes it, the queue opens. `portalctl mail status` shows the
pause. Run as many mailers as you like: rows are leased.

Every 20 s, and with --once, it does the portal's chores: it seals the audit, as
`portalctl audit seal` does, queues the mail to those who wait for a clinic that
has come into the roster, and measures what strangers can fill. Of those who
wait it looks at all the first time, and then at 2,000 each time. On SQLite it
writes the database's write-ahead log back, five times a second, so that no
request has to.

--bounce reads one message, as the mail system hands it to a command. What a
mail system sends to bounces+ID@DOMAIN marks that mail's row of the outbox as
bounced, whatever program wrote it, with the reason; a warning of a delay is
only noted. Absence notices, complaints, read receipts and mails from people
are not ours to answer: exit 0 and a log line. Anything but 0 and 75 would make
a mail system return the returned mail, so all that is wrong here, the settings
too, is 75, and the mail system keeps the message. Postfix, with
recipient_delimiter = + and mail.bounces = bounces@DOMAIN, in /etc/aliases, in
one line (systemd-cat, because Postfix shows strangers what a command that
failed has printed):

  bounces: "|/usr/bin/systemd-cat -t portal-mailer
      /usr/bin/portal-mailer --bounce || exit 75"
)",
    .security = R"(
The database has only the hash of a link's token; the link itself is in the mail
alone, and on standard output with --echo, which is for development. A returned
mail is believed as far as it knows the mail's random envelope sender or
Message-ID; at most 1 MiB of it is read, in time that grows with its size alone.
)",
    .logs = R"(
A line for each attempt (id, kind, masked recipient, outcome, whose fault it is,
the server's reply); `mail_paused` with the reason, `mail_resumed`; `mail_flood`
for each mail beyond a total (limits.md); `storage_full` (retention.md);
`audit_not_sealed`, `waiting_not_told` with the reason; `log_held` with the
program that reads a SQLite database for over 30 s, so that its log grows.
--bounce: `mail_bounced` or `mail_delayed` (id, fault, final: whether no later
try can help, status, masked recipient, reply), `bounce_ignored` (reason),
`bounce_early`, `bounce_not_noted`.
)",
    .settings = R"(
site.base_url, database.*, mail.*, templates.directory, retention.device_days,
log.*, metrics.directory
)",
};

constexpr std::array kOptions = {
    portal::Option{"config", "FILE",
                   "settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)"},
    portal::Option{"once", "", "sends what is due and exits"},
    portal::Option{"echo", "", "prints the text of each delivered mail, for development"},
    portal::Option{"bounce", "", "reads a message that came to mail.bounces"},
    portal::Option{"check", "", "reads settings and templates, and exits"},
};

portal::Program program() {
  return {.name = "portal-mailer",
          .description = kDescription,
          .usage = {"[--config FILE] [--once] [--echo]", "[--config FILE] --bounce < MESSAGE",
                    "[--config FILE] --check"},
          .options = kOptions,
          .signals =
              "SIGTERM: finishes the mail in hand, gives the others back, and exits 0. SIGHUP:\n"
              "reads the templates again.",
          .exit_status =
              "0; with --once 1 if the mail server or the database is away; 2 wrong usage,\n"
              "settings, templates or a database that does not suit (conf/postgresql.md): the\n"
              "reason is on standard error. With --bounce 75\n"
              "(EX_TEMPFAIL) in place of both."};
}

int fail(std::string_view reason) {
  std::cerr << portal::log::priority(portal::log::Level::kError) << "portal-mailer: " << reason
            << "\n";
  return kOperatorsFault;
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

// `reload` is called at SIGHUP, between two batches; `meanwhile` before each mail, and twice a
// second.
int run(Mailer& mailer, bool once, const sigset_t& signals, const std::function<void()>& reload,
        const std::function<void()>& meanwhile) {
  const Phase phase(Activity::Kind::kOther);
  const Watchdog watchdog({{"main", Activity::here()}});
  const sigset_t hangup = set_of({SIGHUP});
  // Asked before each mail: a slow mail server does not hold up the chores.
  const auto stopping = [&] {
    meanwhile();
    return stop_pending();
  };
  while (!stopping()) {
    if (sigtimedwait(&hangup, nullptr, &kAtOnce) == SIGHUP) reload();
    const Mailer::Round round = mailer.round(stopping);
    const bool worked = round == Mailer::Round::kWorked;
    if (worked && (once || mailer.backlog())) continue;
    if (once) {
      const bool away = round == Mailer::Round::kPaused || round == Mailer::Round::kNoDatabase;
      return away ? kUnfinished : 0;
    }
    const int signal = sigtimedwait(&signals, nullptr, worked ? &kGather : &kPoll);
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
  if (!portal::mail::parse_mailbox(from)) return "mail.from = " + from + " is no mail address";
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
                                          settings.text("mail.bounces"), database.now());
  return handed == portal::Delivery::kDone ? 0 : EX_TEMPFAIL;
}

int start(const portal::CommandLine& line) {
  const auto settings =
      portal::Settings::load(portal::settings_path(line.value("config")), environ);
  if (!settings) return fail(settings.error().message);
  portal::log::start("portal-mailer", *settings);
  if (const auto wrong = complaint_of_addresses(*settings); !wrong.empty()) return fail(wrong);
  if (line.has("bounce")) return take_bounce(*settings);
  const auto view = portal::View::load(settings->text("templates.directory"),
                                       portal::letter_templates(), portal::View::Reads::kNeeded);
  if (!view) return fail(view.error().message);
  portal::Database database(*settings, portal::Durability::kFull, 1, portal::Database::kPatience,
                            portal::schema_range("mailer"));
  if (const auto suits = database.suits(); !suits) return fail(suits.error().message);
  if (line.has("check")) return 0;
  const auto transport = portal::mail::make_transport(*settings);
  if (!transport) return fail(transport.error().message);
  const sigset_t signals = block_signals();
  std::signal(SIGPIPE, SIG_IGN);  // a lost connection is an error of write()
  portal::metrics::Registry registry;
  portal::MailMetrics metrics(registry);
  portal::metrics::ProcessMetrics process(registry, database, kEvents);
  auto exporter = line.has("once") ? portal::Result<Exporter>(Exporter())
                                   : Exporter::start(*settings, "mailer", registry, [&] {
                                       process.update(true);
                                       metrics.look_up(database, database.now());
                                     });
  if (!exporter) return fail(exporter.error().message);
  const auto from = portal::mail::parse_mailbox(settings->text("mail.from")).value();
  const portal::Clock clock = [&] { return database.now(); };
  Mailer mailer({database, **view, **transport, metrics, settings->text("site.base_url"),
                 from.address, portal::draw_id(), portal::mail_limits(*settings), clock,
                 line.has("echo") ? &std::cout : nullptr, settings->text("mail.bounces"),
                 from.name});
  portal::log::info("started");
  portal::tell_manager("READY=1");
  portal::ClockLog clock_log;
  portal::Chores chores(database, metrics, clock);
  std::optional<portal::LogKeeper> log_keeper;
  if (!line.has("once")) log_keeper.emplace(*settings);
  return run(
      mailer, line.has("once"), signals,
      [&] {
        const Phase phase(Activity::Kind::kOther, Activity::kDisk);
        reload(**view);
      },
      [&] {
        chores.do_if_due();
        clock_log.look();
        exporter->write_if_due();
      });
}

}  // namespace

int main(int argc, char** argv) {
  const auto line = portal::read_command_line(argc, argv, program());
  const int status = line.status ? *line.status : start(line);
  const bool bounce =
      std::ranges::find(argv, argv + argc, std::string_view("--bounce")) != argv + argc;
  // Any other failure would make the mail system bounce the bounce.
  return bounce && status != 0 ? EX_TEMPFAIL : status;
}
