// What bureaus send.
#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "portalctl/roster/reading/roster_file.h"
#include "readers.h"

namespace portal::cost {
namespace {

namespace fs = std::filesystem;

void read_roster(const std::string& content) {
  std::string path = fs::temp_directory_path() / "cost-XXXXXX";
  const int file = ::mkstemp(path.data());
  if (file < 0) std::abort();
  ::close(file);
  std::ofstream(path, std::ios::binary) << content;
  if (auto roster = portalctl::RosterFile::open(path, {})) {
    for (auto row = (*roster)->next(); row && *row; row = (*roster)->next()) {
    }
  }
  fs::remove(path);
}

const std::string kHeader = "登録記号番号,施術所名\n";
const std::string kRow = "契9900001-0-0,院\n";

// The parts that each workbook has, and those of the test.
struct Book {
  std::string rows;
  std::string strings;
  std::string formats;
  std::string after;  // the rows
};

std::string relationship(const std::string& id, const std::string& type,
                         const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"http://x/" + type + "\" Target=\"" + target +
         "\"/>";
}

void add_part(Poco::Zip::Compress& zip, const std::string& name, const std::string& content) {
  std::istringstream stream(content);
  zip.addFile(stream, Poco::DateTime(), Poco::Path(name, Poco::Path::PATH_UNIX),
              Poco::Zip::ZipCommon::CM_STORE);
}

std::string file_of(const Book& book) {
  std::stringstream bytes;
  Poco::Zip::Compress zip(bytes, true);
  const std::string begin = "<Relationships>";
  const std::string end = "</Relationships>";
  add_part(zip, "_rels/.rels", begin + relationship("a", "officeDocument", "xl/w.xml") + end);
  add_part(zip, "xl/_rels/w.xml.rels",
           begin + relationship("s", "worksheet", "s.xml") +
               relationship("t", "sharedStrings", "t.xml") + relationship("u", "styles", "u.xml") +
               end);
  add_part(zip, "xl/w.xml",
           "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"s\"/></sheets></workbook>");
  add_part(zip, "xl/t.xml", "<sst><si><t>院</t></si>" + book.strings + "</sst>");
  add_part(zip, "xl/u.xml", "<styleSheet>" + book.formats + "</styleSheet>");
  const auto cell = [](const std::string& text) {
    return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  };
  add_part(zip, "xl/s.xml",
           "<worksheet><sheetData><row>" + cell("登録記号番号") + cell("施術所名") + "</row>" +
               book.rows + "</sheetData>" + book.after + "</worksheet>");
  zip.close();
  return bytes.str();
}

std::function<std::string(std::size_t)> book(std::string Book::*part, const std::string& unit,
                                             const std::string& begin = "",
                                             const std::string& end = "") {
  return [=](std::size_t bytes) {
    Book book;
    book.*part = repeated(unit, begin, end)(bytes);
    return file_of(book);
  };
}

}  // namespace

std::vector<Case> of_rosters() {
  std::vector<Case> cases;
  const auto csv = [&](const char* shape, auto input) {
    cases.push_back({"CSV", shape, input, read_roster});
  };
  csv("rows", repeated(kRow, kHeader));
  csv("rows without a header", repeated(kRow));
  csv("empty lines", repeated("\n", kHeader));
  csv("carriage returns", repeated("\r", kHeader));
  csv("commas", repeated(",", kHeader));
  csv("one long cell", repeated("a", kHeader + "契9900001-0-0,"));
  csv("quotes", repeated("\"", kHeader));
  csv("open quotes, a line each", repeated("\"\n", kHeader));
  csv("open quotes in rows", repeated("契9900001-0-0,\"院\n", kHeader));
  csv("formulas", repeated("=\"a\",", kHeader));
  csv("many columns", repeated("a,", "", "\n" + kRow));
  csv("many digits", repeated("9", kHeader, ",院\n"));
  csv("dates", repeated("契9900001-0-0,院,令和6年4月1日\n", "登録記号番号,施術所名,登録年月日\n"));
  csv("bytes of no encoding", repeated("\xFF\n", kHeader));
  csv("Shift_JIS",
      repeated(
          "\x8C\x5F"
          "9900001-0-0,\x89\x40\n",
          "\x93\x6F\x98\x5E\x8B\x4C\x8D\x86\x94\xD4\x8D\x86,\x8E\x7B\x8F\x70\x8F\x8A\x96\xBC\n"));

  const auto workbook = [&](const char* shape, auto input) {
    cases.push_back({"workbook", shape, input, read_roster});
  };
  workbook("rows", book(&Book::rows, "<row><c><v>1</v></c><c t=\"s\"><v>0</v></c></row>"));
  workbook("empty rows", book(&Book::rows, "<row/>"));
  workbook("cells of one row", book(&Book::rows, "<c><v>1</v></c>", "<row>", "</row>"));
  workbook("a long cell", book(&Book::rows, "a", "<row><c t=\"str\"><v>", "</v></c></row>"));
  workbook("escapes in a cell",
           book(&Book::rows, "_x0041_", "<row><c t=\"str\"><v>", "</v></c></row>"));
  workbook("half escapes", book(&Book::rows, "_x", "<row><c t=\"str\"><v>", "</v></c></row>"));
  workbook("long numbers",
           book(&Book::rows, "<row><c><v>123456789012345678901234567890</v></c></row>"));
  workbook("attributes", book(&Book::rows, "<row r=\"1\" s=\"2\" ht=\"3\" a=\"4\"/>"));
  workbook("entities", book(&Book::rows, "&amp;", "<row><c t=\"str\"><v>", "</v></c></row>"));
  workbook("a deep tree", book(&Book::rows, "<a>"));
  workbook("shared texts", book(&Book::strings, "<si><t>a</t></si>"));
  workbook("a shared text in many runs", book(&Book::strings, "<r><t>a</t></r>", "<si>", "</si>"));
  workbook("formats", book(&Book::formats, "<numFmt numFmtId=\"170\" formatCode=\"0-0\"/>"));
  workbook("a long format",
           book(&Book::formats, "\\a\"b\"", "<numFmt numFmtId=\"170\" formatCode=\"", "\"/>"));
  workbook("merged cells", book(&Book::after, "<mergeCell ref=\"A2:A9\"/>"));
  workbook("hidden columns", book(&Book::after, "<col min=\"1\" max=\"9\" hidden=\"1\"/>"));
  return cases;
}

}  // namespace portal::cost
