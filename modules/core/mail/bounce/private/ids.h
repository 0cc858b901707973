// Which mail of ours a returned mail is about: by the address that it came to, or by the copy that
// it returns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/mail/bounce/private/parts.h"

namespace portal::mail::bounce {

// The id of bounce_address(), from whatever field of the header has that address. `bounces` is
// mail.bounces; empty if there is none.
std::string envelope_id_of(const Fields& header, std::string_view bounces);

// What may be our ids in the copy of the mail: its Message-ID before the @, wherever in the parts
// it stands, quoted or indented; the same bounce address in its header; what the mail answers. The
// most likely one first, and at most 8.
std::vector<std::string> copied_ids_of(const Message& message, std::string_view bounces);

}  // namespace portal::mail::bounce
