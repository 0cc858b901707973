// Standard output, and what a program says when it cannot be written.
//
// A reader that has seen enough (`portalctl mail list | head`) is no fault: the rest is dropped,
// the program does its work to the end, and its exit status is that of any program whose reader has
// gone. Whoever asks for output and cannot have it, because a disk is full or the descriptor is
// closed, is told so: a file that lacks its end must not look like a whole one.
#pragma once

#include <memory>
#include <string_view>

namespace portal {

class StandardOutput {
 public:
  // From now on, for std::cout, and SIGPIPE is ignored. Standard descriptors that are closed are
  // taken, so that no file or connection gets the number of one and the words that are meant for
  // it.
  StandardOutput();
  StandardOutput(const StandardOutput&) = delete;
  StandardOutput& operator=(const StandardOutput&) = delete;
  ~StandardOutput();

  // Writes what is left. Returns the exit status of the program: `status`, or why it cannot be
  // that. A message on standard error begins with the program's name.
  int end(std::string_view program, int status);

 private:
  class Buffer;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace portal
