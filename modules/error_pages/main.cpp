// portal-error-pages: what it does stands in kDescription, which --help and portal-error-pages(8)
// show.
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "core/base/settings.h"
#include "core/command/program.h"
#include "core/responder/error_pages.h"

namespace {

namespace fs = std::filesystem;

constexpr portal::Description kDescription = {
    .summary = "writes the web server's own error pages",
    .does = R"(
A web server answers by itself when a request does not come as far as a
responder, or when none answers. The pages for that, 400.html, 404.html,
413.html, 429.html and 503.html, are made here from the same templates, texts
and facts about the operator as all other pages, and for the desk's site
401.html and 403.html.

They are part of what is installed. Run it when templates.directory names
templates of your own, or when layout.tpl, error.tpl or operator.conf there
were changed; conf/nginx/generate and conf/apache/generate take the same folder
as --templates.
)",
    .security = R"(
Writes to that folder only. No database, no network, no personal data.
)",
    .logs = R"(
Nothing.
)",
    .settings = R"(
templates.directory
)",
};

constexpr std::array kOptions = {
    portal::Option{"config", "FILE",
                   "settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)"},
    portal::Option{"templates", "DIR", "other templates than those of the settings"},
    portal::Option{"to", "DIR", "where the pages go (default: the folder static of the templates)"},
};

portal::Program program() {
  return {.name = "portal-error-pages",
          .description = kDescription,
          .usage = {"[--config FILE | --templates DIR] [--to DIR]"},
          .options = kOptions,
          .signals = "SIGTERM: ends it; a page is the old one or the new one.",
          .exit_status =
              "0; 1 a page cannot be written; 2 wrong usage or templates: the reason is on\n"
              "standard error."};
}

int fail(int status, std::string_view reason) {
  std::cerr << "portal-error-pages: " << reason << "\n";
  return status;
}

// Whoever reads the page meanwhile has the old one or the new one.
bool write(const fs::path& page, const std::string& text) {
  const fs::path fresh = page.string() + ".new";
  std::ofstream file(fresh, std::ios::binary);
  file << text;
  file.close();
  std::error_code error;
  if (file) fs::rename(fresh, page, error);
  return file && !error;
}

portal::Result<std::string> templates_of(const portal::CommandLine& line) {
  if (line.has("templates")) return line.value("templates");
  const auto settings =
      portal::Settings::load(portal::settings_path(line.value("config")), environ);
  if (!settings) return settings.error();
  return settings->text("templates.directory");
}

int write_pages(const portal::CommandLine& line) {
  const auto named = templates_of(line);
  if (!named) return fail(2, named.error().message);
  const fs::path to = line.has("to") ? line.value("to") : *named + "/static";
  const auto view = portal::View::load(*named, {"layout.tpl", "error.tpl"});
  if (!view) return fail(2, view.error().message);
  std::error_code error;
  fs::create_directories(to, error);
  for (const int status : portal::kStaticErrorPages) {
    const fs::path page = to / (std::to_string(status) + ".html");
    const auto text = portal::static_error_page(**view, status);
    if (!text) return fail(2, text.error().message);
    if (!write(page, *text)) return fail(1, "cannot write " + page.string());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto line = portal::read_command_line(argc, argv, program());
  return line.status ? *line.status : write_pages(line);
}
