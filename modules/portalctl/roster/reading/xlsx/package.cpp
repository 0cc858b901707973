#include "portalctl/roster/reading/xlsx/package.h"

#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <streambuf>
#include <utility>

namespace portalctl::xlsx {
namespace {

// Some programs write \ between folders.
std::string with_slashes(std::string name) {
  std::ranges::replace(name, '\\', '/');
  return name;
}

// Unpacks a part, counts its bytes, and throws where it is not whole. A part of more than
// kLongestToken bytes without `>` is no sheet: an XML parser would gather all of them in memory.
class PartBuffer : public std::streambuf {
 public:
  PartBuffer(const std::string& path, const Poco::Zip::ZipLocalFileHeader& header,
             std::int64_t& unpacked)
      : file_(path, std::ios::binary), zip_(file_, header), unpacked_(unpacked) {}

 protected:
  int_type underflow() override {
    zip_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    const auto count = static_cast<std::size_t>(zip_.gcount());
    if (count == 0) {
      if (zip_.bad() || !zip_.crcValid()) throw Damaged("is damaged, or was not copied to its end");
      return traits_type::eof();
    }
    unpacked_ += static_cast<std::int64_t>(count);
    if (unpacked_ > Package::kMostBytes) throw Damaged("unpacks to more than any roster has");
    const bool ends = std::memchr(bytes_.data(), '>', count) != nullptr;
    token_ = ends ? 0 : token_ + count;
    if (token_ > kLongestToken) throw Damaged("has a cell that is longer than any");
    setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
    return traits_type::to_int_type(bytes_[0]);
  }

 private:
  static constexpr std::size_t kLongestToken = std::size_t{1} << 20;

  std::ifstream file_;
  Poco::Zip::ZipInputStream zip_;
  std::int64_t& unpacked_;
  std::array<char, 64 * 1024> bytes_ = {};
  std::size_t token_ = 0;
};

class PartStream : public std::istream {
 public:
  template <class... Arguments>
  explicit PartStream(Arguments&&... arguments)
      : std::istream(nullptr), buffer_(std::forward<Arguments>(arguments)...) {
    rdbuf(&buffer_);
    exceptions(std::ios::badbit);  // what the buffer throws goes on to the reader
  }

 private:
  PartBuffer buffer_;
};

}  // namespace

struct Package::Archive {
  explicit Archive(std::istream& file) : zip(file) {
    for (auto next = zip.headerBegin(); next != zip.headerEnd(); ++next) {
      parts.emplace(with_slashes(next->first), &next->second);
    }
  }
  Poco::Zip::ZipArchive zip;
  std::map<std::string, const Poco::Zip::ZipLocalFileHeader*, std::less<>> parts;
};

Package::Package(std::string path) : path_(std::move(path)) {
  std::ifstream file(path_, std::ios::binary);
  archive_ = std::make_unique<Archive>(file);
}

Package::~Package() = default;

portal::Result<std::unique_ptr<Package>> Package::open(const std::string& path) {
  try {
    return std::unique_ptr<Package>(new Package(path));
  } catch (const std::exception&) {  // Poco's words do not help: "Assertion violation"
    return portal::refused("is damaged, or was not copied to its end");
  }
}

bool Package::has(std::string_view part) const {
  return archive_->parts.contains(part);
}

std::vector<std::string> Package::names() const {
  std::vector<std::string> names;
  for (const auto& [name, header] : archive_->parts) names.push_back(name);
  return names;
}

bool Package::has_password() const {
  return std::ranges::any_of(archive_->parts,
                             [](const auto& part) { return part.second->isEncrypted(); });
}

std::unique_ptr<std::istream> Package::part(const std::string& name) {
  const auto found = archive_->parts.find(name);
  if (found == archive_->parts.end()) throw Damaged("is damaged: it lacks its part " + name);
  return std::make_unique<PartStream>(path_, *found->second, unpacked_);
}

std::string Package::beginning_of(const std::string& name, std::size_t bytes) {
  if (!has(name)) return "";
  std::string text(bytes, '\0');
  const auto stream = part(name);
  stream->read(text.data(), static_cast<std::streamsize>(bytes));
  text.resize(static_cast<std::size_t>(stream->gcount()));
  return text;
}

}  // namespace portalctl::xlsx
