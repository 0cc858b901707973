#include "core/mail/maildir.h"

#include <Poco/Environment.h>
#include <Poco/String.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "core/base/activity.h"
#include "core/base/system_error.h"

namespace portal::mail {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

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
  // The system begins to write it to the disk. Only sync() says whether that succeeds.
  void begin_sync() const { ::sync_file_range(number_, 0, 0, SYNC_FILE_RANGE_WRITE); }
  void sync() const {
    if (::fsync(number_) != 0) fail("fsync");
  }

 private:
  int number_;
};

// The host of unique_name(), read once.
const std::string& host_name() {
  static const std::string name = [] {
    std::string host = Poco::Environment::nodeName();
    Poco::replaceInPlace(host, std::string("/"), std::string("\\057"));
    Poco::replaceInPlace(host, std::string(":"), std::string("\\072"));
    return host;
  }();
  return name;
}

// seconds.MmicrosecondsPpidQcounter.host. No two deliveries of one host have the same name.
std::string unique_name() {
  using std::chrono::microseconds;
  static std::atomic<unsigned> counter{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto all = std::chrono::duration_cast<microseconds>(now).count();
  return std::to_string(all / 1000000) + ".M" + std::to_string(all % 1000000) + "P" +
         std::to_string(::getpid()) + "Q" + std::to_string(++counter) + "." + host_name();
}

// A new file in tmp/. It is removed unless it is moved to new/.
class NewFile {
 public:
  explicit NewFile(const std::string& directory)
      : name_(unique_name()),
        temporary_(directory + "/tmp/" + name_),
        target_(directory + "/new/" + name_),
        file_(temporary_, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!moved_) ::unlink(temporary_.c_str());
  }
  const std::string& name() const { return name_; }
  const Descriptor& file() const { return file_; }
  void move_to_new() {
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("rename " + temporary_);
    moved_ = true;
  }

 private:
  std::string name_;
  std::string temporary_;
  std::string target_;
  Descriptor file_;
  bool moved_ = false;
};

std::string stored(const Parcel& parcel) {
  std::string text;
  text.reserve(parcel.from.size() + parcel.to.size() + parcel.message.size() + 40);
  text.append("Return-Path: <").append(parcel.from).append(">\nDelivered-To: ").append(parcel.to);
  text.append("\n");
  std::string_view left = parcel.message;
  for (auto end = left.find("\r\n"); end != left.npos; end = left.find("\r\n")) {
    text.append(left.substr(0, end)).append("\n");
    left.remove_prefix(end + 2);
  }
  text.append(left);
  return text;
}

// A lack of space or descriptors ends by itself; a missing directory or permission does not.
Outcome::Kind kind_of(const std::error_code& error) {
  for (const int passing : {ENOSPC, EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOMEM}) {
    if (error.value() == passing) return Outcome::Kind::kTryLater;
  }
  return Outcome::Kind::kBlocked;
}

// What prevents it, or nothing.
template <class F>
std::optional<Outcome> trouble_in(const F& work) {
  const Phase phase(Activity::Kind::kOther, Activity::kDisk);
  try {
    work();
    return std::nullopt;
  } catch (const std::system_error& error) {
    return Outcome{kind_of(error.code()), explained(error.what()), MailFault::kOurs};
  }
}

struct Delivery {
  std::unique_ptr<NewFile> file;
  std::optional<Outcome> trouble;
};

// The next part of those that nothing has prevented yet.
template <class F>
void go_on(std::vector<Delivery>& deliveries, const F& part) {
  for (Delivery& delivery : deliveries) {
    if (!delivery.trouble) delivery.trouble = trouble_in([&] { part(*delivery.file); });
  }
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
  const Parcel parcel{std::string(from), std::string(to), std::string(message)};
  return deliver_all({&parcel, 1}).front();
}

std::vector<Outcome> Maildir::deliver_all(std::span<const Parcel> parcels) {
  std::vector<Delivery> deliveries;
  for (const Parcel& parcel : parcels) {
    Delivery& delivery = deliveries.emplace_back();
    delivery.trouble = trouble_in([&] {
      delivery.file = std::make_unique<NewFile>(directory_);
      delivery.file->file().write(stored(parcel));
      if (parcels.size() > 1) delivery.file->file().begin_sync();
    });
    if (delivery.trouble) break;
  }
  go_on(deliveries, [](NewFile& file) { file.file().sync(); });
  go_on(deliveries, [](NewFile& file) { file.move_to_new(); });
  const bool any = std::ranges::any_of(deliveries, [](const auto& d) { return !d.trouble; });
  const auto trouble_of_names = trouble_in([&] {
    if (any) Descriptor(directory_ + "/new", O_RDONLY | O_DIRECTORY | O_CLOEXEC).sync();
  });
  std::vector<Outcome> outcomes;
  for (const Delivery& delivery : deliveries) {
    const auto& trouble = delivery.trouble ? delivery.trouble : trouble_of_names;
    outcomes.push_back(
        trouble ? *trouble : Outcome{Outcome::Kind::kDelivered, "new/" + delivery.file->name()});
  }
  return outcomes;
}

}  // namespace portal::mail
