// portalctl audit list, audit verify, audit seal
#include <array>
#include <iostream>

#include "core/base/japan_time.h"
#include "core/database/database.h"
#include "core/journal/audit.h"
#include "core/journal/audit_chain.h"
#include "core/text/text.h"
#include "portalctl/owner.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::AuditRow;
using portal::Connection;
using portal::Result;

constexpr int kMostListed = 10'000;

std::string event_names() {
  std::string names;
  for (const auto& event : portal::audit_events()) {
    names.append(names.empty() ? "" : ", ").append(event.name);
  }
  return names;
}

// What --event and --since ask for. The error is one of usage.
Result<portal::AuditFilter> filter_of(const Options& options) {
  portal::AuditFilter filter;
  filter.most = kMostListed;
  if (!options.event.empty() && !portal::is_audit_event(options.event)) {
    return portal::refused("--event: one of " + event_names());
  }
  filter.event = options.event;
  if (options.since.empty()) return filter;
  const auto since = portal::parse_japan_time(options.since);
  if (!since) return portal::refused("--since: a time such as 2026-04-01 or 2026-04-01T09:30");
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

void print_row_json(const AuditRow& row) {
  print_json({{"time", portal::japan_timestamp(row.at)},
              {"event", row.event},
              {"account", row.account_id},
              {"network", row.network},
              {"request", row.request_id},
              {"detail", row.detail},
              {"id", row.id}});
}

void print_row(const AuditRow& row) {
  std::cout << portal::japan_timestamp(row.at) << " " << row.event;
  const std::array<std::pair<std::string_view, const std::string&>, 4> fields = {
      {{"account", row.account_id},
       {"network", row.network},
       {"request", row.request_id},
       {"detail", row.detail}}};
  for (const auto& [name, value] : fields) {
    if (!value.empty()) std::cout << " " << name << "=" << value;
  }
  std::cout << "\n";
}

}  // namespace

int audit_list(const Invocation& invocation) {
  const Options& options = invocation.options;
  auto filter = filter_of(options);
  if (!filter) return fail(filter.error().message, kWrongUsage);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto account_id = account_id_of(database, options.account);
  if (!account_id) return fail(account_id.error().message);
  filter->account_id = *account_id;
  const auto rows = database.read(
      [&](Connection& connection) { return portal::Audit(connection).list(*filter); });
  if (!rows) return fail(rows.error().message);
  for (const AuditRow& row : *rows) options.json ? print_row_json(row) : print_row(row);
  if (rows->size() == static_cast<std::size_t>(kMostListed)) {
    std::cerr << "only the newest " << kMostListed << ": there may be more\n";
  }
  return kDone;
}

int audit_verify(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto proof = portal::verify_audit(database);
  if (!proof) return fail(proof.error().message);
  if (!proof->fault.empty()) return fail(proof->fault);
  print_lines({{"seals", std::to_string(proof->seals)},
               {"rows", std::to_string(proof->rows)},
               {"not sealed yet", std::to_string(proof->unsealed)},
               {"newest seal", proof->newest_hash}});
  return kDone;
}

int audit_seal(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto sealed = portal::seal_audit(database, portal::system_now(), portal::SealReach::kAll);
  if (!sealed) return fail(sealed.error().message);
  std::cout << *sealed << " rows sealed\n";
  return kDone;
}

}  // namespace portalctl
