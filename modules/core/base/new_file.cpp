#include "core/base/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"

namespace portal {
namespace {

Error why_not(const std::string& path) {
  return unavailable(path + ": " + system_error());
}

}  // namespace

NewFile::NewFile(const std::string& file)
    : file_(file), path_(file + ".partial-XXXXXX"), number_(mkostemp(path_.data(), O_CLOEXEC)) {}

NewFile::~NewFile() {
  if (number_ < 0) return;
  ::close(number_);
  if (!published_) ::unlink(path_.c_str());
}

Result<Done> NewFile::publish() {
  if (::fsync(number_) != 0) return why_not(file_);
  if (const auto named = rename(); !named) return named.error();
  published_ = true;
  path_ = file_;
  return sync_folder_of(file_);
}

Result<Done> NewFile::rename() const {
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, file_.c_str(), RENAME_NOREPLACE) == 0) {
    return Done{};
  }
  // Some network file systems do not support RENAME_NOREPLACE; link(2) does not replace a file
  // either.
  const bool linked = errno == EINVAL && ::link(path_.c_str(), file_.c_str()) == 0;
  if (linked && ::unlink(path_.c_str()) == 0) return Done{};
  if (errno == EEXIST) return refused(file_ + " is there already: it is not replaced");
  return why_not(file_);
}

Result<Done> sync_folder_of(const std::string& file) {
  const std::string folder = std::filesystem::absolute(file).parent_path();
  const Descriptor directory(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory && fsync(directory.get()) == 0) return Done{};
  return why_not(folder);
}

}  // namespace portal
