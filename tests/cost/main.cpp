// Reads each input at the length that is named, and lets callgrind count the instructions of each:
// tests/cost/linear.sh, which starts this program under valgrind, compares the counts.
#include <valgrind/callgrind.h>

#include <cstdlib>
#include <iostream>

#include "readers.h"

namespace portal::cost {
namespace {

void count(const Case& subject, const std::string& input) {
  const std::string label =
      subject.reader + ", " + subject.shape + " @" + std::to_string(input.size());
  CALLGRIND_ZERO_STATS;
  subject.read(input);
  CALLGRIND_DUMP_STATS_AT(label.c_str());
}

void run(const std::vector<Case>& cases, std::size_t bytes) {
  for (const Case& subject : cases) {
    subject.read(subject.input(bytes / 4));  // whatever is made only once
    count(subject, subject.input(bytes / 2));
    count(subject, subject.input(bytes));
  }
}

}  // namespace
}  // namespace portal::cost

int main(int, char** arguments) {
  using namespace portal::cost;
  // The largest input that nginx and the responders let through; more of files, which have no limit
  // of this kind.
  const auto bytes = std::strtoul(arguments[1], nullptr, 10);
  for (const auto& cases : {of_requests(), of_texts(), of_mails(), of_rosters()}) run(cases, bytes);
}
