#include "test_database.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>

namespace portal {
namespace {

namespace fs = std::filesystem;

// Runs it and waits; standard output and error go nowhere.
bool run(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;  // NOLINT: a test's own words
}

std::string postgresql_programs() {
  glob_t found = {};
  std::string folder;
  if (glob("/usr/lib/postgresql/*/bin/initdb", 0, nullptr, &found) == 0) {
    folder = fs::path(found.gl_pathv[found.gl_pathc - 1]).parent_path();
  }
  globfree(&found);
  return folder;
}

// PostgreSQL on a socket in a folder of its own, as a user who is not root.
class Server {
 public:
  Server() : programs_(postgresql_programs()) {
    if (programs_.empty()) return;
    fs::permissions(folder_.path(), fs::perms::all);
    const std::string data = folder_.file("data");
    running_ = run(as_user(programs_ + "/initdb --no-sync -A trust -U portal -D " + data)) &&
               run(as_user(programs_ + "/pg_ctl -w -D " + data + " -l " + folder_.file("log") +
                           " -o '-c fsync=off -c deadlock_timeout=50ms -c listen_addresses= -k " +
                           folder_.file("") + "' start"));
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    if (running_)
      run(as_user(programs_ + "/pg_ctl -m immediate -D " + folder_.file("data") + " stop"));
  }

  bool installed() const { return !programs_.empty(); }
  bool running() const { return running_; }

  std::string new_database() {
    const std::string name = "test" + std::to_string(++databases_);
    const std::string at = "-h " + folder_.file("") + " -U portal ";
    if (!run(programs_ + "/createdb " + at + name)) return "";
    return "host=" + folder_.file("") + " user=portal dbname=" + name;
  }

 private:
  static std::string as_user(const std::string& command) {
    if (geteuid() != 0) return command;
    return "setpriv --reuid=nobody --regid=nogroup --clear-groups " + command;
  }

  Folder folder_;
  std::string programs_;
  bool running_ = false;
  int databases_ = 0;
};

}  // namespace

Folder::Folder() {
  std::string name = fs::temp_directory_path() / "portal-test-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Folder::write(std::string_view name, std::string_view content) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << content;
}

Settings sqlite_settings(const std::string& file) {
  Settings settings;
  static_cast<void>(value(settings.set("database.connection", file)));
  return settings;
}

Database open_database(const Settings& settings, int sessions, std::chrono::milliseconds patience) {
  return {settings, Durability::kRelaxed, sessions, patience};
}

std::optional<Settings> new_postgresql() {
  static Server server;
  if (!server.installed()) return std::nullopt;
  if (!server.running()) throw std::runtime_error("PostgreSQL is installed but does not start");
  Settings settings;
  static_cast<void>(value(settings.set("database.connector", "PostgreSQL")));
  static_cast<void>(value(settings.set("database.connection", server.new_database())));
  return settings;
}

void EachDatabase::SetUp() {
  settings = sqlite_settings(folder.file("portal.db"));
  if (GetParam() == "PostgreSQL") {
    const auto postgresql = new_postgresql();
    if (!postgresql) GTEST_SKIP() << "PostgreSQL is not installed";
    settings = *postgresql;
  }
  database = std::make_unique<Database>(settings, Durability::kRelaxed, 8,
                                        std::chrono::milliseconds(20000));
  EXPECT_GT(value(database->migrate(kMigrations)), 0);
}

Registration a_registration(std::string_view id) {
  const std::string text(id);
  return {.id = text,
          .draft_id = "draft-" + text,
          .signup_hash = "signup-" + text,
          .family_name = "髙﨑",
          .given_name = "花子",
          .number = "契0123456-7-8",
          .phone = "0312345678",
          .email = "Hanako@example.jp",
          .email_key = "hanako@example.jp",
          .password_hash = "$argon2id$",
          .created_at = 1000,
          .expires_at = 2000,
          .activated_at = 0};
}

OutboxRow a_mail(std::string_view id, std::string_view registration_id) {
  return {.id = std::string(id),
          .kind = "activation",
          .registration_id = std::string(registration_id),
          .recipient = "hanako@example.jp",
          .created_at = 1000,
          .next_attempt_at = 1000,
          .attempts = 0};
}

}  // namespace portal
