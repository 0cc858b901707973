#include "core/responder/responder.h"

#include <Poco/NumberParser.h>
#include <malloc.h>
#include <unistd.h>

#include <array>
#include <iostream>

#include "core/base/clock_log.h"
#include "core/base/log.h"
#include "core/metrics/exporter.h"
#include "core/metrics/process_metrics.h"
#include "core/responder/answer.h"
#include "core/responder/hashing_queue.h"
#include "core/security/password.h"

namespace portal {
namespace {

constexpr int kOperatorsFault = 2;

constexpr std::array kOptions = {
    Option{"config", "FILE", "settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)"},
    Option{"listen", "SOCKET", "unix:PATH or ADDRESS:PORT (default: LISTEN_FDS, else fd 0)"},
    Option{"threads", "N", "requests served at the same time, 1 to 256 (default 4)"},
    Option{"check", "", "reads settings and templates, and exits"},
};
constexpr int kMostThreads = 256;
constexpr int kThreads = 4;

Program program_of(const Responder& responder) {
  return {.name = "portal-" + std::string(responder.name),
          .description = responder.description,
          .usage = {"[--config FILE] [--listen SOCKET] [--threads N]", "[--config FILE] --check"},
          .options = kOptions,
          .signals =
              "SIGTERM: finishes what is in flight and exits 0. SIGHUP: reads the templates\n"
              "again, and the list of common passwords if it is one that needs it.",
          .exit_status =
              "0 after SIGTERM, or with --check; 2 wrong usage, settings, templates or socket,\n"
              "or a database that does not suit (conf/postgresql.md): the reason is on standard\n"
              "error."};
}

int fail(std::string_view name, std::string_view reason) {
  std::cerr << log::priority(log::Level::kError) << "portal-" << name << ": " << reason << "\n";
  return kOperatorsFault;
}

Result<int> threads_of(const CommandLine& line) {
  if (!line.has("threads")) return kThreads;
  const std::string text = line.value("threads");
  int threads = 0;
  if (Poco::NumberParser::tryParse(text, threads) && threads >= 1 && threads <= kMostThreads) {
    return threads;
  }
  return refused("--threads " + text + ": expected a number from 1 to " +
                 std::to_string(kMostThreads));
}

Result<Site> make_site(const Responder& responder, const CommandLine& line, int threads) {
  auto settings = Settings::load(settings_path(line.value("config")), environ);
  if (!settings) return settings.error();
  auto proxies = TrustedProxies::parse(settings->text("trusted_proxies"));
  if (!proxies) return proxies.error();
  std::vector<std::string> templates = responder.templates;
  templates.insert(templates.end(),
                   {std::string(responder.frame.layout), std::string(responder.frame.error),
                    "field.tpl", "summary.tpl"});
  auto view = View::load(settings->text("templates.directory"), templates, View::Reads::kNeeded);
  if (!view) return view.error();
  Site site;
  if (responder.chooses_passwords) {
    auto blocklist = BlocklistFile::load(settings->text("password.blocklist"));
    if (!blocklist) return blocklist.error();
    site.blocklist = std::move(*blocklist);
  }
  if (responder.prepare != nullptr) {
    try {
      responder.prepare();
    } catch (const std::exception& error) {
      return unavailable(error.what());
    }
  }
  site.database = std::make_unique<Database>(*settings, responder.durability, threads,
                                             Database::kPatience, schema_range(responder.name));
  site.clock = [database = site.database.get()] { return database->now(); };
  site.writes = responder.writes;
  site.frame = responder.frame;
  site.settings = std::move(*settings);
  site.proxies = std::move(*proxies);
  site.view = std::move(*view);
  return site;
}

// Those of every step, and its own.
std::vector<std::string_view> events_of(const Responder& responder) {
  std::vector<std::string_view> events = {"request",     "throttled", "cross_site_refused",
                                          "unavailable", "fault",     "client_unreadable",
                                          "stuck"};
  events.insert(events.end(), responder.events.begin(), responder.events.end());
  return events;
}

int serve(const Responder& responder, int threads, int socket, const Site& site) {
  const auto step = responder.make(site);
  PasswordHasher* const hasher = step->hasher();
  const auto places = places_of(*step, threads);
  metrics::Registry registry;
  RequestMetrics requests(registry, threads);
  metrics::ProcessMetrics process(registry, *site.database, events_of(responder));
  auto exporter = metrics::Exporter::start(site.settings, responder.name, registry, [&] {
    process.update(site.writes);
    requests.unknown_clients(site.unknown_clients->count());
    if (places) requests.hashing(load_of(*step, *places));
  });
  if (!exporter) return fail(responder.name, exporter.error().message);
  ::malloc_trim(0);  // what only the start needed; a responder stays for months
  ClockLog clock_log;
  const auto served = fastcgi::serve(
      socket, threads, fastcgi::Limits{},
      [&](fastcgi::Exchange& exchange) {
        return answer(site, responder.name, *step, requests, exchange);
      },
      {.reload =
           [&] {
             reload(*site.view);
             if (site.blocklist) reload(*site.blocklist);
           },
       .idle =
           [&] {
             step->idle();
             clock_log.look();
             site.timeline->write(*site.database);
             if (hasher != nullptr) hasher->release_idle();
             exporter->write_if_due();
           }},
      places.get());
  site.timeline->write_last(*site.database);
  return served ? 0 : fail(responder.name, served.error().message);
}

}  // namespace

int responder_main(int argc, char** argv, const Responder& responder) {
  const auto line = read_command_line(argc, argv, program_of(responder));
  if (line.status) return *line.status;
  const auto threads = threads_of(line);
  if (!threads) return fail(responder.name, threads.error().message);
  auto site = make_site(responder, line, *threads);
  if (!site) return fail(responder.name, site.error().message);
  const auto suits = site->database->suits();
  if (!suits) return fail(responder.name, suits.error().message);
  if (line.has("check")) return 0;
  log::start("portal-" + std::string(responder.name), site->settings);
  const auto socket = fastcgi::listening_socket(line.value("listen"));
  if (!socket) return fail(responder.name, socket.error().message);
  return serve(responder, *threads, *socket, *site);
}

}  // namespace portal
