// What the tests of the mail room share.
#pragma once

#include <Poco/TemporaryFile.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace portal::mail {

// A directory of this test alone, gone afterwards.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(Poco::TemporaryFile::tempName()) {
    std::filesystem::create_directories(path_);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code error;  // what is left over in /tmp fails no test
    std::filesystem::remove_all(path_, error);
  }
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::filesystem::path> files_in(const std::string& directory) {
  return {std::filesystem::directory_iterator(directory), {}};
}

}  // namespace portal::mail
