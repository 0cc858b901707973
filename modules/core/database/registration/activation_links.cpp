#include "core/database/registration/activation_links.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<ActivationLink> kColumns = {
    {"token_hash", &ActivationLink::token_hash},
    {"registration_id", &ActivationLink::registration_id},
    {"sent_at", &ActivationLink::sent_at},
    {"failed_attempts", &ActivationLink::failed_attempts},
};

const std::string kAdd = kColumns.insert_into("activation_link");
const std::string kFind = kColumns.select_from("activation_link") + "WHERE token_hash = $1";
const std::string kOfRegistration =
    kColumns.select_from("activation_link") + "WHERE registration_id = $1 ORDER BY sent_at DESC";
// This is one statement, so two that run at the same time cannot see the same number.
const std::string kTakeAttempt =
    "UPDATE activation_link SET failed_attempts = failed_attempts + 1 "
    "WHERE token_hash = $1 AND failed_attempts < $2 RETURNING failed_attempts";

const std::string kEndAll =
    "UPDATE activation_link SET failed_attempts = $1 WHERE registration_id = $2";
const std::string kGiveBackAttempt =
    "UPDATE activation_link SET failed_attempts = failed_attempts - 1 "
    "WHERE token_hash = $1 AND failed_attempts > 0";

}  // namespace

void ActivationLinks::add(const ActivationLink& link) {
  connection_.execute(kAdd, kColumns.values(link));
}

std::optional<ActivationLink> ActivationLinks::find(std::string_view token_hash) {
  return kColumns.first(connection_, kFind, {token_hash});
}

std::vector<ActivationLink> ActivationLinks::of_registration(std::string_view id) {
  return kColumns.all(connection_, kOfRegistration, {id});
}

void ActivationLinks::end_all(std::string_view registration_id) {
  connection_.execute(kEndAll, {kLinkAttempts, registration_id});
}

std::optional<int> ActivationLinks::take_attempt(std::string_view token_hash) {
  const auto rows = connection_.select(kTakeAttempt, 1, {token_hash, kLinkAttempts});
  if (rows.empty()) return std::nullopt;
  return Poco::NumberParser::parse(rows.front().front());
}

void ActivationLinks::give_back_attempt(std::string_view token_hash) {
  connection_.execute(kGiveBackAttempt, {token_hash});
}

}  // namespace portal
