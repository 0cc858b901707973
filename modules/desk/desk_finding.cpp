#include "desk/desk_finding.h"

#include "core/responder/signed_in.h"

namespace portal {
namespace {

// Of the only hit.
std::optional<Subject> only_one(Connection& connection, const SearchKey& key, const Hits& hits) {
  if (hits.rows.size() != 1) return std::nullopt;
  if (hits.rows.front().kind == Hit::Kind::kTraces) return subject_of(key);
  return subject_of(connection, hits.rows.front().id);
}

}  // namespace

DeskFinding find_again(Connection& connection, const DeskSearch& search) {
  DeskFinding finding;
  if (auto key = parse_search_key(search.typed)) finding.key = std::move(*key);
  if (!search.hit.empty()) finding.subject = subject_of(connection, search.hit);
  if (finding.subject) return finding;
  finding.hits = portal::search(connection, finding.key);
  finding.subject = only_one(connection, finding.key, finding.hits);
  return finding;
}

std::optional<CaseFile> case_of(Connection& connection, const Visit& visit,
                                const DeskSearch& search) {
  const auto subject = find_again(connection, search).subject;
  if (!subject) return std::nullopt;
  return read_case(connection, *subject, session_limits(visit.site.settings), visit.now);
}

}  // namespace portal
