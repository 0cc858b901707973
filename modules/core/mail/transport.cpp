#include "core/mail/transport.h"

#include "core/mail/maildir.h"
#include "core/mail/smtp.h"

namespace portal::mail {

std::vector<Outcome> Transport::deliver_all(std::span<const Parcel> parcels) {
  std::vector<Outcome> outcomes;
  for (const Parcel& parcel : parcels) {
    outcomes.push_back(deliver(parcel.from, parcel.to, parcel.message));
    if (outcomes.back().kind != Outcome::Kind::kDelivered) break;
  }
  return outcomes;
}

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
