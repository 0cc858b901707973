// The parts of an .xlsx file, which is a zip archive (ECMA-376 part 2), read with Poco::Zip.
//
// Whatever the archive says of itself, no more than kMostBytes are unpacked from it: an archive can
// be a thousand times smaller than what it unpacks to.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace portalctl::xlsx {

// What is wrong with the archive or with a part of it, in words for an operator. It is thrown by
// everything in this folder, and caught in workbook.cpp and sheet.cpp.
class Damaged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Package {
 public:
  static constexpr std::int64_t kMostBytes = std::int64_t{256} << 20;

  // Error: it is no zip archive, or a damaged one.
  static portal::Result<std::unique_ptr<Package>> open(const std::string& path);
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;
  ~Package();

  bool has(std::string_view part) const;
  // The names of all files in it, as they are stored.
  std::vector<std::string> names() const;
  // True if a file in it can only be read with a password.
  bool has_password() const;

  // The part as a stream, which throws Damaged: while it is read, and if it was not whole. It must
  // not outlive the package.
  std::unique_ptr<std::istream> part(const std::string& name);
  // The first bytes of a part; empty: there is no such part.
  std::string beginning_of(const std::string& name, std::size_t bytes);

 private:
  struct Archive;
  explicit Package(std::string path);

  std::string path_;
  std::unique_ptr<Archive> archive_;
  std::int64_t unpacked_ = 0;
};

}  // namespace portalctl::xlsx
