#include "portalctl/roster/reading/file_kind.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>

#include "core/text/text.h"
#include "portalctl/roster/reading/encoding.h"

namespace portalctl {
namespace {

using namespace std::string_view_literals;
using portal::refused;
using portal::Result;

constexpr std::size_t kBeginning = 4096;

constexpr std::string_view kWord =
    "is a text document (Word): ask for the list as a workbook or CSV file";
constexpr std::string_view kSlides =
    "is a presentation: ask for the list as a workbook or CSV file";
constexpr std::string_view kUtf16 = "is UTF-16 (\"Unicode text\"): save it as \"CSV UTF-8\"";
constexpr std::string_view kUtf32 = "is UTF-32: save it as \"CSV UTF-8\"";
constexpr std::string_view kArchive = "is an archive: unpack it and import the file that is in it";
constexpr std::string_view kPicture = "is a picture: ask for the workbook, or a CSV file";
constexpr std::string_view kOldExcel =
    "is an old .xls workbook: save it as .xlsx, or as \"CSV UTF-8\"";

struct Magic {
  std::string_view bytes;
  std::string_view is;  // and what to do
  std::size_t at = 0;
};

// The longer ones first where one begins like another.
constexpr std::array kMagic = {
    Magic{"%PDF"sv, "is a PDF: ask for the workbook, or a CSV file"},
    Magic{"\xFF\xFE\x00\x00"sv, kUtf32},
    Magic{"\x00\x00\xFE\xFF"sv, kUtf32},
    Magic{"\xFF\xFE"sv, kUtf16},
    Magic{"\xFE\xFF"sv, kUtf16},
    Magic{"\x09\x08"sv, kOldExcel},
    Magic{"\x09\x04\x06\x00"sv, kOldExcel},
    Magic{"\x09\x02\x06\x00"sv, kOldExcel},
    Magic{"{\\rtf"sv, "is a text document (RTF): ask for the workbook, or a CSV file"},
    Magic{"\x1F\x8B"sv, kArchive},
    Magic{"BZh"sv, kArchive},
    Magic{"\xFD"
          "7zXZ"sv,
          kArchive},
    Magic{"7z\xBC\xAF"sv, kArchive},
    Magic{"Rar!"sv, kArchive},
    Magic{"MSCF"sv, kArchive},
    Magic{"-lh"sv, kArchive, 2},
    Magic{"\x89PNG"sv, kPicture},
    Magic{"\xFF\xD8\xFF"sv, kPicture},
    Magic{"GIF8"sv, kPicture},
    Magic{"II*\x00"sv, kPicture},
    Magic{"MM\x00*"sv, kPicture},
    Magic{"SQLite format 3"sv, "is a database: ask for the list as a workbook or CSV file"},
};

constexpr std::string_view kWebPage =
    "is a web page (HTML), whatever its name says: open it in a spreadsheet program and save it as "
    ".xlsx, or as \"CSV UTF-8\"";

// Text that is no table, by how it begins after white space, in lower case.
constexpr std::array kMarkup = {
    Magic{"<!doctype html"sv, kWebPage},
    Magic{"<html"sv, kWebPage},
    Magic{"<head"sv, kWebPage},
    Magic{"<meta"sv, kWebPage},
    Magic{"<table"sv, kWebPage},
    Magic{"mime-version:"sv,
          "is a web archive (MHT): open it in a spreadsheet program and save it as .xlsx, or as "
          "\"CSV UTF-8\""},
    Magic{"<?xml"sv,
          "is XML: open it in a spreadsheet program and save it as .xlsx, or as \"CSV UTF-8\""},
};

// Containers of old Office files (OLE) have streams of these names.
constexpr std::array kStreams = {
    Magic{"EncryptedPackage"sv,
          "is a workbook that is protected with a password: open it, remove the password, and save "
          "it as .xlsx"},
    Magic{"Workbook"sv, kOldExcel},
    Magic{"Book"sv, kOldExcel},
    Magic{"WordDocument"sv, kWord},
    Magic{"PowerPoint Document"sv, kSlides},
};

// Zip archives of other programs, by a file in them.
constexpr std::array kPackages = {
    Magic{"word/document.xml"sv, kWord},
    Magic{"ppt/presentation.xml"sv, kSlides},
    Magic{"xl/workbook.bin"sv, "is an .xlsb workbook: save it as .xlsx, or as \"CSV UTF-8\""},
    Magic{"Index/Document.iwa"sv,
          "is a document of Numbers or Pages: export it as .xlsx, or as CSV (UTF-8)"},
    Magic{"Index.zip"sv,
          "is a document of Numbers or Pages: export it as .xlsx, or as CSV (UTF-8)"},
};

std::string beginning_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kBeginning, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

bool begins_with(const std::string& text, const Magic& magic) {
  return text.size() > magic.at && std::string_view(text).substr(magic.at).starts_with(magic.bytes);
}

// The text as UTF-16 has it, if it is ASCII.
std::string as_utf16(std::string_view text) {
  std::string wide;
  for (const char c : text) wide.append({c, '\0'});
  return wide;
}

// What an OLE container is. Its directory, with the names of its streams, may be anywhere in it.
std::string kind_of_container(const std::string& path) {
  constexpr std::size_t kMost = std::size_t{64} << 20;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::min<std::size_t>(kMost, std::filesystem::file_size(path)), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  for (const Magic& stream : kStreams) {
    // Names end with a zero.
    if (bytes.find(as_utf16(stream.bytes) + std::string(2, '\0')) != std::string::npos) {
      return std::string(stream.is);
    }
  }
  const std::string name = portal::text::ascii_lower(path);
  if (name.ends_with(".xls")) return std::string(kOldExcel);
  if (name.ends_with(".xlsx") || name.ends_with(".xlsm")) {
    return "is named .xlsx, but is protected with a password, or an old .xls workbook: open it, "
           "remove the password, and save it as .xlsx";
  }
  return "is a file of an old Office program: save it as .xlsx, or as \"CSV UTF-8\"";
}

// Names in archives that Windows made are in CP932.
std::string shown_name(const std::string& name) {
  if (portal::text::valid_utf8(name)) return name;
  return Decoder(Encoding::kCp932).decode(name).value_or(name);
}

std::string kind_of_archive(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNamed = 3;
  std::string shown;
  std::size_t files = 0;
  for (const std::string& name : names) {
    if (name.ends_with('/') || ++files > kMostNamed) continue;
    shown += (shown.empty() ? "" : ", ") + shown_name(name);
  }
  if (files > kMostNamed) shown += " …";
  if (files == 0) return "is an empty zip archive";
  return "is a zip archive with " + shown + " in it: unpack it and import the file that is in it";
}

Result<FileKind> kind_of_zip(const std::string& path) {
  auto opened = xlsx::Package::open(path);
  if (!opened) return opened.error();
  xlsx::Package& package = **opened;
  for (const Magic& other : kPackages) {
    if (package.has(other.bytes)) return refused(std::string(other.is));
  }
  if (package.has_password()) {
    return refused("is a zip archive with a password: unpack it and import the file that is in it");
  }
  if (package.has("xl/workbook.xml") || package.has("_rels/.rels")) {
    return FileKind{std::move(*opened)};
  }
  if (package.has("mimetype")) {
    return refused("is an OpenDocument file (.ods): save it as .xlsx, or as CSV (UTF-8)");
  }
  return refused(kind_of_archive(package.names()));
}

// UTF-16 and UTF-32 without a mark: of ASCII characters, always the same byte of two is a zero, or
// three of four; of some kanji, such as 一, the other one is. A few zeros in a file are faults of
// single rows.
std::string kind_by_zeros(const std::string& beginning) {
  constexpr std::size_t kFew = 16;  // the share of zeros in Japanese text with separators
  constexpr std::size_t kLeast = 4;
  std::size_t zeros = 0;
  std::size_t zeros_at_even = 0;
  for (std::size_t i = 0; i < beginning.size(); ++i) {
    if (beginning[i] != '\0') continue;
    ++zeros;
    zeros_at_even += i % 2 == 0 ? 1 : 0;
  }
  if (zeros < kLeast || zeros * kFew < beginning.size()) return "";
  const std::size_t most = std::max(zeros_at_even, zeros - zeros_at_even);
  if (most * 5 >= zeros * 4) return std::string(kUtf16);
  if (std::ranges::any_of(beginning, [](char c) { return c > '\0' && c < '\t'; })) {
    return "is neither text nor a workbook: ask for an .xlsx workbook, or a CSV file";
  }
  return zeros * 2 > beginning.size() ? std::string(kUtf32) : "";
}

std::string kind_of_text(std::string beginning) {
  if (auto kind = kind_by_zeros(beginning); !kind.empty()) return kind;
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.erase(0, 3);
  beginning.erase(0, beginning.find_first_not_of(" \t\r\n"));
  beginning = portal::text::ascii_lower(beginning);
  for (const Magic& markup : kMarkup) {
    if (begins_with(beginning, markup)) return std::string(markup.is);
  }
  return "";
}

}  // namespace

Result<FileKind> kind_of_file(const std::string& path) {
  const std::string beginning = beginning_of(path);
  if (beginning.empty()) return refused("is empty, or cannot be read");
  if (beginning.starts_with("\xD0\xCF\x11\xE0")) return refused(kind_of_container(path));
  if (beginning.starts_with("PK\x05\x06")) return refused("is an empty zip archive");
  if (beginning.starts_with("PK\x03\x04")) return kind_of_zip(path);
  for (const Magic& magic : kMagic) {
    if (begins_with(beginning, magic)) return refused(std::string(magic.is));
  }
  if (const auto kind = kind_of_text(beginning); !kind.empty()) return refused(kind);
  return FileKind{};
}

}  // namespace portalctl
