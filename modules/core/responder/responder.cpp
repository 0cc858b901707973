#include "core/responder/responder.h"

#include <Poco/NumberParser.h>
#include <getopt.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <optional>

#include "core/base/log.h"
#include "core/base/version.h"
#include "core/responder/answer.h"

namespace portal {
namespace {

constexpr int kMostThreads = 256;
constexpr int kOperatorsFault = 2;

struct Options {
  std::string config;
  std::string listen;
  int threads = 4;
};

void print_help(std::string_view name, std::string_view summary) {
  std::cout
      << "portal-" << name << ": " << summary << "\n\nusage: portal-" << name
      << " [--config FILE] [--listen SOCKET] [--threads N]\n\n"
         "  --config FILE    settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)\n"
         "  --listen SOCKET  unix:PATH or ADDRESS:PORT (default: LISTEN_FDS, else fd 0)\n"
         "  --threads N      requests served at the same time, 1 to "
      << kMostThreads
      << " (default 4)\n"
         "  --version        prints the version\n"
         "  --help           prints this\n\n"
         "SIGTERM: finishes what is in flight and exits 0. SIGHUP: reads the templates again.\n"
         "Exit status 2: wrong usage, settings, templates or socket; the reason is on standard "
         "error.\n";
}

int fail(std::string_view name, std::string_view reason) {
  std::cerr << "portal-" << name << ": " << reason << "\n";
  return kOperatorsFault;
}

// Nothing: the reason was printed.
std::optional<Options> parse(int argc, char** argv, std::string_view name) {
  static constexpr std::array<option, 4> kLong = {{{"config", required_argument, nullptr, 'c'},
                                                   {"listen", required_argument, nullptr, 'l'},
                                                   {"threads", required_argument, nullptr, 't'},
                                                   {nullptr, 0, nullptr, 0}}};
  Options options;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, "", kLong.data(), nullptr)) != -1) {
    if (choice == 'c') options.config = optarg;
    if (choice == 'l') options.listen = optarg;
    if (choice == 't' && (!Poco::NumberParser::tryParse(optarg, options.threads) ||
                          options.threads < 1 || options.threads > kMostThreads)) {
      fail(name, std::string("--threads ") + optarg + ": expected a number from 1 to 256");
      return std::nullopt;
    }
    if (choice == '?') return std::nullopt;  // getopt has named the option
  }
  if (optind < argc) {
    fail(name, std::string("unexpected argument ") + argv[optind] + " (see --help)");
    return std::nullopt;
  }
  return options;
}

Result<Site> make_site(const Responder& responder, const Options& options) {
  auto settings = Settings::load(settings_path(options.config), environ);
  if (!settings) return settings.error();
  auto proxies = TrustedProxies::parse(settings->text("trusted_proxies"));
  if (!proxies) return proxies.error();
  std::vector<std::string> templates = responder.templates;
  templates.insert(templates.end(), {"layout.tpl", "error.tpl"});
  auto view = View::load(settings->text("templates.directory"), templates);
  if (!view) return view.error();
  Site site;
  site.database = std::make_unique<Database>(*settings, responder.durability, options.threads);
  site.settings = std::move(*settings);
  site.proxies = std::move(*proxies);
  site.view = std::move(*view);
  return site;
}

void reload(View& view) {
  if (const auto done = view.reload(); !done) {
    log::error("templates kept", {{"error", done.error().message}});
  } else {
    log::info("templates reloaded");
  }
}

}  // namespace

int responder_main(int argc, char** argv, const Responder& responder) {
  const std::string_view word = argc == 2 ? argv[1] : "";
  if (word == "--help") return print_help(responder.name, responder.summary), 0;
  if (word == "--version") return std::cout << "portal " << kVersion << "\n", 0;

  const auto options = parse(argc, argv, responder.name);
  if (!options) return kOperatorsFault;
  auto site = make_site(responder, *options);
  if (!site) return fail(responder.name, site.error().message);
  log::start("portal-" + std::string(responder.name), site->settings);
  const auto socket = fastcgi::listening_socket(options->listen);
  if (!socket) return fail(responder.name, socket.error().message);

  const auto step = responder.make(*site);
  const auto served = fastcgi::serve(
      *socket, options->threads, fastcgi::Limits{},
      [&](fastcgi::Exchange& exchange) { return answer(*site, responder.name, *step, exchange); },
      {.reload = [&] { reload(*site->view); }, .idle = [&] { step->idle(); }});
  if (!served) return fail(responder.name, served.error().message);
  return 0;
}

}  // namespace portal
