#include "core/base/settings.h"

#include <Poco/Exception.h>
#include <Poco/NumberParser.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "core/base/properties.h"
#include "core/text/text.h"

namespace portal {
namespace {

using Type = Setting::Type;

// clang-format off
constexpr std::array kTable = {
    Setting{"site.base_url", Type::kUrl, "http://127.0.0.1:8080", "", 0, 0,
            "The address at which users reach the portal, without a slash at the end. Links in mails are built from it only. If it begins with https, cookies are Secure."},
    Setting{"database.connector", Type::kChoice, "SQLite", "SQLite|PostgreSQL", 0, 0,
            "The kind of database: SQLite for one machine, PostgreSQL for several."},
    Setting{"database.connection", Type::kText, "/var/lib/portal/portal.db", "", 0, 0,
            "For SQLite, the path of the file. For PostgreSQL, libpq's connection string without a password: use PGPASSFILE."},
    Setting{"mail.transport", Type::kChoice, "maildir", "maildir|smtp", 0, 0,
            "How mails leave: maildir only stores them in a Maildir (for trials), smtp hands them to a mail relay."},
    Setting{"mail.maildir", Type::kPath, "/var/lib/portal/mail", "", 0, 0,
            "The Maildir for mail.transport = maildir. It is created if it does not exist."},
    Setting{"mail.smtp.host", Type::kText, "localhost", "", 0, 0,
            "The host name of the mail relay. With TLS, the relay's certificate must carry this name."},
    Setting{"mail.smtp.port", Type::kNumber, "25", "", 1, 65535,
            "The port of the mail relay: usually 25, 587 (starttls) or 465 (tls)."},
    Setting{"mail.smtp.security", Type::kChoice, "auto", "auto|none|starttls|tls", 0, 0,
            "How TLS protects the connection to the mail relay. With starttls, a relay that does not offer it is refused. auto is tls at port 465, none for a relay on this machine (localhost, 127.0.0.1, ::1), and else starttls; none must be written for any other relay."},
    Setting{"mail.smtp.client_name", Type::kText, "", "", 0, 0,
            "The name by which the mailer introduces itself to the relay (EHLO). If it is empty, the mailer uses this machine's full name, or its address."},
    Setting{"mail.smtp.username", Type::kText, "", "", 0, 0,
            "The user name for the mail relay. If it is empty, the mailer does not authenticate."},
    Setting{"mail.smtp.password_file", Type::kPath, "", "", 0, 0,
            "The file whose first line is the password for the mail relay."},
    Setting{"mail.smtp.ca_file", Type::kPath, "", "", 0, 0,
            "The PEM file with the authorities that may have signed the relay's certificate. If it is empty, those of the system are used."},
    Setting{"mail.from", Type::kText, "施術所等向け総合ポータルサイト <no-reply@localhost>", "", 0, 0,
            "The sender of all mails: an address, or the name that mail programs show and the address in angle brackets. Users are told to allow mails from its domain."},
    Setting{"mail.bounces", Type::kText, "", "", 0, 0,
            "The address to which mails that cannot be delivered come back. The id of the mail is added to it: bounces+ID@portal.example.jp. If it is empty, they come back to mail.from, without an id."},
    Setting{"mail.limit.address_hour", Type::kNumber, "3", "", 1, 1000000,
            "The most mails that one network causes to one mailbox in an hour by entering its address. More are withheld."},
    Setting{"mail.limit.address_day", Type::kNumber, "10", "", 1, 1000000,
            "The most mails that one network causes to one mailbox in a day by entering its address. More are withheld."},
    Setting{"mail.limit.clinic_hour", Type::kNumber, "30", "", 1, 1000000,
            "The most such mails about one clinic that one network causes in an hour. More wait."},
    Setting{"mail.limit.network_hour", Type::kNumber, "3000", "", 1, 1000000,
            "The most such mails that one network causes in an hour. More wait. Mails caused on this machine itself (loopback) are not counted."},
    Setting{"mail.limit.system_hour", Type::kNumber, "100000", "", 1, 100000000,
            "The number of such mails within an hour, altogether, beyond which an alarm is raised. None waits."},
    Setting{"mail.check_domains", Type::kChoice, "off", "off|on", 0, 0,
            "Whether the form hints at a domain that cannot get mail, by asking the DNS for it. The responder `lookup` then needs a network: see mail.md."},
    Setting{"mail.resolver", Type::kServer, "", "", 0, 0,
            "The DNS server that is asked, as an IPv4 address or ADDRESS:PORT. If it is empty, those of /etc/resolv.conf are asked."},
    Setting{"templates.directory", Type::kPath, "/usr/share/portal/templates", "", 0, 0,
            "The folder of the templates. On SIGHUP the responders read them again."},
    Setting{"password.memory_kib", Type::kNumber, "19456", "", 8, 4194304,
            "The memory of one Argon2id hash, in KiB. OWASP recommends at least 19456, with 2 iterations."},
    Setting{"password.iterations", Type::kNumber, "2", "", 1, 100,
            "The number of passes of Argon2id over that memory."},
    Setting{"password.blocklist", Type::kPath, "/usr/share/portal/conf/password-blocklist.txt", "", 0, 0,
            "The file of the passwords that are too common to be chosen, one a line, without regard to case. On SIGHUP the responders read it again. If it is empty, no password is too common."},
    Setting{"password.network_tries", Type::kNumber, "300", "", 10, 1000000,
            "How many wrong passwords are accepted from one client network in a quarter of an hour. Then everybody there waits until it is over, but for browsers that have logged in before: see limits.md."},
    Setting{"session.idle_minutes", Type::kNumber, "30", "", 1, 1440,
            "A login ends when it has not been used for this many minutes."},
    Setting{"session.lifetime_hours", Type::kNumber, "12", "", 1, 720,
            "A login ends after this many hours, however often it is used."},
    Setting{"roster.most_removals_percent", Type::kNumber, "5", "", 0, 100,
            "If a complete roster would close more than this share of its scope, the import is refused unless --allow-removals is given."},
    Setting{"retention.device_days", Type::kNumber, "400", "", 1, 400,
            "For how many days after its last login a browser is known to its account, so that strangers' wrong passwords do not hold it up. Browsers keep a cookie for 400 days at most."},
    Setting{"retention.mail_days", Type::kNumber, "90", "", 1, 3650,
            "For how many days `portalctl purge` keeps the outcome of each mail."},
    Setting{"retention.event_days", Type::kNumber, "90", "", 1, 3650,
            "For how many days `portalctl purge` keeps the events that `portalctl timeline` shows."},
    Setting{"retention.waiting_days", Type::kNumber, "90", "", 1, 3650,
            "For how many days `portalctl purge` keeps the addresses of people who wait for their clinic to be in the roster."},
    Setting{"backup.directory", Type::kPath, "/var/backups/portal", "", 0, 0,
            "The folder in which backups are made: `portalctl check` says how old the newest file in it is. If it is empty, they are made elsewhere, and nobody looks. See backup.md."},
    Setting{"backup.most_hours", Type::kNumber, "26", "", 1, 8760,
            "How many hours old the newest backup may be."},
    Setting{"desk.base_url", Type::kUrl, "http://127.0.0.1:8081", "", 0, 0,
            "The address at which the call centre reaches the desk, without a slash at the end. A form that comes from another site is refused."},
    Setting{"desk.staff", Type::kText, "", "", 0, 0,
            "The names, separated by commas, of who may look at cases and help at the desk, as the web server tells them (REMOTE_USER). If it is empty, nobody may. See desk.md."},
    Setting{"desk.supervisors", Type::kText, "", "", 0, 0,
            "The names of who may also release, disable and enable accounts at the desk and mend the roster. They need not stand in desk.staff."},
    Setting{"desk.lookups_per_hour", Type::kNumber, "120", "", 1, 100000,
            "How many cases and whole addresses one person may look at in an hour at the desk. Then the desk says when it goes on."},
    Setting{"trusted_proxies", Type::kText, "", "", 0, 0,
            "The addresses or networks (CIDR), separated by commas, whose X-Forwarded-For header (or Forwarded, without it) names the client; `unix:` for a proxy at a Unix socket. Name the proxies alone: no limit by network applies to their own addresses."},
    Setting{"log.level", Type::kChoice, "info", "debug|info|warning|error", 0, 0,
            "The level of the least important lines that are logged."},
    Setting{"log.format", Type::kChoice, "text", "text|json", 0, 0,
            "The form of a log line: key=value text, or JSON."},
    Setting{"metrics.directory", Type::kPath, "", "", 0, 0,
            "The folder in which each program keeps a file of its metrics, for node_exporter's textfile collector. If it is empty, no metrics are written. See monitoring.md."},
};
// clang-format on

const Setting* find(std::string_view name) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [&](const Setting& setting) { return setting.name == name; });
  return found == kTable.end() ? nullptr : &*found;
}

// An IPv4 address, with or without a port.
bool is_server(const std::string& value) {
  const auto colon = std::min(value.find(':'), value.size());
  in_addr address = {};
  if (inet_pton(AF_INET, value.substr(0, colon).c_str(), &address) != 1) return false;
  unsigned port = 0;
  return colon == value.size() ||
         (Poco::NumberParser::tryParseUnsigned(value.substr(colon + 1), port) && port >= 1 &&
          port <= 65535);
}

// Says for the error message what the value must look like. Empty if the value is right.
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
    case Type::kServer:
      return value.empty() || is_server(value) ? "" : "an IPv4 address, or ADDRESS:PORT";
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

// Of a file, read_properties() has seen to it; the environment may have anything.
bool is_text(std::string_view value) {
  return text::valid_utf8(value) && text::printable(value);
}

// What somebody wrote, for a message of one short line.
std::string shown(std::string_view written) {
  constexpr std::size_t kMost = 80;  // bytes
  return text::visible(text::cut(written, kMost)) + (written.size() > kMost ? "…" : "");
}

// PORTAL_DATABASE_CONNECTION for database.connection
std::string variable_of(std::string_view name) {
  std::string variable = "PORTAL_";
  for (const char c : name) {
    variable += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
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
    return refused("unknown setting " + shown(name) + " (see portal.conf(5))");
  }
  const std::string text(value);
  const std::string expected =
      is_text(value) ? complaint(*setting, text) : "UTF-8 text without control characters";
  if (!expected.empty()) {
    return refused(std::string(name) + " = " + shown(value) + ": expected " + expected);
  }
  values_.insert_or_assign(std::string(name), text);
  return Done{};
}

Result<Settings> Settings::load(const std::string& path, const char* const* environment) {
  const auto properties = read_properties(path);
  if (!properties) {
    return refused(properties.error().message +
                   "; correct it, or name another file with --config or PORTAL_CONFIG");
  }
  Settings settings;
  for (const auto& [line, name, value] : *properties) {
    if (const auto done = settings.set(name, value); !done) {
      return refused(path + ", line " + std::to_string(line) + ": " + done.error().message);
    }
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
      "# Remove the # before a line to change it. `portalctl settings` prints this page.\n"
      "# Environment variables override it: PORTAL_DATABASE_CONNECTION for database.connection.\n";
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
