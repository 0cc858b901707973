#include "core/database/schema/private/migration_files.h"

#include <Poco/NumberParser.h>
#include <Poco/RegularExpression.h>
#include <Poco/String.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOnly = "-- only: ";

// "SQLite" for a statement that begins with `-- only: SQLite`. Empty if the first line names
// nothing.
std::string_view only_of(std::string_view statement) {
  if (!statement.starts_with(kOnly)) return "";
  return statement.substr(kOnly.size(), statement.find('\n') - kOnly.size());
}

// Says what is wrong with a file's statements. Empty if nothing is.
std::string complaint(const std::vector<std::string>& statements) {
  if (statements.empty()) return "cannot be read, or has no statement in it";
  for (const std::string& statement : statements) {
    if (!statement.starts_with(kOnly)) continue;
    const auto only = only_of(statement);
    if (only != "SQLite" && only != "PostgreSQL") {
      return "`" + std::string(kOnly) + std::string(only) + "`: expected SQLite or PostgreSQL";
    }
    if (statement.ends_with(std::string(only) + "\n")) {
      return "nothing follows `" + std::string(kOnly) + std::string(only) + "`";
    }
  }
  return "";
}

// Other files, such as roles.sql, are for administrators.
bool may_be_migration(const fs::path& path) {
  return path.extension() == ".sql" && path.filename().string().find_first_of("0123456789") == 0;
}

Result<MigrationFile> read_file(const fs::path& path) {
  static const Poco::RegularExpression pattern("^([0-9]{4})_[a-z0-9_]+\\.sql$");
  MigrationFile file;
  file.name = path.filename();
  std::vector<std::string> parts;
  if (pattern.split(file.name, parts) != 2) {
    return refused(path.string() + ": the name is not NNNN_name.sql");
  }
  file.version = Poco::NumberParser::parse(parts[1]);
  std::ifstream stream(path);
  std::stringstream content;
  content << stream.rdbuf();
  file.statements = split_statements(content.str());
  if (!stream) file.statements.clear();
  if (const auto reason = complaint(file.statements); !reason.empty()) {
    return refused(path.string() + ": " + reason);
  }
  return file;
}

}  // namespace

std::vector<std::string> split_statements(std::string_view sql) {
  std::vector<std::string> statements;
  std::string statement;
  const auto finish = [&] {
    if (!statement.empty()) statements.push_back(std::move(statement));
    statement.clear();
  };
  std::istringstream lines{std::string(sql)};
  for (std::string line; std::getline(lines, line);) {
    const std::string text = Poco::trim(line);
    if (text.empty()) finish();
    const bool comment = text.starts_with("--");
    const bool kept = !comment || (statement.empty() && text.starts_with(kOnly));
    if (!text.empty() && kept) statement.append(comment ? text : line).append("\n");
  }
  finish();
  return statements;
}

bool meant_for(std::string_view statement, std::string_view connector) {
  return !statement.starts_with(kOnly) || only_of(statement) == connector;
}

Result<std::vector<MigrationFile>> read_migrations(const std::string& directory) {
  std::error_code error;
  std::vector<MigrationFile> files;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (!may_be_migration(entry.path())) continue;
    auto file = read_file(entry.path());
    if (!file) return file.error();
    files.push_back(std::move(*file));
  }
  if (error) return not_found(directory + ": " + error.message() + " (name it with --directory)");
  if (files.empty()) {
    return not_found(directory + ": no NNNN_name.sql in it (name the folder with --directory)");
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.version < b.version; });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].version != static_cast<int>(i) + 1) {
      return refused(directory + ": expected number " + std::to_string(i + 1) + ", found " +
                     files[i].name);
    }
  }
  return files;
}

}  // namespace portal
