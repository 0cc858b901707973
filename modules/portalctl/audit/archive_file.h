// The file into which `portalctl audit archive` moves old rows of the audit, with their seals.
//
// It is UTF-8 text, one JSON object a line: a head (format, first and last seal, the hash of the
// seal before), then each seal and after it its rows in the order of the seal, and an end that
// repeats the last seal's number and hash. All that a seal's hash covers is in it, so that the file
// proves itself with `portalctl audit verify --archive` (core/journal/audit_chain.h) and needs no
// database.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/database/journal/audit.h"

namespace portalctl {

struct ArchiveHead {
  std::int64_t first = 0;     // number of the first seal
  std::int64_t through = 0;   // of the last one
  std::string previous = "";  // hash of the seal before the first; empty: there is none
};

class ArchiveWriter {
 public:
  ArchiveWriter(const std::string& path, const ArchiveHead& head);
  void add(const portal::AuditSeal& seal, const std::vector<portal::AuditRow>& rows);
  // False: something could not be written; errno may say why.
  bool finish();

 private:
  std::ofstream out_;
  portal::AuditSeal last_;
};

// What a file has proved: its seals follow the one before, each over its rows, up to its end.
struct ArchiveProof {
  ArchiveHead head;
  std::string hash;  // of the last seal
  std::int64_t rows = 0;
  std::string sha256;  // of the file, hexadecimal
};

// Reads and proves a file, seal by seal. Errors: kRefused, it is no archive, or what is wrong with
// it, with the line or the seal; kUnavailable, it cannot be read.
portal::Result<ArchiveProof> prove_archive(const std::string& path);

}  // namespace portalctl
