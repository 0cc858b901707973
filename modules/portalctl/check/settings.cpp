// The probe of the settings: values that are allowed, but together are hardly what was meant.
#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/loopback.h"
#include "core/base/settings.h"
#include "core/http/client_address.h"
#include "core/mail/address.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/site_url.h"

namespace portalctl {
namespace {

using portal::Settings;

// Pairs of equal strength, from the OWASP Password Storage Cheat Sheet, Argon2id with p = 1.
struct Cost {
  std::int64_t iterations;
  std::int64_t memory_kib;
};
constexpr std::array<Cost, 5> kOwaspLeast = {
    {{1, 47104}, {2, 19456}, {3, 12288}, {4, 9216}, {5, 7168}}};

void look_at_url(const Subject& subject, Findings& findings) {
  const SiteUrl url(subject.settings);
  if (url.https()) return;
  const std::string& text = subject.settings.text("site.base_url");
  if (url.loopback()) {
    findings.push_back(warning("site.base_url = " + text +
                               " leads to this machine alone: for trying out; else https and the "
                               "name that users type"));
  } else {
    findings.push_back(fault("site.base_url = " + text +
                             ": passwords travel in the clear and cookies are not Secure: https "
                             "(a certificate for nginx or Apache costs nothing: certbot)"));
  }
}

void look_at_mail(const Subject& subject, Findings& findings) {
  const Settings& settings = subject.settings;
  const SiteUrl url(settings);
  if (!subject.smtp()) {
    if (url.loopback()) return;
    findings.push_back(
        fault("mail.transport = maildir: no mail leaves this machine, so nobody can "
              "activate: mail.transport = smtp"));
    return;
  }
  const std::string& from = settings.text("mail.from");
  const std::string domain = portal::mail::domain_of_mailbox(from);
  if (domain == "localhost" || domain.find('.') == std::string::npos) {
    findings.push_back(
        fault("mail.from = " + from +
              ": no mail system elsewhere takes it: an address of a domain of yours, "
              "such as no-reply@portal.example.jp"));
  }
  const std::string& security = settings.text("mail.smtp.security");
  const std::string& host = settings.text("mail.smtp.host");
  const auto port = settings.number("mail.smtp.port");
  if (security == "none" && !portal::is_loopback(host)) {
    findings.push_back(warning("mail.smtp.security = none to " + host +
                               ": links that open accounts travel in the clear: auto or tls"));
  }
  if (port == 465 && (security == "none" || security == "starttls")) {
    findings.push_back(fault("mail.smtp.port = 465 with mail.smtp.security = " + security +
                             ": that port speaks TLS from the first byte: tls"));
  }
  if (port == 587 && security == "tls") {
    findings.push_back(
        fault("mail.smtp.port = 587 with mail.smtp.security = tls: that port begins "
              "in the clear: starttls"));
  }
}

void look_at_password(const Subject& subject, Findings& findings) {
  const auto memory = subject.settings.number("password.memory_kib");
  const auto iterations = subject.settings.number("password.iterations");
  const bool enough = std::ranges::any_of(kOwaspLeast, [&](const Cost& least) {
    return iterations >= least.iterations && memory >= least.memory_kib;
  });
  if (enough) return;
  findings.push_back(fault("password.memory_kib = " + std::to_string(memory) +
                           " with password.iterations = " + std::to_string(iterations) +
                           " is under OWASP's least: 19456 with 2"));
}

void look_at_proxies(const Subject& subject, Findings& findings) {
  const std::string& list = subject.settings.text("trusted_proxies");
  const auto proxies = portal::TrustedProxies::parse(list);
  if (!proxies) return findings.push_back(fault(proxies.error().message));
  // This address is reserved for documentation (RFC 5737), so that it is nobody's proxy.
  const auto believes = [&](std::string_view peer) {
    constexpr std::string_view kClaim = "198.51.100.1";
    return proxies->find({.peer = peer, .forwarded_for = kClaim}).client.address() == kClaim ||
           proxies->find({.peer = kClaim}).client.network() == std::nullopt;
  };
  if (believes("192.0.2.1") && believes("203.0.113.1")) {
    findings.push_back(fault("trusted_proxies = " + list +
                             ": everybody is believed, so each may call himself anybody: name your "
                             "proxies alone"));
  }
}

void look_at_log(const Subject& subject, Findings& findings) {
  const std::string& level = subject.settings.text("log.level");
  if (level == "debug") {
    findings.push_back(warning("log.level = debug: for looking for a fault, not for always: info"));
  }
  if (level == "warning" || level == "error") {
    findings.push_back(
        warning("log.level = " + level + ": requests leave no line, nor do mails: info"));
  }
}

// Names the settings that the environment overrides, because the file does not show it.
std::string overrides() {
  std::string names;
  for (const char* const* entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable(*entry);
    if (!variable.starts_with("PORTAL_") || variable.starts_with("PORTAL_CONFIG=")) continue;
    names.append(names.empty() ? ", but the environment's " : ", ");
    names.append(variable.substr(0, variable.find('=')));
  }
  return names.empty() ? "" : names + " count more";
}

}  // namespace

Findings probe_settings(const Subject& subject) {
  Findings findings;
  for (const auto look :
       {look_at_url, look_at_mail, look_at_password, look_at_proxies, look_at_log}) {
    look(subject, findings);
  }
  if (findings.empty()) findings.push_back(ok(subject.settings_path + overrides()));
  return findings;
}

}  // namespace portalctl
