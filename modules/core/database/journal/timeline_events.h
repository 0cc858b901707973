// Table event: what happened before a registration, for `portalctl timeline`. What happens to a
// registration or an account afterwards is in the audit, and its mails are in the outbox.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

// Makes ids that sort by time, and by `rest` within a second.
std::string event_id(EpochSeconds at, std::string_view rest);

struct EventRow {
  std::string id;  // event_id()
  EpochSeconds at = 0;
  std::string name;             // name_of(TimelineEvent), or one that a newer version wrote
  std::string email_hash;       // event_hash(); empty if the address is not known
  std::string number_hash;      // the same of the registration number
  std::string phone_hash;       // the same of the phone number
  std::string registration_id;  // empty if there was none yet
  std::string request_id;
  std::string detail;  // never a value that was entered
};

// Selects the events that have one of these hashes, unless it is empty.
struct EventOwner {
  std::string email_hash;
  std::string number_hash;
  std::string phone_hash;
};

class Events {
 public:
  explicit Events(Connection& connection) : connection_(connection) {}
  void add(const EventRow& row);
  std::vector<EventRow> of(const EventOwner& owner, int most);  // the newest of them, newest first
  // `prefix`: hexadecimal digits with which the request's id begins. Reads the whole table.
  std::vector<EventRow> of_request(std::string_view prefix, int most);
  std::vector<EventRow> of_registration(std::string_view registration_id, int most);
  int purge(EpochSeconds before, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
