#include "core/database/schema/schema_range.h"

#include <Poco/StringTokenizer.h>

namespace portal {
namespace {

using Poco::StringTokenizer;

constexpr std::int64_t kNewest = PORTAL_SCHEMA_VERSION;
// From CMake: what each migration has in its line `needed by`, in order and between bars.
constexpr const char* kNeededBy = PORTAL_SCHEMA_NEEDED_BY;
constexpr const char* kEverybody = "everybody";

}  // namespace

SchemaRange newest_schema() {
  return {kNewest, kNewest};
}

SchemaRange schema_range(std::string_view program) {
  SchemaRange range = newest_schema();
  const StringTokenizer migrations(kNeededBy, "|");
  while (range.oldest > 1) {
    const StringTokenizer needed_by(migrations[static_cast<std::size_t>(range.oldest - 1)], " ");
    if (needed_by.has(kEverybody) || needed_by.has(std::string(program))) break;
    --range.oldest;
  }
  return range;
}

}  // namespace portal
