// How many statements this process has compiled and executed, in all sessions, with those that
// begin and end transactions. On PostgreSQL each of either kind is a round trip to the server.
// Tests hold what a request costs by it.
#pragma once

#include <cstdint>

namespace portal {

struct StatementCounts {
  std::uint64_t compiled = 0;
  std::uint64_t executed = 0;
};
// Between two times.
StatementCounts operator-(const StatementCounts& after, const StatementCounts& before);

StatementCounts statement_counts();

void count_compiled_statement();
void count_executed_statement();

}  // namespace portal
