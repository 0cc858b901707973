// portalctl roster import, roster editions
#include <iostream>
#include <limits>
#include <map>

#include "core/database/database.h"
#include "portalctl/printing.h"
#include "portalctl/progress.h"
#include "portalctl/roster/importer.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Clinic;
using portal::Connection;
using portal::QuarantinedRow;
using portal::Result;

constexpr int kMostProblems = 20;      // that are printed
constexpr int kMostDifferences = 100;  // of each kind, without --full
constexpr int kMostEditions = 20;

Result<RosterFileOptions> file_options(const Options& options) {
  RosterFileOptions file;
  auto map = ColumnMap::parse(options.map);
  if (!map) return map.error();
  file.map = std::move(*map);
  file.encoding = encoding_of(options.encoding);
  if (!options.encoding.empty() && !file.encoding) {
    return portal::refused("--encoding: " + options.encoding + ": expected utf-8 or cp932");
  }
  file.sheet = options.sheet;
  return file;
}

// What an import says while it runs.
class Report {
 public:
  Report(const Options& options, const RosterFile& file, std::string path)
      : options_(options), file_(file), path_(std::move(path)) {}

  RosterImportEvents events() {
    return {[this](const Clinic* before, const Clinic& after) { difference(before, after); },
            [this](const QuarantinedRow& row) { problem(row); },
            [this](std::int64_t rows) { progress_.show(file_.bytes(), file_.size(), rows); }};
  }

  void end() {
    progress_.clear();
    if (problems_ > kMostProblems) {
      std::cerr << "... and " << problems_ - kMostProblems
                << (options_.dry_run ? " more\n" : " more: portalctl roster quarantine\n");
    }
    for (const auto& [kind, count] : differences_) {
      if (count > most()) std::cout << "... and " << count - most() << " more " << kind << "\n";
    }
  }

 private:
  int most() const { return options_.full ? std::numeric_limits<int>::max() : kMostDifferences; }

  void problem(const QuarantinedRow& row) {
    if (++problems_ > kMostProblems) return;
    progress_.clear();
    std::cerr << path_ << ":" << row.line << ": " << row.reason << "\n";
  }

  void difference(const Clinic* before, const Clinic& after) {
    if (!options_.dry_run || options_.json) return;
    const std::string kind = kind_of(before, after);
    if (++differences_[kind] > most()) return;
    progress_.clear();
    std::cout << kind << " " << after.number << " ";
    if (kind == "renamed") std::cout << before->name << " -> ";
    std::cout << after.name << "\n";
  }

  static std::string kind_of(const Clinic* before, const Clinic& after) {
    if (before == nullptr) return "new";
    if (!after.open()) return "gone";
    if (!before->open()) return "reopened";
    return before->name == after.name ? "changed" : "renamed";
  }

  const Options& options_;
  const RosterFile& file_;
  std::string path_;
  Progress progress_;
  int problems_ = 0;
  std::map<std::string, int> differences_;  // by kind
};

void print(const RosterImported& imported, const RosterFile& file, const Options& options) {
  const RosterCounts& counts = imported.counts;
  if (options.json) {
    print_json({{"file", file.name()},
                {"edition", imported.edition},
                {"dry_run", std::int64_t{options.dry_run}},
                {"new", counts.added},
                {"changed", counts.changed},
                {"renamed", counts.renamed},
                {"closed", counts.closed},
                {"reopened", counts.reopened},
                {"unchanged", counts.unchanged},
                {"quarantined", counts.quarantined},
                {"skipped", counts.skipped},
                {"kept", counts.kept}});
    return;
  }
  std::cout << (options.dry_run ? "would be: " : "") << in_words(counts) << "\n";
  if (counts.kept > 0) {
    std::cout << counts.kept << " not closed: a row in quarantine has the same name\n";
  }
}

}  // namespace

int roster_import(const Invocation& invocation) {
  const Options& options = invocation.options;
  const auto file_as = file_options(options);
  if (!file_as) return fail(file_as.error().message, kWrongUsage);
  const auto scope = RosterScope::parse(options.complete);
  if (!scope) return fail(scope.error().message, kWrongUsage);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const std::string& path = invocation.arguments[0];
  const auto file = RosterFile::open(path, *file_as);
  if (!file) return fail(file.error().message);
  Report report(options, **file, path);
  const auto imported = import_roster(
      *settings, **file, {*scope, options.complete, options.allow_removals, options.dry_run},
      report.events());
  report.end();
  if (!imported) return fail("nothing was imported: " + imported.error().message);
  print(*imported, **file, options);
  return kDone;
}

int roster_editions(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto editions = database.read([](Connection& connection) {
    return portal::RosterEditions(connection).newest(kMostEditions);
  });
  if (!editions) return fail(editions.error().message);
  for (const auto& edition : *editions) {
    (invocation.options.json ? print_json : print_row)({{"edition", edition.number},
                                                        {"state", edition.state},
                                                        {"started", Time{edition.started_at}},
                                                        {"finished", Time{edition.finished_at}},
                                                        {"file", edition.file},
                                                        {"complete", edition.scope},
                                                        {"counts", edition.counts}});
  }
  return kDone;
}

}  // namespace portalctl
