#include "test_database.h"

#include <cstdlib>
#include <fstream>

#include "postgresql_server.h"

namespace portal {

namespace fs = std::filesystem;

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
  if (!PostgreSQLServer::installed()) return std::nullopt;
  static PostgreSQLServer server;
  static const bool running = server.start();
  if (!running) throw std::runtime_error("PostgreSQL is installed but does not start");
  return postgresql_settings(server.new_database());
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
