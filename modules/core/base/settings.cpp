#include "core/base/settings.h"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/NumberParser.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <vector>

namespace portal {
namespace {

using Type = Setting::Type;

// clang-format off
constexpr std::array kTable = {
    Setting{"site.base_url", Type::kUrl, "http://127.0.0.1:8080", "", 0, 0,
            "Where users reach the portal, without a slash at the end. Links in mails are built from it only. With https, cookies are Secure."},
    Setting{"database.connector", Type::kChoice, "SQLite", "SQLite|PostgreSQL", 0, 0,
            "The database: SQLite for one machine, PostgreSQL for more."},
    Setting{"database.connection", Type::kText, "/var/lib/portal/portal.db", "", 0, 0,
            "SQLite: the file. PostgreSQL: the connection string (libpq), without a password: use PGPASSFILE."},
    Setting{"mail.transport", Type::kChoice, "maildir", "maildir|smtp", 0, 0,
            "How mails leave: into a Maildir (for trying things out), or to an SMTP server."},
    Setting{"mail.maildir", Type::kPath, "/var/lib/portal/mail", "", 0, 0,
            "The Maildir for mail.transport = maildir. It is made if it is missing."},
    Setting{"mail.smtp.host", Type::kText, "localhost", "", 0, 0,
            "The mail relay; with TLS its certificate must carry this name."},
    Setting{"mail.smtp.port", Type::kNumber, "25", "", 1, 65535,
            "The mail relay's port: 25, 587 (starttls) or 465 (tls)."},
    Setting{"mail.smtp.security", Type::kChoice, "none", "none|starttls|tls", 0, 0,
            "TLS to the mail relay. With starttls, a relay that does not offer it is refused."},
    Setting{"mail.smtp.client_name", Type::kText, "", "", 0, 0,
            "The name by which the mailer introduces itself (EHLO); empty: this machine's full name, or its address."},
    Setting{"mail.smtp.username", Type::kText, "", "", 0, 0,
            "User name at the mail relay; empty: no authentication."},
    Setting{"mail.smtp.password_file", Type::kPath, "", "", 0, 0,
            "File whose first line is the password at the mail relay."},
    Setting{"mail.smtp.ca_file", Type::kPath, "", "", 0, 0,
            "PEM file of the authorities that the relay's certificate must come from; empty: the system's."},
    Setting{"mail.from", Type::kText, "no-reply@localhost", "", 0, 0,
            "The sender's address of all mails. Users are told to allow its domain."},
    Setting{"mail.bounces", Type::kText, "", "", 0, 0,
            "Address that mails which cannot be delivered come back to; each mail's id is added to it: bounces+ID@portal.example.jp. Empty: mail.from, without an id."},
    Setting{"mail.limit.address_hour", Type::kNumber, "3", "", 1, 1000000,
            "How many activation mails and notices one address gets an hour at most; the others are withheld."},
    Setting{"mail.limit.address_day", Type::kNumber, "10", "", 1, 1000000,
            "The same a day."},
    Setting{"mail.limit.clinic_hour", Type::kNumber, "30", "", 1, 1000000,
            "How many activation mails leave an hour for one clinic; the others wait."},
    Setting{"mail.limit.network_hour", Type::kNumber, "300", "", 1, 1000000,
            "How many activation mails leave an hour that one client network has caused; the others wait. This machine's own (loopback) are not counted."},
    Setting{"mail.limit.system_hour", Type::kNumber, "100000", "", 1, 100000000,
            "How many activation mails leave an hour altogether; the others wait."},
    Setting{"templates.directory", Type::kPath, "/usr/share/portal/templates", "", 0, 0,
            "The folder of the templates. SIGHUP makes the responders read them again."},
    Setting{"password.memory_kib", Type::kNumber, "19456", "", 8, 4194304,
            "Argon2id: memory of one hash in KiB. OWASP's least is 19456 with 2 iterations."},
    Setting{"password.iterations", Type::kNumber, "2", "", 1, 100,
            "Argon2id: passes over that memory."},
    Setting{"session.idle_minutes", Type::kNumber, "30", "", 1, 1440,
            "A login ends when it was not used for that many minutes."},
    Setting{"session.lifetime_hours", Type::kNumber, "12", "", 1, 720,
            "A login ends after that many hours, however much it is used."},
    Setting{"roster.most_removals_percent", Type::kNumber, "5", "", 0, 100,
            "A complete roster that would close more than that share of its scope is refused without --allow-removals."},
    Setting{"retention.mail_days", Type::kNumber, "90", "", 1, 3650,
            "How long `portalctl purge` keeps what became of each mail."},
    Setting{"retention.event_days", Type::kNumber, "90", "", 1, 3650,
            "How long it keeps the events that `portalctl timeline` shows."},
    Setting{"retention.waiting_days", Type::kNumber, "90", "", 1, 3650,
            "How long it keeps addresses that wait for their clinic to be in the roster."},
    Setting{"trusted_proxies", Type::kText, "", "", 0, 0,
            "Addresses or networks (CIDR), separated by commas, whose X-Forwarded-For names the client."},
    Setting{"log.level", Type::kChoice, "info", "debug|info|warning|error", 0, 0,
            "The least important lines that are logged."},
    Setting{"log.format", Type::kChoice, "text", "text|json", 0, 0,
            "One event a line, as key=value text or as JSON."},
    Setting{"metrics.directory", Type::kPath, "", "", 0, 0,
            "Where each program keeps a file of its metrics, for node_exporter's textfile collector; empty: nowhere. See monitoring.md."},
};
// clang-format on

const Setting* find(std::string_view name) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [&](const Setting& setting) { return setting.name == name; });
  return found == kTable.end() ? nullptr : &*found;
}

// What a value of this setting must look like, for the error message; empty: the value is right.
std::string complaint(const Setting& setting, const std::string& value) {
  switch (setting.type) {
    case Type::kText:
    case Type::kPath:
      return "";
    case Type::kNumber: {
      Poco::Int64 number = 0;
      if (Poco::NumberParser::tryParse64(value, number) && number >= setting.least &&
          number <= setting.most) {
        return "";
      }
      return "a number from " + std::to_string(setting.least) + " to " +
             std::to_string(setting.most);
    }
    case Type::kChoice: {
      const Poco::StringTokenizer choices(std::string(setting.choices), "|");
      if (choices.has(value)) return "";
      return "one of " + std::string(setting.choices);
    }
    case Type::kUrl: {
      try {
        const Poco::URI url(value);
        const bool web = url.getScheme() == "http" || url.getScheme() == "https";
        if (web && !url.getHost().empty() && url.getPathEtc().empty()) return "";
      } catch (const Poco::SyntaxException&) {
        // falls through to the same complaint
      }
      return "an http or https URL without a path, such as https://portal.example.jp";
    }
  }
  return "";
}

// PORTAL_DATABASE_CONNECTION for database.connection
std::string variable_of(std::string_view name) {
  std::string variable = "PORTAL_";
  for (const char c : name) {
    variable += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
}

void collect(const Poco::Util::AbstractConfiguration& file, const std::string& prefix,
             std::vector<std::string>& names) {
  Poco::Util::AbstractConfiguration::Keys keys;
  file.keys(prefix, keys);
  for (const auto& key : keys) {
    const std::string name = prefix.empty() ? key : prefix + "." + key;
    if (file.hasProperty(name)) names.push_back(name);
    collect(file, name, names);
  }
}

}  // namespace

Settings::Settings() {
  for (const Setting& setting : kTable) {
    values_.emplace(setting.name, setting.fallback);
  }
}

Result<Done> Settings::set(std::string_view name, std::string_view value) {
  const Setting* setting = find(name);
  if (setting == nullptr) {
    return refused("unknown setting " + std::string(name) + " (see portal.conf(5))");
  }
  const std::string text(value);
  if (const std::string expected = complaint(*setting, text); !expected.empty()) {
    return refused(std::string(name) + " = " + text + ": expected " + expected);
  }
  values_.insert_or_assign(std::string(name), text);
  return Done{};
}

Result<Settings> Settings::load(const std::string& path, const char* const* environment) {
  Settings settings;
  try {
    const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> file(
        new Poco::Util::PropertyFileConfiguration(path));
    std::vector<std::string> names;
    collect(*file, "", names);
    for (const auto& name : names) {
      if (const auto done = settings.set(name, file->getRawString(name)); !done) {
        return refused(path + ": " + done.error().message);
      }
    }
  } catch (const Poco::Exception& error) {
    return refused(path + ": cannot be read (" + error.displayText() +
                   "); name the file with --config or PORTAL_CONFIG");
  }
  for (const Setting& setting : kTable) {
    const std::string prefix = variable_of(setting.name) + "=";
    for (const char* const* entry = environment; entry != nullptr && *entry != nullptr; ++entry) {
      const std::string_view text(*entry);
      if (!text.starts_with(prefix)) continue;
      if (const auto done = settings.set(setting.name, text.substr(prefix.size())); !done) {
        return refused("environment " + variable_of(setting.name) + ": " + done.error().message);
      }
    }
  }
  return settings;
}

const std::string& Settings::text(std::string_view name) const {
  const auto found = values_.find(name);
  assert(found != values_.end());
  return found->second;
}

std::int64_t Settings::number(std::string_view name) const {
  return Poco::NumberParser::parse64(text(name));  // checked by set()
}

bool Settings::secure() const {
  return text("site.base_url").starts_with("https:");
}

std::span<const Setting> settings_table() {
  return kTable;
}

std::string settings_reference() {
  std::string reference =
      "# portal.conf: the settings of every program of the portal, with their defaults.\n"
      "# A line without # in front sets one. Made by `portalctl settings`.\n"
      "# PORTAL_DATABASE_CONNECTION in the environment overrides database.connection, and so on.\n";
  for (const Setting& setting : kTable) {
    reference.append("\n# ").append(setting.meaning).append("\n");
    if (setting.type == Type::kChoice) {
      reference.append("# One of ").append(setting.choices).append(".\n");
    }
    if (setting.type == Type::kNumber) {
      reference.append("# From ").append(std::to_string(setting.least));
      reference.append(" to ").append(std::to_string(setting.most)).append(".\n");
    }
    reference.append("#").append(setting.name).append(" = ").append(setting.fallback);
    if (setting.fallback.empty()) reference.pop_back();
    reference.append("\n");
  }
  return reference;
}

std::string settings_path(std::string_view option) {
  if (!option.empty()) return std::string(option);
  if (const char* path = std::getenv("PORTAL_CONFIG"); path != nullptr && *path != '\0')
    return path;
  return "/etc/portal/portal.conf";
}

}  // namespace portal
