#include "server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace portal::fastcgi::testing {
namespace {

constexpr int kPatience = 10'000;  // milliseconds

bool readable(int descriptor, int milliseconds) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds) == 1;
}

}  // namespace

Directory::Directory() : path_(::testing::TempDir() + "fastcgi-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary directory");
}

Directory::~Directory() {
  std::filesystem::remove_all(path_);
}

Pipe::Pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  reader_ = Descriptor(ends[0]);
  writer_ = Descriptor(ends[1]);
}

void Pipe::say() const {
  if (::write(writer_.get(), "!", 1) != 1) throw std::runtime_error("cannot write to the pipe");
}

void Pipe::hear() const {
  if (!hears(kPatience)) throw std::runtime_error("nothing was said");
}

bool Pipe::hears(int milliseconds) const {
  char word = 0;
  return readable(reader_.get(), milliseconds) && ::read(reader_.get(), &word, 1) == 1;
}

ServerProcess::ServerProcess(int listener, const Handler& handler, const Options& options)
    : id_(::fork()) {
  if (id_ < 0) throw std::runtime_error("cannot fork");
  if (id_ == 0) {
    const auto served = serve(listener, options.threads, options.limits, handler, options.callbacks,
                              options.places);
    ::_exit(served ? EXIT_SUCCESS : EXIT_FAILURE);
  }
}

ServerProcess::~ServerProcess() {
  if (id_ <= 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

void ServerProcess::signal(int number) const {
  ::kill(id_, number);
}

int ServerProcess::wait() {
  int status = -1;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatience);
  while (::waitpid(id_, &status, WNOHANG) != id_) {
    if (std::chrono::steady_clock::now() > deadline) return -1;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  id_ = -1;
  return status;
}

ServerTest::ServerTest() {
  const auto socket = listening_socket("unix:" + path_);
  if (!socket) throw std::runtime_error(socket.error().message);
  listener_ = Descriptor(*socket);
}

std::string ServerTest::echo(Exchange& exchange) {
  return std::to_string(static_cast<int>(exchange.fault)) + "\n" +
         std::string(exchange.parameter("REQUEST_METHOD")) + "\n" + exchange.body;
}

}  // namespace portal::fastcgi::testing
