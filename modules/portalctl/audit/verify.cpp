// portalctl audit verify
#include <array>

#include "core/database/journal/audit_archives.h"
#include "core/journal/audit_chain.h"
#include "portalctl/audit/archive_file.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kArchive = {"archive", "FILE",
                             "audit verify: a file of `audit archive`, and how it fits"};
constexpr std::array kOptions = {kArchive};

Result<Done> verify_audit(Context& context);

}  // namespace

constexpr Verb kAuditVerify = {
    .usage = {.words = "audit verify",
              .options = kOptions,
              .help = "Proves that no sealed row of the audit was changed, removed or moved; with "
                      "--archive, that none of a file was, and that the audit goes on from it.",
              .example = "portalctl audit verify"},
    .run = verify_audit};

namespace {

using portal::AuditArchive;
using portal::AuditArchives;
using portal::Connection;

// What the database knows of an archive, and of what is before it.
struct Known {
  std::optional<AuditArchive> archive;
  std::optional<AuditArchive> before;
};

// What is wrong between the file and the database; empty: nothing.
std::string misfit(const ArchiveProof& proof, const Known& known) {
  if (!known.archive) {
    return "the database knows no archive that ends with seal " +
           std::to_string(proof.head.through);
  }
  if (known.archive->hash != proof.hash || known.archive->first != proof.head.first) {
    return "the database knows another archive that ends with seal " +
           std::to_string(proof.head.through);
  }
  const std::string previous = known.before ? known.before->hash : "";
  if (proof.head.previous != previous) return "it does not go on from the archive before it";
  if (known.archive->sha256 != proof.sha256) {
    return "its seals hold, but it is not the file that was written: SHA-256 " + proof.sha256 +
           " instead of " + known.archive->sha256;
  }
  return "";
}

Result<Done> verify_archive(Context& context, const std::string& file) {
  const auto proof = prove_archive(file);
  if (!proof) return proof.error();
  const auto known = context.database().read([&](Connection& connection) {
    AuditArchives archives(connection);
    return Known{archives.find(proof->head.through), archives.find(proof->head.first - 1)};
  });
  if (!known) return known.error();
  if (const std::string wrong = misfit(*proof, *known); !wrong.empty()) {
    return portal::refused(file + ": " + wrong);
  }
  print_lines({{"archive", file},
               {"first seal", proof->head.first},
               {"last seal", proof->head.through},
               {"rows in it", proof->rows}});
  return Done{};
}

Result<Done> verify_audit(Context& context) {
  if (context.has(kArchive)) {
    const auto done = verify_archive(context, context.value(kArchive));
    if (!done) return done.error();
  }
  const auto proof = portal::verify_audit(context.database());
  if (!proof) return proof.error();
  if (!proof->fault.empty()) return portal::refused(proof->fault);
  print_lines({{"seals", std::to_string(proof->seals - proof->archived)},
               {"rows", std::to_string(proof->rows)},
               {"not sealed yet", std::to_string(proof->unsealed)},
               {"actors not sealed", std::to_string(proof->unproved_actors)},
               {"newest seal", proof->newest_hash},
               {"seals in archives", std::to_string(proof->archived)}});
  return Done{};
}

}  // namespace
}  // namespace portalctl
