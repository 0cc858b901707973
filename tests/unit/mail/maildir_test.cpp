#include "core/mail/maildir.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>

#include "support.h"

namespace portal::mail {
namespace {

using Kind = Outcome::Kind;
namespace fs = std::filesystem;

constexpr auto kFrom = "no-reply@example.jp";
constexpr auto kTo = "taro@example.jp";

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

TEST(Maildir, IsMadeForItsOwnerOnly) {
  const TemporaryDirectory directory;
  const std::string path = directory.file("some/where/mail");
  ASSERT_TRUE(Maildir::prepare(path));
  ASSERT_TRUE(Maildir::prepare(path)) << "again, when it is there";
  for (const auto* folder : {"", "/tmp", "/new", "/cur"}) EXPECT_EQ(mode_of(path + folder), 0700U);
}

TEST(Maildir, KeepsEachMailOnceInNew) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(Maildir::prepare(directory.path()));
  Maildir maildir(directory.path());
  for (int i = 0; i < 50; ++i) {
    const Outcome outcome = maildir.deliver(kFrom, kTo, "Subject: x\r\n\r\nbody\r\n");
    ASSERT_EQ(outcome.kind, Kind::kDelivered) << outcome.reply;
    EXPECT_TRUE(fs::exists(directory.file(outcome.reply))) << outcome.reply;
  }
  const auto mails = files_in(directory.file("new"));
  EXPECT_EQ(mails.size(), 50U);
  EXPECT_TRUE(files_in(directory.file("tmp")).empty());
  EXPECT_EQ(mode_of(mails.front()), 0600U);
  EXPECT_EQ(content_of(mails.front()),
            "Return-Path: <no-reply@example.jp>\nDelivered-To: taro@example.jp\n"
            "Subject: x\n\nbody\n");
}

TEST(Maildir, FullDiskIsTriedLaterAndLeavesNothing) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(Maildir::prepare(directory.path()));
  const pid_t child = ::fork();  // the limit is for a whole process
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit nothing{0, 0};
    ::setrlimit(RLIMIT_FSIZE, &nothing);
    ::_exit(static_cast<int>(Maildir(directory.path()).deliver(kFrom, kTo, "x").kind));
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(Kind::kTryLater));
  EXPECT_TRUE(files_in(directory.file("tmp")).empty());
  EXPECT_TRUE(files_in(directory.file("new")).empty());
}

TEST(Maildir, MissingFolderBlocks) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(Maildir::prepare(directory.path()));
  fs::remove(directory.file("tmp"));
  const Outcome outcome = Maildir(directory.path()).deliver(kFrom, kTo, "x");
  EXPECT_EQ(outcome.kind, Kind::kBlocked);
  EXPECT_NE(outcome.reply.find("No such file"), std::string::npos) << outcome.reply;
}

TEST(Maildir, WhereAFileLiesIsRefusedAtStart) {
  const TemporaryDirectory directory;
  std::ofstream(directory.file("mail")) << "a file";
  Settings settings;
  ASSERT_TRUE(settings.set("mail.maildir", directory.file("mail")));
  const auto transport = make_transport(settings);
  ASSERT_FALSE(transport);
  EXPECT_NE(transport.error().message.find("mail.maildir"), std::string::npos);
}

}  // namespace
}  // namespace portal::mail
