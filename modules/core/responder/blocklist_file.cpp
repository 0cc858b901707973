#include "core/responder/blocklist_file.h"

#include <array>
#include <fstream>
#include <utility>

#include "core/base/log.h"
#include "core/base/system_error.h"

namespace portal {
namespace {

Result<std::shared_ptr<const PasswordBlocklist>> read_list(const std::string& path) {
  if (path.empty()) return std::make_shared<const PasswordBlocklist>();
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 65536> part{};
  while (file.read(part.data(), part.size()) || file.gcount() > 0) {
    text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  // A folder can be opened, but not read.
  if (!file.is_open() || file.bad()) {
    return refused("password.blocklist = " + path + ": " + system_error());
  }
  auto list = PasswordBlocklist::parse(text);
  if (!list) return refused("password.blocklist = " + path + ": " + list.error().message);
  return std::make_shared<const PasswordBlocklist>(std::move(*list));
}

}  // namespace

Result<std::unique_ptr<BlocklistFile>> BlocklistFile::load(const std::string& path) {
  std::unique_ptr<BlocklistFile> file(new BlocklistFile);
  file->path_ = path;
  if (const auto done = file->reload(); !done) return done.error();
  return file;
}

std::shared_ptr<const PasswordBlocklist> BlocklistFile::list() const {
  const std::lock_guard lock(mutex_);
  return list_;
}

Result<Done> BlocklistFile::reload() {
  auto list = read_list(path_);
  if (!list) return list.error();
  const std::lock_guard lock(mutex_);
  list_ = std::move(*list);
  return Done{};
}

void reload(BlocklistFile& file) {
  if (const auto done = file.reload(); !done) {
    log::error("blocklist_kept", {{"error", done.error().message}});
  }
}

}  // namespace portal
