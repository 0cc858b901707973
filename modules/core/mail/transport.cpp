#include "core/mail/transport.h"

#include "core/mail/maildir.h"
#include "core/mail/smtp.h"

namespace portal::mail {

Result<std::unique_ptr<Transport>> make_transport(const Settings& settings) {
  if (settings.text("mail.transport") == "smtp") {
    auto server = Smtp::server_of(settings);
    if (!server) return server.error();
    return std::unique_ptr<Transport>(std::make_unique<Smtp>(std::move(*server)));
  }
  const std::string& directory = settings.text("mail.maildir");
  if (const auto done = Maildir::prepare(directory); !done) return done.error();
  return std::unique_ptr<Transport>(std::make_unique<Maildir>(directory));
}

}  // namespace portal::mail
