#include "portalctl/roster/importer.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/database/roster/roster.h"
#include "core/journal/audit.h"
#include "core/registration/registration_number.h"
#include "portalctl/batch_pause.h"
#include "portalctl/roster/lease.h"
#include "portalctl/roster/tidying.h"

namespace portalctl {
namespace {

using portal::Clinic;
using portal::Connection;
using portal::Done;
using portal::QuarantinedRow;
using portal::refused;
using portal::Result;
using portal::Roster;
using portal::RosterEdition;
using portal::RosterEditions;
using portal::RosterQuarantine;
using portal::RowFault;
using portal::RowReason;

// Rows that are sorted together before they are written. In the order of the file, each row would
// touch another page of the index: 256 rows would write 3 MB while the portal waits.
constexpr std::size_t kChunk = 16'384;

// A clinic of the file, and which columns its row has.
struct Given {
  Clinic clinic;
  std::array<bool, kRosterFields> has;
};

// Where the row of a clinic is that can be used.
struct Line {
  int number = 0;  // 0: its row cannot be used
  int file = 0;
};

portal::Error taken_over() {
  return refused("another import of the roster took over: this one was too slow");
}

class Import {
 public:
  Import(const portal::Settings& settings, RosterFile& file, const RosterImportPlan& plan,
         const RosterImportEvents& events)
      : file_(file),
        plan_(plan),
        events_(events),
        most_percent_(settings.number("roster.most_removals_percent")),
        pause_(settings),
        // Staged rows are worth nothing until they are published, so nobody waits for the disk.
        staging_(settings, portal::Durability::kRelaxed, 1),
        database_(settings, portal::Durability::kFull, 1) {}

  Result<RosterImported> run() {
    if (const auto done = begin(); !done) return done.error();
    auto done = read_file();
    if (done) done = close_missing();
    if (done && counts_.usable() == 0 && ended_.empty()) {
      done = refused(file_.name() + ": no row of it can be used" +
                     (counts_.quarantined > 0 ? " (why, see above)" : ""));
    }
    counts_.skipped = file_.skipped();
    if (plan_.dry_run) return done ? Result(RosterImported{counts_, 0}) : done.error();
    if (done) done = finish();
    if (!done) {
      give_up();
      return done.error();
    }
    const auto tidied = tidy_quarantine(staging_, pause_, edition_.number,
                                        [this](const auto& row) { return brought(row); });
    if (!tidied) {
      return portal::unavailable("imported, but the quarantine has old rows: " +
                                 tidied.error().message);
    }
    return RosterImported{counts_, something() ? edition_.number : 0};
  }

 private:
  Result<Done> begin();
  Result<Done> read_file();
  Result<Done> take(RosterRow row);
  Result<Done> flush();
  Result<Done> flush_batch();
  void compare(const std::vector<Clinic>& known);
  int index_of_file(const std::string& file);
  void quarantine(QuarantinedRow row);
  Result<Done> close_missing();
  Result<Done> find_ended();
  Result<Done> find_missing();
  void close(const Clinic& clinic);
  bool something() const { return counts_.differences() + counts_.quarantined > 0; }
  Result<Done> finish();
  void give_up();
  bool brought(const QuarantinedRow& row) const;

  // A transaction of this edition. It is refused if another import took this one for dead.
  template <class F>
  Result<Done> stage(const F& function) {
    return pause_.after([&] {
      return staging_.write([&](Connection& connection) -> Result<Done> {
        const auto until = portal::system_now() + kRosterLease;
        if (!RosterEditions(connection).renew(edition_.number, until)) return taken_over();
        function(connection);
        return Done{};
      });
    });
  }

  RosterFile& file_;
  const RosterImportPlan& plan_;
  const RosterImportEvents& events_;
  const std::int64_t most_percent_;
  const BatchPause pause_;
  portal::Database staging_;
  portal::Database database_;
  RosterEdition edition_;
  std::int64_t current_ = 0;
  RosterCounts counts_;
  std::int64_t rows_ = 0;

  std::unordered_map<std::uint64_t, Line> lines_;  // by compact number
  std::vector<std::string> files_;
  std::set<std::string> unread_names_;  // of rows whose number cannot be read
  std::vector<Given> chunk_;
  std::vector<Given> batch_;
  std::vector<Clinic> differing_;
  std::vector<QuarantinedRow> bad_;
  std::vector<portal::RegistrationNumber> ended_;    // of rows that say so
  std::vector<portal::RegistrationNumber> missing_;  // that this edition closes
};

Result<Done> Import::begin() {
  edition_.owner = lease_owner();
  edition_.file = file_.name();
  edition_.scope = plan_.scope_text;
  edition_.started_at = staging_.now();
  edition_.leased_until = edition_.started_at + kRosterLease;
  if (plan_.dry_run) {
    const auto current = staging_.read([](Connection& c) { return Roster(c).current_edition(); });
    if (current) current_ = *current;
    return current ? Result(Done{}) : current.error();
  }
  const auto begun = staging_.write([&](Connection& connection) -> Result<std::int64_t> {
    RosterEditions editions(connection);
    editions.lock();
    if (const auto other = live_import(connection)) return import_under_way(*other);
    current_ = Roster(connection).current_edition();
    return editions.begin(edition_);
  });
  if (!begun) return begun.error();
  edition_.number = *begun;
  if (const auto swept = sweep_roster(staging_, pause_, edition_.number); !swept) return swept;
  return staging_.read([](Connection& connection) {
    RosterEditions(connection).avoid_full_scans();
    return Done{};
  });
}

Result<Done> Import::read_file() {
  for (;;) {
    auto row = file_.next();
    if (!row) return row.error();
    if (!*row) return flush();
    ++rows_;
    if (const auto done = take(std::move(**row)); !done) return done;
  }
}

Result<Done> Import::take(RosterRow row) {
  const auto number = row.given.number;
  if (row.usable()) {
    Line& line = lines_.try_emplace(number->packed()).first->second;
    if (line.number == 0) {
      line = {static_cast<int>(row.given.line), index_of_file(row.given.file)};
      chunk_.push_back({std::move(row.clinic), row.has});
    } else {
      const std::string& file = files_[line.file];
      row.given.reason =
          row.given.file == file
              ? RowReason::of<RowFault::kTwice>(number->text(), line.number)
              : RowReason::of<RowFault::kTwiceElsewhere>(number->text(), line.number, file);
    }
  } else if (number) {
    lines_.try_emplace(number->packed());
    if (row.ended && !row.hidden) ended_.push_back(*number);
  } else if (!row.given.name.empty()) {
    unread_names_.insert(row.given.name);
  }
  if (!row.given.reason.empty() && !row.hidden) quarantine(std::move(row.given));
  if (chunk_.size() < kChunk && bad_.size() < Roster::kBatch) return Done{};
  return flush();
}

// The files of rows, which are the sheets of a workbook.
int Import::index_of_file(const std::string& file) {
  if (files_.empty() || files_.back() != file) files_.push_back(file);
  return static_cast<int>(files_.size()) - 1;
}

void Import::quarantine(QuarantinedRow row) {
  ++counts_.quarantined;
  events_.quarantined(row);
  row.edition = edition_.number;
  bad_.push_back(std::move(row));
}

void Import::compare(const std::vector<Clinic>& known) {
  std::unordered_map<std::string_view, const Clinic*> by_number;
  for (const Clinic& clinic : known) by_number.emplace(clinic.number.text(), &clinic);
  for (auto& [clinic, has] : batch_) {
    const auto found = by_number.find(clinic.number.text());
    const Clinic* before = found == by_number.end() ? nullptr : found->second;
    for (std::size_t i = 0; before != nullptr && i < kRosterFields; ++i) {
      const auto member = roster_fields()[i].member;
      if (member != nullptr && !has[i]) clinic.*member = before->*member;
    }
    if (before != nullptr && *before == clinic) {
      ++counts_.unchanged;
      continue;
    }
    if (before == nullptr) {
      ++counts_.added;
    } else if (!before->open()) {
      ++counts_.reopened;
    } else {
      ++counts_.changed;
      if (before->name != clinic.name) ++counts_.renamed;
    }
    events_.difference(before, clinic);
    differing_.push_back(std::move(clinic));
  }
}

Result<Done> Import::flush() {
  std::ranges::sort(chunk_, {}, [](const Given& own) { return own.clinic.number; });
  for (auto next = chunk_.begin(); next != chunk_.end() || !bad_.empty();) {
    const auto count = std::min<std::ptrdiff_t>(chunk_.end() - next, Roster::kBatch);
    batch_.assign(std::make_move_iterator(next), std::make_move_iterator(next + count));
    next += count;
    if (const auto done = flush_batch(); !done) return done;
  }
  chunk_.clear();
  return Done{};
}

Result<Done> Import::flush_batch() {
  std::vector<portal::RegistrationNumber> numbers;
  for (const Given& given : batch_) numbers.push_back(given.clinic.number);
  const auto known =
      staging_.read([&](Connection& connection) { return Roster(connection).find_all(numbers); });
  if (!known) return known.error();
  compare(*known);
  const bool to_write = !differing_.empty() || !bad_.empty() ||
                        portal::system_now() + kRosterLease / 2 > edition_.leased_until;
  if (!plan_.dry_run && to_write) {
    const auto done = stage([&](Connection& connection) {
      RosterEditions(connection).stage(edition_.number, differing_);
      RosterQuarantine(connection).add(bad_);
    });
    if (!done) return done;
    edition_.leased_until = portal::system_now() + kRosterLease;
  }
  batch_.clear();
  differing_.clear();
  bad_.clear();
  events_.progress(rows_);
  return Done{};
}

// Finds the open clinics of the scope that no row names. A clinic may be missing because the
// number in its row cannot be read: if a row has its name, it stays.
Result<Done> Import::find_missing() {
  constexpr int kMost = 1000;
  const std::int64_t ended = counts_.closed;
  std::int64_t open = 0;
  std::optional<portal::RegistrationNumber> last;
  for (bool more = true; more;) {
    const auto clinics = staging_.read(
        [&](Connection& connection) { return Roster(connection).list(current_, last, kMost); });
    if (!clinics) return clinics.error();
    for (const Clinic& clinic : *clinics) {
      if (!clinic.open() || !plan_.scope.has(clinic.number)) continue;
      ++open;
      if (lines_.contains(clinic.number.packed())) continue;
      if (unread_names_.contains(clinic.name)) {
        ++counts_.kept;
        continue;
      }
      close(clinic);
    }
    more = clinics->size() == kMost;
    if (more) last = clinics->back().number;
  }
  const std::int64_t missing = counts_.closed - ended;
  if (missing * 100 <= most_percent_ * open || plan_.allow_removals) return Done{};
  return refused("it would close " + std::to_string(missing) + " of the " + std::to_string(open) +
                 " clinics of " + plan_.scope.in_words() + ", more than " +
                 std::to_string(most_percent_) +
                 " %: look at it with --dry-run; if it is right, give --allow-removals");
}

// Finds the open clinics that have left as their rows say, unless another row of the file has them.
Result<Done> Import::find_ended() {
  std::erase_if(ended_, [&](const auto& number) { return lines_.at(number.packed()).number != 0; });
  std::ranges::sort(ended_);
  ended_.erase(std::unique(ended_.begin(), ended_.end()), ended_.end());
  for (std::size_t begin = 0; begin < ended_.size(); begin += Roster::kBatch) {
    const std::vector numbers(ended_.begin() + static_cast<std::ptrdiff_t>(begin),
                              ended_.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                   begin + Roster::kBatch, ended_.size())));
    const auto known =
        staging_.read([&](Connection& connection) { return Roster(connection).find_all(numbers); });
    if (!known) return known.error();
    for (const Clinic& clinic : *known) {
      if (clinic.open()) close(clinic);
    }
  }
  return Done{};
}

void Import::close(const Clinic& clinic) {
  Clinic closed = clinic;
  closed.closed_at = edition_.started_at;
  events_.difference(&clinic, closed);
  missing_.push_back(clinic.number);
  ++counts_.closed;
}

Result<Done> Import::close_missing() {
  if (const auto done = find_ended(); !done) return done;
  if (!plan_.scope.empty() && counts_.usable() > 0) {
    if (const auto done = find_missing(); !done) return done;
  }
  if (plan_.dry_run) return Done{};
  for (std::size_t begin = 0; begin < missing_.size(); begin += Roster::kBatch) {
    const auto end = std::min(begin + Roster::kBatch, missing_.size());
    const std::vector<portal::RegistrationNumber> numbers(
        missing_.begin() + static_cast<std::ptrdiff_t>(begin),
        missing_.begin() + static_cast<std::ptrdiff_t>(end));
    const auto done = stage([&](Connection& connection) {
      RosterEditions(connection).stage_closed(edition_.number, numbers, edition_.started_at);
    });
    if (!done) return done;
  }
  return Done{};
}

Result<Done> Import::finish() {
  edition_.finished_at = portal::system_now();
  edition_.counts = in_words(counts_);
  return database_.write([&](Connection& connection) -> Result<Done> {
    RosterEditions editions(connection);
    if (!editions.renew(edition_.number, edition_.finished_at)) return taken_over();
    something() ? editions.publish(edition_) : editions.drop(edition_.number);
    portal::record_audit_event(connection, {.event = portal::AuditEvent::kRosterImported,
                                            .account_id = "",
                                            .at = edition_.finished_at,
                                            .client = "",
                                            .request_id = "",
                                            .detail = edition_.file + ": " + edition_.counts});
    return Done{};
  });
}

// Whether the file has that older row in quarantine again, and it can be used now.
bool Import::brought(const QuarantinedRow& row) const {
  if (!row.number) return false;
  const auto line = lines_.find(row.number->packed());
  return line != lines_.end() && line->second.number != 0;
}

// Staged rows are invisible. If they cannot be removed now, the next import removes them.
void Import::give_up() {
  const auto failed = staging_.write([&](Connection& connection) {
    RosterEditions(connection).fail(edition_.number, portal::system_now());
    return Done{};
  });
  if (failed) static_cast<void>(sweep_roster(staging_, pause_, 0));
}

}  // namespace

Result<RosterImported> import_roster(const portal::Settings& settings, RosterFile& file,
                                     const RosterImportPlan& plan,
                                     const RosterImportEvents& events) {
  return Import(settings, file, plan, events).run();
}

}  // namespace portalctl
