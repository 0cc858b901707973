// portal-pages: the portal's top (/), the content pages and お知らせ
//
// GET only. Everything shown is the same for everybody and may be cached for a minute. News are
// Markdown files in templates.directory/news (YYYY-MM-DD-slug.md, first line `# title`); one that
// is added or changed is on the site about a second later. Any other path: 404, for it is this
// responder that takes what no other line of steps.list names.
//
// Security: no personal data, no cookie, no database. Raw HTML in news is not passed through.
// Logs: request lines, and `news` when a news file is wrong (what was shown before stays).
// Settings: templates.directory, trusted_proxies, log.*

#include "core/responder/responder.h"
#include "pages/pages.h"

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "pages",
       .summary = "shows the portal's top, its content pages and news",
       .templates = portal::PagesStep::templates(),
       .make = [](const portal::Site& site) { return std::make_unique<portal::PagesStep>(site); }});
}
