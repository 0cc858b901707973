// libpq's password file as a unit of systemd gets it.
#include "core/database/engine/password_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace portal {
namespace {

namespace fs = std::filesystem;

TEST(PasswordFile, IsACopyOnlyWhereLibpqWouldIgnoreACredential) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("credentials-" + std::to_string(getpid()));
  fs::create_directories(folder);
  struct Case {
    const char* label;
    fs::path file;
    std::string credentials;
    int mode;
    bool copied;
  };
  for (const Case& c : std::vector<Case>{
           {"systemd 257", folder / "pgpass", folder, 0440, true},
           {"systemd 252", folder / "pgpass", folder, 0400, false},
           {"an administrator's file", folder / "pgpass", "/run/credentials/portal", 0440, false},
           {"a folder that begins alike", folder / "pgpass", folder.string().substr(0, 5), 0440,
            false},
           {"no unit", folder / "pgpass", "", 0440, false},
           {"no file", folder / "none", folder, 0440, false}}) {
    fs::remove(folder / "pgpass");
    std::ofstream(folder / "pgpass") << "db1:5432:portal:portal_web:Himitsu123\n";
    chmod((folder / "pgpass").c_str(), static_cast<mode_t>(c.mode));
    setenv("PGPASSFILE", c.file.c_str(), 1);
    setenv("CREDENTIALS_DIRECTORY", c.credentials.c_str(), 1);
    const std::string path = readable_password_file();
    ASSERT_EQ(path.empty(), !c.copied) << c.label;
    if (!c.copied) continue;
    struct stat found {};
    ASSERT_EQ(stat(path.c_str(), &found), 0);
    EXPECT_TRUE(S_ISREG(found.st_mode));
    EXPECT_EQ(found.st_mode & 0777, 0600U);
    for (int i = 0; i < 2; ++i) {  // libpq reads it for each session
      std::ifstream file(path);
      const std::string lines{std::istreambuf_iterator<char>(file), {}};
      EXPECT_EQ(lines, "db1:5432:portal:portal_web:Himitsu123\n");
    }
  }
  unsetenv("PGPASSFILE");
  unsetenv("CREDENTIALS_DIRECTORY");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace portal
