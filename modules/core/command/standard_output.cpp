#include "core/command/standard_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <streambuf>
#include <string>

#include "core/base/system_error.h"

namespace portal {
namespace {

constexpr int kNotWritten = 1;
constexpr int kReaderGone = 128 + SIGPIPE;  // what a shell shows of a program that SIGPIPE ends

// Reading from what was to be written to, and the other way round, still fails.
void take_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    const int taken = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (taken != descriptor && taken != -1) close(taken);
  }
}

}  // namespace

// Takes the place of the buffer of std::cout. After the first error it drops everything.
class StandardOutput::Buffer : public std::streambuf {
 public:
  Buffer() : before_(std::cout.rdbuf(this)) {}
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() override {
    sync();
    std::cout.rdbuf(before_);
  }

  int error() const { return error_; }  // errno; 0: none

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
  }

  std::streamsize xsputn(const char* text, std::streamsize size) override {
    pending_.append(text, static_cast<std::size_t>(size));
    const bool line = terminal_ && pending_.find('\n') != std::string::npos;
    if (line || pending_.size() >= kMostPending) sync();
    return size;
  }

  int sync() override {
    for (std::size_t written = 0; error_ == 0 && written < pending_.size();) {
      const auto now = write(STDOUT_FILENO, pending_.data() + written, pending_.size() - written);
      if (now >= 0) {
        written += static_cast<std::size_t>(now);
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    pending_.clear();
    return 0;  // end() tells of the error
  }

 private:
  static constexpr std::size_t kMostPending = 16384;
  std::streambuf* before_;
  const bool terminal_ = isatty(STDOUT_FILENO) == 1;
  std::string pending_;
  int error_ = 0;
};

StandardOutput::StandardOutput() {
  std::fflush(stdout);
  take_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  buffer_ = std::make_unique<Buffer>();
}

StandardOutput::~StandardOutput() = default;

int StandardOutput::end(std::string_view program, int status) {
  std::cout.flush();
  const int error = buffer_->error();
  if (error == 0 || status != 0) return status;
  if (error == EPIPE) return kReaderGone;
  std::cerr << program << ": standard output cannot be written: " << system_error(error) << "\n";
  return kNotWritten;
}

}  // namespace portal
