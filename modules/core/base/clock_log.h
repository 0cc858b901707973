// A ClockLog logs when this machine's clock begins to differ from the system's (clock.h), and when
// it agrees again. A program that serves looks now and then, from one thread.
#pragma once

namespace portal {

class ClockLog {
 public:
  void look();

 private:
  bool differs_ = false;
};

}  // namespace portal
