// portal-pages. kDescription says what it does; --help and portal-pages(8) show it.
#include "core/responder/responder.h"
#include "pages/pages.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the portal's top (/), the content pages and お知らせ",
    .does = R"(
GET only. Everything shown is the same for everybody and may be cached for a
minute. News are Markdown files in templates.directory/news
(YYYY-MM-DD-slug.md, first line `# title`); one that is added or changed is on
the site about a second later. Any other path: 404, for it is this responder
that takes what no other line of steps.list names. /.well-known/change-password
leads to /account; /.well-known/security.txt (RFC 9116) says whom to tell of a
weakness, as SECURITY_CONTACT of operator.conf has it.
)",
    .security = R"(
No personal data, no cookie, no database. Raw HTML in news is not passed
through.
)",
    .logs = R"(
Request lines, and `news` when a news file is wrong (what was shown before
stays).
)",
    .settings = R"(
templates.directory, trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "pages",
       .description = kDescription,
       .templates = portal::PagesStep::templates(),
       .writes = false,
       .make = [](const portal::Site& site) { return std::make_unique<portal::PagesStep>(site); }});
}
