#include "core/mail/maildir.h"

#include <Poco/Environment.h>
#include <Poco/String.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "core/base/activity.h"
#include "core/base/system_error.h"

namespace portal::mail {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags, 0600)) {
    if (number_ < 0) fail("open " + path);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(number_); }  // a failure does not matter: the data have been fsync'ed

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(number_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("write");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (::fsync(number_) != 0) fail("fsync");
  }

 private:
  [[noreturn]] static void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
  }
  int number_;
};

// A file in tmp/. It is removed unless it is moved to new/.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    std::error_code gone;  // after move_to() there is nothing to remove
    fs::remove(path_, gone);
  }
  const std::string& path() const { return path_; }
  void move_to(const std::string& target) const { fs::rename(path_, target); }

 private:
  std::string path_;
};

// seconds.MmicrosecondsPpidQcounter.host. No two deliveries of one host have the same name.
std::string unique_name() {
  using std::chrono::microseconds;
  static std::atomic<unsigned> counter{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto all = std::chrono::duration_cast<microseconds>(now).count();
  std::string host = Poco::Environment::nodeName();
  Poco::replaceInPlace(host, std::string("/"), std::string("\\057"));
  Poco::replaceInPlace(host, std::string(":"), std::string("\\072"));
  return std::to_string(all / 1000000) + ".M" + std::to_string(all % 1000000) + "P" +
         std::to_string(::getpid()) + "Q" + std::to_string(++counter) + "." + host;
}

std::string stored(std::string_view from, std::string_view to, std::string_view message) {
  std::string text = "Return-Path: <" + std::string(from) + ">\nDelivered-To: " + std::string(to);
  text.append("\n").append(message);
  return Poco::replace(text, std::string("\r\n"), std::string("\n"));
}

// A lack of space or descriptors ends by itself; a missing directory or permission does not.
Outcome::Kind kind_of(const std::error_code& error) {
  for (const int passing : {ENOSPC, EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOMEM}) {
    if (error.value() == passing) return Outcome::Kind::kTryLater;
  }
  return Outcome::Kind::kBlocked;
}

}  // namespace

Result<Done> Maildir::prepare(const std::string& directory) {
  std::error_code error;
  const fs::path parent = fs::absolute(directory, error).parent_path();
  fs::create_directories(parent, error);
  for (const std::string& path :
       {directory, directory + "/tmp", directory + "/new", directory + "/cur"}) {
    const bool there = ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST;
    if (!there || ::access(path.c_str(), W_OK | X_OK) != 0) {
      return refused("mail.maildir = " + directory + ": cannot write to " + path + " (" +
                     system_error() + "); name a directory that this user can make or owns");
    }
  }
  return Done{};
}

Outcome Maildir::deliver(std::string_view from, std::string_view to, std::string_view message) {
  const Phase phase(Activity::Kind::kOther, Activity::kDisk);
  const std::string name = unique_name();
  try {
    const Temporary temporary(directory_ + "/tmp/" + name);
    {
      const Descriptor file(temporary.path(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
      file.write(stored(from, to, message));
      file.sync();
    }
    temporary.move_to(directory_ + "/new/" + name);
    Descriptor(directory_ + "/new", O_RDONLY | O_DIRECTORY | O_CLOEXEC).sync();
  } catch (const std::system_error& error) {
    return {kind_of(error.code()), explained(error.what()), MailFault::kOurs};
  }
  return {Outcome::Kind::kDelivered, "new/" + name};
}

}  // namespace portal::mail
