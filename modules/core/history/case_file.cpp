#include "core/history/case_file.h"

#include <algorithm>

namespace portal {
namespace {

template <class Row>
std::optional<Row> row_with(const std::vector<Row>& rows, const std::string& id) {
  const auto found = std::ranges::find(rows, id, &Row::id);
  return found == rows.end() ? std::nullopt : std::optional(*found);
}

// Whom the verdict is about.
std::string decided_attempt(const CaseFile& file) {
  const auto attempts = attempts_of(file.history);
  const auto index = static_cast<std::size_t>(file.verdict.attempt);
  return index == 0 || index > attempts.size() ? "" : attempts[index - 1].id;
}

}  // namespace

CaseFile read_case(Connection& connection, const Subject& subject, const SessionLimits& limits,
                   EpochSeconds now) {
  CaseFile file;
  file.read_at = now;
  file.history = subject.attempt.empty() ? find_history(connection, subject.query)
                                         : find_history_of(connection, subject.attempt);
  file.verdict = verdict_of(file.history, now, subject.attempt);
  file.entries = entries_of(file.history);
  const std::string id = decided_attempt(file);
  file.registration = row_with(file.history.registrations, id);
  file.account = row_with(file.history.accounts, id);
  if (file.account) file.sessions = WebSessions(connection).of_account(id, now, limits);
  const RegistrationNumber number = file.verdict.number.empty() && subject.query.number
                                        ? *subject.query.number
                                        : file.verdict.number;
  if (!number.empty()) {
    Roster roster(connection);
    file.clinic = roster.find_any(number);
    file.clinic_versions = roster.history(number);
  }
  return file;
}

}  // namespace portal
