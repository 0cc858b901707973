#include "core/base/last_words.h"

#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "core/base/log.h"
#include "core/base/system_error.h"

namespace portal {
namespace {

iovec piece(std::string_view text) {
  return {const_cast<char*>(text.data()), text.size()};  // writev(2) only reads it
}

// Allocates nothing: there may be nothing left.
void say(std::string_view reason) {
  const std::array<iovec, 5> line = {piece(log::priority(log::Level::kError)),
                                     piece(program_invocation_short_name), piece(": "),
                                     piece(reason), piece("\n")};
  [[maybe_unused]] const auto written = ::writev(STDERR_FILENO, line.data(), line.size());
}

[[noreturn]] void end() {
  try {
    if (const auto exception = std::current_exception()) std::rethrow_exception(exception);
    say("std::terminate was called: this is a fault of the program");
  } catch (const std::bad_alloc&) {
    say(words_of(Shortage::kMemory));
    ::_exit(EXIT_FAILURE);
  } catch (const std::exception& error) {
    say(error.what());
  } catch (...) {
    say("an exception of an unknown kind: this is a fault of the program");
  }
  std::abort();
}

}  // namespace

void give_reason_at_the_end() {
  std::set_terminate(end);
}

}  // namespace portal
