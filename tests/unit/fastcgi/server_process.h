// serve() in a child process, on a listening socket that the test holds: as spawn-fcgi or systemd
// do.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <functional>
#include <string>

#include "core/base/descriptor.h"
#include "core/fastcgi/server.h"

namespace portal::fastcgi::testing {

// A directory that is removed with what is in it.
class Directory {
 public:
  Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory();
  std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// Both ends of a pipe, for a word between the test and its child.
class Pipe {
 public:
  Pipe();
  void say() const;
  void hear() const;  // blocks until the other side has said it
  bool hears(int milliseconds) const;
  int writer() const { return writer_.get(); }

 private:
  Descriptor reader_;
  Descriptor writer_;
};

class ServerProcess {
 public:
  struct Options {
    int threads = 1;
    Limits limits;
    Callbacks callbacks;
    Places* places = nullptr;
  };

  ServerProcess(int listener, const Handler& handler, const Options& options);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  pid_t id() const { return id_; }
  void signal(int number) const;

  // Waits for its end, at most ten seconds. As waitpid(2) reports it; -1: it has not ended.
  int wait();

 private:
  pid_t id_;
};

// A socket in a directory, and what the echoing handler answers:
// the fault's number, a line break, METHOD, a line break, the body.
class ServerTest : public ::testing::Test {
 protected:
  ServerTest();
  static std::string echo(Exchange& exchange);

  Directory directory_;
  std::string path_ = directory_.path("socket");
  Descriptor listener_;
};

}  // namespace portal::fastcgi::testing
