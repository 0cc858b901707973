#include "portalctl/audit/archive_file.h"

#include <Poco/DigestEngine.h>
#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/SHA2Engine.h>

#include <optional>

#include "core/base/system_error.h"
#include "core/journal/audit_chain.h"

namespace portalctl {
namespace {

using Poco::JSON::Object;
using portal::AuditRow;
using portal::AuditSeal;

constexpr std::int64_t kFormat = 1;
constexpr auto kMark = "portal_audit_archive";

Object new_line() {
  return Object(Poco::JSON_PRESERVE_KEY_ORDER);
}

void write(std::ostream& out, const Object& line) {
  line.stringify(out);
  out << "\n";
}

// A field that is not there, or of another type, throws what prove_archive() translates.
std::int64_t number_in(const Object& line, const std::string& name) {
  return line.getValue<Poco::Int64>(name);
}
std::string text_in(const Object& line, const std::string& name) {
  return line.getValue<std::string>(name);
}

AuditSeal seal_in(const Object& line) {
  return {number_in(line, "seal"), number_in(line, "sealed_at"), number_in(line, "rows"),
          text_in(line, "hash"), number_in(line, "format")};
}

AuditRow row_in(const Object& line) {
  return {text_in(line, "id"),      number_in(line, "at"),    text_in(line, "event"),
          text_in(line, "account"), text_in(line, "network"), text_in(line, "request"),
          text_in(line, "detail"),  text_in(line, "actor")};
}

// The lines of a file, one at a time, and the SHA-256 of those that were read.
class Lines {
 public:
  explicit Lines(const std::string& path) : in_(path, std::ios::binary) {}
  bool open() const { return in_.is_open(); }
  bool failed() const { return in_.bad(); }
  std::int64_t number() const { return number_; }

  // Null: there is no more. Throws Poco's exceptions for what is no object.
  Object::Ptr next() {
    std::string line;
    if (!std::getline(in_, line)) return nullptr;
    ++number_;
    sha256_.update(line);
    if (!in_.eof()) sha256_.update("\n");
    Poco::JSON::Parser parser;
    return parser.parse(line).extract<Object::Ptr>();
  }

  std::string sha256() { return Poco::DigestEngine::digestToHex(sha256_.digest()); }

 private:
  std::ifstream in_;
  Poco::SHA2Engine sha256_{Poco::SHA2Engine::SHA_256};
  std::int64_t number_ = 0;
};

// Null where a line is missing ends the file too early.
const Object& wanted(const Object::Ptr& line) {
  if (!line) throw Poco::DataFormatException("it is cut off");
  return *line;
}

portal::AuditProof before(const ArchiveHead& head) {
  portal::AuditProof proof;
  proof.seals = head.first - 1;
  proof.newest_hash = head.previous;
  return proof;
}

// Throws what is wrong.
ArchiveProof prove(Lines& lines) {
  const Object::Ptr first = lines.next();
  const Object& head = wanted(first);
  if (number_in(head, kMark) != kFormat) throw Poco::DataFormatException("unknown format");
  ArchiveProof archive;
  archive.head = {number_in(head, "first"), number_in(head, "through"), text_in(head, "previous")};
  portal::AuditProof proof = before(archive.head);
  while (proof.seals < archive.head.through) {
    const Object::Ptr next = lines.next();
    const AuditSeal seal = seal_in(wanted(next));
    std::vector<AuditRow> rows;
    for (std::int64_t i = 0; i < seal.row_count; ++i) {
      const Object::Ptr row = lines.next();
      rows.push_back(row_in(wanted(row)));
    }
    if (!prove_next(proof, seal, rows)) throw Poco::DataFormatException(proof.fault);
  }
  const Object::Ptr last = lines.next();
  const Object& end = wanted(last);
  if (number_in(end, "end") != proof.seals || text_in(end, "hash") != proof.newest_hash) {
    throw Poco::DataFormatException("its end names another seal");
  }
  if (lines.next()) throw Poco::DataFormatException("something follows its end");
  archive.hash = proof.newest_hash;
  archive.rows = proof.rows;
  archive.sha256 = lines.sha256();
  return archive;
}

}  // namespace

ArchiveWriter::ArchiveWriter(const std::string& path, const ArchiveHead& head)
    : out_(path, std::ios::binary) {
  Object line = new_line();
  line.set(kMark, kFormat).set("first", head.first).set("through", head.through);
  write(out_, line.set("previous", head.previous));
}

void ArchiveWriter::add(const AuditSeal& seal, const std::vector<AuditRow>& rows) {
  Object line = new_line();
  line.set("seal", seal.number).set("sealed_at", seal.sealed_at).set("rows", seal.row_count);
  write(out_, line.set("hash", seal.hash).set("format", seal.format));
  for (const AuditRow& row : rows) {
    Object fields = new_line();
    fields.set("id", row.id).set("at", row.at).set("event", row.event);
    fields.set("account", row.account_id).set("network", row.network);
    fields.set("request", row.request_id).set("detail", row.detail);
    write(out_, fields.set("actor", row.actor));
  }
  last_ = seal;
}

bool ArchiveWriter::finish() {
  Object line = new_line();
  write(out_, line.set("end", last_.number).set("hash", last_.hash));
  out_.close();
  return static_cast<bool>(out_);
}

portal::Result<ArchiveProof> prove_archive(const std::string& path) {
  Lines lines(path);
  if (!lines.open()) return portal::unavailable(path + ": " + portal::system_error());
  const auto wrong = [&](const std::string& reason) {
    return portal::refused(path + ", line " + std::to_string(lines.number()) + ": " + reason);
  };
  try {
    return prove(lines);
  } catch (const Poco::DataFormatException& fault) {
    return wrong(fault.message());
  } catch (const Poco::Exception&) {
    return lines.failed() ? portal::unavailable(path + ": " + portal::system_error())
                          : wrong("this is no archive of the audit, or it was changed");
  }
}

}  // namespace portalctl
