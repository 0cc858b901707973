#include "portalctl/roster/reading/xlsx/workbook.h"

#include <charconv>
#include <map>
#include <utility>

#include "portalctl/roster/reading/xlsx/cell_text.h"
#include "portalctl/roster/reading/xlsx/xml_events.h"

namespace portalctl::xlsx {
namespace {

using Kind = XmlEvents::Kind;

constexpr std::size_t kMostStringBytes = std::size_t{128} << 20;

int number_of(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Relationship {
  std::string type;  // the last word of its URI: "worksheet"
  std::string target;
};
using Relationships = std::map<std::string, Relationship, std::less<>>;

// The name of a part that another one, in `folder`, refers to: "/xl/a.xml", "a.xml", "../a.xml".
std::string resolved(std::string folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (folder.empty()) continue;
    folder.pop_back();  // its slash
    folder.erase(folder.find_last_of('/') + 1);
  }
  return folder + std::string(target.starts_with("./") ? target.substr(2) : target);
}

// What `part` refers to. `part` is "" for the package itself.
Relationships relationships_of(Package& package, const std::string& part) {
  const auto slash = part.find_last_of('/') + 1;  // 0: there is none
  const std::string folder = part.substr(0, slash);
  Relationships relationships;
  XmlEvents events(package, folder + "_rels/" + part.substr(slash) + ".rels");
  for (Kind kind = events.next(); kind != Kind::kNothing; kind = events.next()) {
    if (kind != Kind::kBegin || events.name() != "Relationship") continue;
    const auto type = events.attribute("Type");
    relationships[std::string(events.attribute("Id"))] = {
        std::string(type.substr(type.find_last_of('/') + 1)),
        resolved(folder, events.attribute("Target"))};
  }
  return relationships;
}

// The part of that type; empty: there is none.
std::string target_of(const Relationships& relationships, std::string_view type) {
  for (const auto& [id, relationship] : relationships) {
    if (relationship.type == type) return relationship.target;
  }
  return "";
}

void read_sheets(Workbook& book, const std::string& part, const Relationships& relationships) {
  XmlEvents events(*book.package, part);
  for (Kind kind = events.next(); kind != Kind::kNothing; kind = events.next()) {
    if (kind != Kind::kBegin) continue;
    if (events.name() == "workbookPr") book.from_1904 = events.is_on("date1904");
    if (events.name() != "sheet") continue;
    const auto found = relationships.find(events.attribute("id"));
    if (found == relationships.end() || found->second.type != "worksheet") continue;
    const auto state = events.attribute("state");
    book.sheets.push_back({std::string(events.attribute("name")), found->second.target,
                           !state.empty() && state != "visible"});
  }
}

void read_strings(Workbook& book, const std::string& part) {
  XmlEvents events(*book.package, part);
  std::size_t bytes = 0;
  for (Kind kind = events.next(); kind != Kind::kNothing; kind = events.next()) {
    if (kind != Kind::kBegin || events.name() != "si") continue;
    book.shared_strings.push_back(read_rich_text(events));
    bytes += sizeof(std::string) + book.shared_strings.back().size();
    if (bytes > kMostStringBytes) throw Damaged("unpacks to more than any roster has");
  }
}

void read_formats(Workbook& book, const std::string& part) {
  XmlEvents events(*book.package, part);
  std::map<int, NumberFormat> own;
  bool of_cells = false;
  for (Kind kind = events.next(); kind != Kind::kNothing; kind = events.next()) {
    const std::string& name = events.name();
    if (name == "cellXfs" && kind != Kind::kText) of_cells = kind == Kind::kBegin;
    if (kind != Kind::kBegin) continue;
    if (name == "numFmt") {
      own[number_of(events.attribute("numFmtId"))] = format_of(events.attribute("formatCode"));
    } else if (name == "xf" && of_cells) {
      const int id = number_of(events.attribute("numFmtId"));
      const auto found = own.find(id);
      book.formats.push_back(found == own.end() ? built_in_format(id) : found->second);
    }
  }
}

}  // namespace

portal::Result<std::unique_ptr<Workbook>> Workbook::open(std::unique_ptr<Package> package) {
  auto book = std::make_unique<Workbook>();
  book->package = std::move(package);
  try {
    const auto part = target_of(relationships_of(*book->package, ""), "officeDocument");
    const auto relationships = relationships_of(*book->package, part);
    read_sheets(*book, part, relationships);
    const auto strings = target_of(relationships, "sharedStrings");
    if (!strings.empty()) read_strings(*book, strings);
    const auto styles = target_of(relationships, "styles");
    if (!styles.empty()) read_formats(*book, styles);
  } catch (const Damaged& damaged) {
    return portal::refused(damaged.what());
  }
  if (book->sheets.empty()) return portal::refused("has no sheet with cells");
  return book;
}

}  // namespace portalctl::xlsx
