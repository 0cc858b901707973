// What a program says when it ends in a way that nobody provided for.
#pragma once

namespace portal {

// From now on, an exception that nobody catches ends the program with one line on standard error:
// `portal-form: out of memory: …`. Without memory the exit status is 1; anything else is a fault of
// the program, and it aborts.
void give_reason_at_the_end();

}  // namespace portal
