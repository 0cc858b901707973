// portalctl roster import: reads the file (roster/reading/), brings it in as the next edition
// (roster/importer.h), and says meanwhile what it finds.
#include <array>
#include <iostream>
#include <limits>
#include <map>

#include "core/text/text.h"
#include "portalctl/printing.h"
#include "portalctl/progress.h"
#include "portalctl/roster/importer.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kMap = {"map", "COLUMNS",
                         "roster import: where the columns are, by heading, letter or number: "
                         "number=登録番号,name=B,address=C,phone=4,designated=5"};
constexpr Option kEncoding = {"encoding", "NAME",
                              "roster import: utf-8 or cp932 (Shift_JIS); else it is detected"};
constexpr Option kSheet = {"sheet", "NAME",
                           "roster import: the sheet of a workbook, or several with commas "
                           "(default: every visible sheet that has the columns)"};
constexpr Option kComplete = {
    "complete", "SCOPE",
    "roster import: the file is the whole list of judo, ahaki, or with a prefecture "
    "judo:44 or judo:大分県; clinics that it lacks are closed"};
constexpr Option kDryRun = {"dry-run", "",
                            "roster import: prints what would change, and changes nothing"};
constexpr Option kAllowRemovals = {
    "allow-removals", "",
    "roster import: also if it closes more than roster.most_removals_percent"};
constexpr std::array kOptions = {kMap,    kEncoding,      kSheet, kComplete,
                                 kDryRun, kAllowRemovals, kFull,  kJson};

Result<Done> import(Context& context);

}  // namespace

constexpr Verb kRosterImport = {
    .usage = {.words = "roster import",
              .arguments = "FILE",
              .options = kOptions,
              .help = "Adds and updates clinics from a CSV file (UTF-8, Shift_JIS) or the visible "
                      "sheets of an .xlsx workbook; rows that cannot be used go to the "
                      "quarantine.",
              .example = "portalctl roster import list.csv --complete judo:44 --dry-run"},
    .run = import};

namespace {

using portal::Clinic;
using portal::QuarantinedRow;

constexpr int kMostProblems = 20;      // that are printed
constexpr int kMostDifferences = 100;  // of each kind, without --full

// How --map, --encoding and --sheet say that the file is to be read.
Result<RosterFileOptions> file_options(const Context& context) {
  RosterFileOptions file;
  auto map = ColumnMap::parse(context.value(kMap));
  if (!map) return portal::wrong_usage(map.error().message);
  file.map = std::move(*map);
  const std::string encoding = context.value(kEncoding);
  file.encoding = encoding_of(encoding);
  if (!encoding.empty() && !file.encoding) {
    return portal::wrong_usage("--encoding: " + encoding + ": expected utf-8 or cp932");
  }
  file.sheet = context.value(kSheet);
  return file;
}

// What an import says while it runs.
class Report {
 public:
  Report(const Context& context, const RosterFile& file)
      : file_(file),
        folder_(context.argument().substr(0, context.argument().find_last_of('/') + 1)),
        dry_run_(context.has(kDryRun)),
        json_(context.has(kJson)),
        most_(context.has(kFull) ? std::numeric_limits<int>::max() : kMostDifferences) {}

  RosterImportEvents events() {
    return {[this](const Clinic* before, const Clinic& after) { difference(before, after); },
            [this](const QuarantinedRow& row) { problem(row); },
            [this](std::int64_t rows) { progress_.show(file_.bytes(), file_.size(), rows); }};
  }

  void end() {
    progress_.clear();
    if (problems_ > kMostProblems) {
      std::cerr << "... and " << problems_ - kMostProblems
                << (dry_run_ ? " more\n" : " more: portalctl roster quarantine\n");
    }
    for (const auto& [kind, count] : differences_) {
      if (count > most_) std::cout << "... and " << count - most_ << " more " << kind << "\n";
    }
  }

 private:
  void problem(const QuarantinedRow& row) {
    if (++problems_ > kMostProblems) return;
    progress_.clear();
    std::cerr << portal::text::visible(folder_ + row.file) << ":" << row.line << ": "
              << portal::text::visible(row.reason.in(portal::Language::kEnglish)) << "\n";
  }

  void difference(const Clinic* before, const Clinic& after) {
    if (!dry_run_ || json_) return;
    const std::string kind = kind_of(before, after);
    if (++differences_[kind] > most_) return;
    progress_.clear();
    std::cout << kind << " " << after.number.text() << " ";
    if (kind == "renamed") std::cout << before->name << " -> ";
    std::cout << after.name << "\n";
  }

  static std::string kind_of(const Clinic* before, const Clinic& after) {
    if (before == nullptr) return "new";
    if (!after.open()) return "gone";
    if (!before->open()) return "reopened";
    return before->name == after.name ? "changed" : "renamed";
  }

  const RosterFile& file_;
  const std::string folder_;  // with its slash
  const bool dry_run_;
  const bool json_;
  const int most_;  // differences of each kind that are printed
  Progress progress_;
  int problems_ = 0;
  std::map<std::string, int> differences_;  // by kind
};

std::string remarks_in_words(const RosterFile& file) {
  std::string words;
  for (const std::string& sentence : file.remarks())
    words += (words.empty() ? "" : "; ") + sentence;
  return words;
}

void print(const RosterImported& imported, const RosterFile& file, const Context& context) {
  const RosterCounts& counts = imported.counts;
  const bool dry_run = context.has(kDryRun);
  if (context.has(kJson)) {
    Fields fields = {{"file", file.name()},
                     {"edition", imported.edition},
                     {"dry_run", std::int64_t{dry_run}},
                     {"new", counts.added},
                     {"changed", counts.changed},
                     {"renamed", counts.renamed},
                     {"closed", counts.closed},
                     {"reopened", counts.reopened},
                     {"unchanged", counts.unchanged},
                     {"quarantined", counts.quarantined},
                     {"skipped", counts.skipped},
                     {"kept", counts.kept}};
    if (!file.remarks().empty()) fields.emplace_back("remarks", remarks_in_words(file));
    print_json(std::move(fields));
    return;
  }
  std::cout << (dry_run ? "would be: " : "") << in_words(counts) << "\n";
  if (counts.kept > 0) {
    std::cout << counts.kept << " not closed: a row in quarantine has the same name\n";
  }
  for (const std::string& sentence : file.remarks())
    std::cout << portal::text::visible(sentence) << "\n";
}

Result<Done> import(Context& context) {
  const auto file_as = file_options(context);
  if (!file_as) return file_as.error();
  const std::string complete = context.value(kComplete);
  const auto scope = RosterScope::parse(complete);
  if (!scope) return portal::wrong_usage(scope.error().message);
  const auto file = RosterFile::open(context.argument(), *file_as);
  if (!file) return file.error();
  Report report(context, **file);
  const auto imported = import_roster(
      context.settings(), **file,
      {*scope, complete, context.has(kAllowRemovals), context.has(kDryRun)}, report.events());
  report.end();
  if (!imported) {
    const std::string remarks = remarks_in_words(**file);
    return portal::refused("nothing was imported: " + imported.error().message +
                           (remarks.empty() ? "" : "; " + remarks));
  }
  print(*imported, **file, context);
  return Done{};
}

}  // namespace
}  // namespace portalctl
