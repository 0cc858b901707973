#include "core/base/core_dumps.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

using portal::forbid_core_dumps;

namespace {

// What became of a child that runs `child`, as wait(2) says.
template <class F>
int status_of(const F& child) {
  const pid_t process = fork();
  if (process == 0) {
    child();
    _exit(EXIT_FAILURE);
  }
  int status = 0;
  EXPECT_EQ(waitpid(process, &status, 0), process);
  return status;
}

TEST(CoreDumps, AreForbiddenToThisProcessWhateverItsLimitWas) {
  const int status = status_of([] {
    forbid_core_dumps();
    rlimit limit = {1, 1};
    getrlimit(RLIMIT_CORE, &limit);
    const bool none = limit.rlim_cur == 0 && limit.rlim_max == 0;
    _exit(none && prctl(PR_GET_DUMPABLE) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
}

TEST(CoreDumps, NoneIsMadeOfAProgramThatAborts) {
  const int status = status_of([] {
    forbid_core_dumps();
    std::abort();
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
  EXPECT_FALSE(WCOREDUMP(status));
}

}  // namespace
