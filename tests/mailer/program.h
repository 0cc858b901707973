// The program portal-mailer, run as an operator or a mail system does.
#pragma once

#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <Poco/StreamCopier.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "office.h"

namespace portal {

struct Ended {
  int status = 0;
  std::string out, err;
};

class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments)
      : handle_(Poco::Process::launch(PORTAL_BUILD_DIR "/bin/portal-mailer", arguments, &in_, &out_,
                                      &err_)) {}
  void signal(int number) const { ::kill(handle_.id(), number); }
  // Its standard input, whole.
  void feed(const std::string& input) {
    std::signal(SIGPIPE, SIG_IGN);  // it may have ended without reading
    Poco::PipeOutputStream stream(in_);
    stream << input;
    stream.close();
  }
  // Reads until the program closes its standard error; one line of it at a time.
  std::string next_log_line() {
    std::string line;
    std::getline(log_, line);
    return line;
  }
  Ended wait() {
    Ended run;
    Poco::PipeInputStream out(out_);
    Poco::StreamCopier::copyToString(out, run.out);
    Poco::StreamCopier::copyToString(log_, run.err);
    run.status = handle_.wait();
    return run;
  }

 private:
  Poco::Pipe in_, out_, err_;
  Poco::ProcessHandle handle_;
  Poco::PipeInputStream log_{err_};
};

inline Ended run(const std::vector<std::string>& arguments, const std::string& input = "") {
  Program program(arguments);
  program.feed(input);
  return program.wait();
}

// portal.conf for the office's database, with a Maildir beside it.
inline std::string configure(const Office& office, const std::string& more = "") {
  const std::string path = office.directory() + "/portal.conf";
  std::ofstream(path) << office.own_database().lines()
                      << "templates.directory = " PORTAL_SOURCE_DIR "/templates\n"
                      << "mail.maildir = " << office.directory() << "/mail\n"
                      << more;
  return path;
}

}  // namespace portal
