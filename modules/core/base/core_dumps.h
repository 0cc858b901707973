// What a program has in memory stays there: passwords, tokens and what people entered are in no
// core file.
#pragma once

namespace portal {

// From now on, no signal makes a core file of this process, neither in a folder nor for a program
// such as systemd-coredump, which the limit alone would not keep from it (core(5)). Other processes
// of the same user cannot look into it either: /proc/PID/mem, environ and fd are root's, as
// ptrace(2) is. What the process itself reads below /proc/self stays readable to it. It ends with
// exec(2). A debugger needs root.
void forbid_core_dumps();

}  // namespace portal
