// What the form says to somebody whose draft is not there any more: never a blank form without a
// word.
#pragma once

#include <optional>

#include "core/draft/current_draft.h"
#include "core/responder/form_view.h"

namespace portal {

// The draft ended before OK was pressed.
Summary time_is_over();

// `has_registration`: OK was pressed in this browser, and the form shows what was registered.
// `nothing_found`: another step sent the browser here because it had nothing to go on with. Nothing
// where nothing is to be said.
std::optional<Summary> notice_of(DraftFate fate, bool has_registration, bool nothing_found);

}  // namespace portal
