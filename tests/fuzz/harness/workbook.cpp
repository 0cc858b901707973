// A workbook, by its parts: sheet, shared texts, styles and list of sheets, which a form feed
// separates. Packed here, because no change of a packed file would keep its checksums right.
#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>

#include <sstream>

#include "roster.h"

namespace {

using portal::fuzz::take;

void add(Poco::Zip::Compress& zip, const std::string& name, std::string_view content) {
  std::istringstream stream{std::string(content)};
  zip.addFile(stream, Poco::DateTime(), Poco::Path(name, Poco::Path::PATH_UNIX),
              Poco::Zip::ZipCommon::CM_STORE);
}

std::string packed(std::string_view parts) {
  std::stringstream bytes;
  Poco::Zip::Compress zip(bytes, true);
  add(zip, "_rels/.rels",
      R"(<R><Relationship Id="a" Type="/officeDocument" Target="xl/w.xml"/></R>)");
  add(zip, "xl/_rels/w.xml.rels",
      R"(<R><Relationship Id="s" Type="/worksheet" Target="s.xml"/>)"
      R"(<Relationship Id="t" Type="/sharedStrings" Target="t.xml"/>)"
      R"(<Relationship Id="u" Type="/styles" Target="u.xml"/></R>)");
  add(zip, "xl/s.xml", take(parts, '\f'));
  add(zip, "xl/t.xml", take(parts, '\f'));
  add(zip, "xl/u.xml", take(parts, '\f'));
  const auto sheets = take(parts, '\f');
  add(zip, "xl/w.xml",
      sheets.empty()
          ? R"(<workbook><sheets><sheet name="a" r:id="s" xmlns:r="r"/></sheets></workbook>)"
          : sheets);
  zip.close();
  return bytes.str();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = portal::fuzz::text_of(data, size);
  portal::fuzz::read_roster(text.starts_with("PK") ? std::string(text) : packed(text));
  return 0;
}
