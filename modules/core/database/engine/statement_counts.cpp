#include "core/database/engine/statement_counts.h"

#include <atomic>

namespace portal {
namespace {

std::atomic<std::uint64_t> compiled = 0;
std::atomic<std::uint64_t> executed = 0;

}  // namespace

StatementCounts operator-(const StatementCounts& after, const StatementCounts& before) {
  return {after.compiled - before.compiled, after.executed - before.executed};
}

StatementCounts statement_counts() {
  return {compiled, executed};
}

void count_compiled_statement() {
  compiled.fetch_add(1, std::memory_order_relaxed);
}

void count_executed_statement() {
  executed.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace portal
