// portal-confirm: what it does stands in kDescription, which --help and portal-confirm(8) show.
#include "confirm/confirm.h"
#include "core/draft/seal.h"
#include "core/responder/responder.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the confirmation (/register/confirm)",
    .does = R"(
Shows everything that was entered, with 登録記号番号 and 施術所名 filled in; the password
is masked, and shown by a POST with show=password. From here lead 修正する
(/register) and OK (/register/complete). The page says until when the entries
are kept. Without a draft it leads to the form, which says why. It changes
nothing.
)",
    .security = R"(
The page is never stored by a cache; the draft opens with the browser's token
only.
)",
    .logs = R"(
Request lines, and `unavailable` when the database is away.
)",
    .settings = R"(
site.base_url, database.*, templates.directory, trusted_proxies, log.*,
metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(argc, argv,
                                {.name = "confirm",
                                 .description = kDescription,
                                 .templates = {"confirm.tpl"},
                                 .prepare = portal::prepare_sealing,
                                 .make = [](const portal::Site& site) {
                                   return std::make_unique<portal::ConfirmStep>(site);
                                 }});
}
