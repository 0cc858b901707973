// A file that gets its name only when it is complete and on the disk, and that replaces no other
// one.
#pragma once

#include <string>

#include "core/base/result.h"

namespace portal {

// Until it is published it stands beside `file` as `file`.partial-XXXXXX (mode 0600), and is
// removed at the end. Whoever is killed leaves that name behind, never half a file under the right
// one.
class NewFile {
 public:
  explicit NewFile(const std::string& file);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  // False: it could not be made; errno says why.
  bool made() const { return number_ >= 0; }
  const std::string& path() const { return path_; }  // under which it stands now

  // Writes the file to the disk and gives it its name. Errors: kRefused, a file has this name;
  // kUnavailable, the system's reason.
  Result<Done> publish();

 private:
  Result<Done> rename() const;

  std::string file_;
  std::string path_;
  int number_;
  bool published_ = false;
};

// Writes everything to the disk that was done in the folder of `file`: new names, removed names.
Result<Done> sync_folder_of(const std::string& file);

}  // namespace portal
