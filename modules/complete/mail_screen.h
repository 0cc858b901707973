// What 申請完了画面 says of the mail with the link: that it is on its way, that it is late, or why
// it could not be delivered and what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "core/database/mail/outbox.h"
#include "core/view/view.h"

namespace portal {

struct MailScreen {
  std::string_view file;  // the template
  std::string_view title;
};

// Chooses the screen, and adds to `data` what it needs. `mail`: the newest mail of the
// registration, or null if it is gone. `paused`: no mail leaves at the moment. `sender_domain` is
// that of mail.from. Only a fault of the recipient's is told as one: nobody reads that an address
// may be wrong because the portal's own relay does not work.
MailScreen mail_screen(const OutboxEntry* mail, bool paused, std::string_view sender_domain,
                       Data& data);

}  // namespace portal
