// What 申請完了画面 says of the mail with the link: that it is on its way, that it is late, or why
// it could not be delivered and what to do about it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/database/mail/outbox.h"
#include "core/mail/carriers.h"

namespace portal {

struct MailScreen {
  std::string_view file;  // the template
  std::string_view title;
  std::vector<std::string_view> sections = {};  // what it shows of the template
  std::optional<mail::Carrier> carrier = {};    // whose customer is told where to let the mail in
};

// Chooses the screen. `mail`: the newest mail of the registration, or null if it is gone. `paused`:
// no mail leaves at the moment. Only a fault of the recipient's is told as one: nobody reads that
// an address may be wrong because the portal's own relay does not work.
MailScreen mail_screen(const OutboxEntry* mail, bool paused);

}  // namespace portal
