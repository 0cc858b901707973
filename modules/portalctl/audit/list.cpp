// portalctl audit list
#include "portalctl/audit/list.h"

#include <iostream>

#include "core/base/japan_time.h"
#include "core/database/journal/audit.h"
#include "core/journal/audit.h"
#include "core/text/text.h"
#include "portalctl/owner.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {

constexpr Verb kAuditList = {
    .usage = {.words = "audit list",
              .options = kAuditListOptions,
              .help = "Lists what happened to accounts, oldest first, in Japan's time.",
              .example = "portalctl audit list --account taro@example.jp --since 2026-04-01"},
    .run = list_audit};

namespace {

using portal::AuditRow;
using portal::Connection;

constexpr int kMostListed = 10'000;

std::string event_names() {
  std::string names;
  for (const auto& event : portal::audit_event_kinds()) {
    names.append(names.empty() ? "" : ", ").append(event.name);
  }
  return names;
}

// What --event, --actor and --since ask for.
Result<portal::AuditFilter> filter_of(const Context& context) {
  portal::AuditFilter filter;
  filter.most = kMostListed;
  filter.event = context.value(kEvent);
  filter.actor = context.value(kActor);
  if (!portal::text::valid_utf8(filter.actor)) return portal::wrong_usage("--actor: not UTF-8");
  if (!filter.event.empty() && !portal::find_audit_event(filter.event)) {
    return portal::wrong_usage("--event: one of " + event_names());
  }
  const std::string text = context.value(kSince);
  if (text.empty()) return filter;
  const auto since = portal::parse_japan_time(text);
  if (!since) return portal::wrong_usage("--since: a time such as 2026-04-01 or 2026-04-01T09:30");
  filter.since = *since;
  return filter;
}

// The id of the account that has that address or number, else the text: accounts that are gone can
// be asked for by their id only.
Result<std::string> account_id_of(portal::Database& database, const std::string& text) {
  if (text.empty()) return text;
  if (!portal::text::valid_utf8(text)) return portal::not_found("--account: not UTF-8");
  const auto account = find_account(database, text);
  if (account) return account->id;
  if (account.error().kind == portal::Error::Kind::kNotFound) return text;
  return account.error();
}

void print_as_json(const AuditRow& row) {
  print_json({{"time", portal::japan_timestamp(row.at)},
              {"event", row.event},
              {"actor", row.actor},
              {"account", row.account_id},
              {"network", row.network},
              {"request", row.request_id},
              {"detail", row.detail},
              {"id", row.id}});
}

void print_as_line(const AuditRow& row) {
  std::cout << portal::japan_timestamp(row.at) << " " << row.event;
  const std::array<std::pair<std::string_view, const std::string&>, 5> fields = {
      {{"actor", row.actor},
       {"account", row.account_id},
       {"network", row.network},
       {"request", row.request_id},
       {"detail", row.detail}}};
  for (const auto& [name, value] : fields) {
    if (!value.empty()) std::cout << " " << name << "=" << portal::text::visible(value);
  }
  std::cout << "\n";
}

}  // namespace

Result<Done> list_audit(Context& context) {
  auto filter = filter_of(context);
  if (!filter) return filter.error();
  const auto account_id = account_id_of(context.database(), context.value(kAccount));
  if (!account_id) return account_id.error();
  filter->account_id = *account_id;
  const auto rows = context.database().read(
      [&](Connection& connection) { return portal::Audit(connection).list(*filter); });
  if (!rows) return rows.error();
  for (const AuditRow& row : *rows) (context.has(kJson) ? print_as_json : print_as_line)(row);
  if (rows->size() == static_cast<std::size_t>(kMostListed)) {
    std::cerr << "only the newest " << kMostListed << ": there may be more\n";
  }
  return Done{};
}

}  // namespace portalctl
