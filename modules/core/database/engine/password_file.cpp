#include "core/database/engine/password_file.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/base/secret.h"

namespace portal {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool is_credential(std::string_view path) {
  const std::string_view folder = variable("CREDENTIALS_DIRECTORY");
  return !folder.empty() && path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
}

// As libpq looks at it.
bool is_open_to_others(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
         (found.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

}  // namespace

std::string readable_password_file() {
  const std::string path(variable("PGPASSFILE"));
  if (!is_credential(path) || !is_open_to_others(path)) return "";
  std::ifstream file(path);
  std::string lines{std::istreambuf_iterator<char>(file), {}};
  Descriptor copy(memfd_create("pgpass", MFD_CLOEXEC));
  const bool written =
      copy && fchmod(copy.get(), S_IRUSR | S_IWUSR) == 0 &&
      write(copy.get(), lines.data(), lines.size()) == static_cast<ssize_t>(lines.size());
  wipe(lines);
  return written ? "/proc/self/fd/" + std::to_string(copy.release()) : "";
}

}  // namespace portal
