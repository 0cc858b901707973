// Which versions of the schema a program can work with: the numbers of migrations.
//
// No program works with a newer schema than it was built for. A responder works with an older one
// as long as no migration since then needs it. The head of a migration says so, in the line
// `-- needed by: login mailer`, or `-- needed by: nobody`; without that line everybody needs it. So
// an upgrade of several nodes brings the programs first and migrates last, and no node has to be
// taken out meanwhile (conf/install.md).
#pragma once

#include <cstdint>
#include <string_view>

namespace portal {

struct SchemaRange {
  std::int64_t oldest;
  std::int64_t newest;  // the newest file of sql/ when the program was built
};

// `program`: a step's name, or "mailer".
SchemaRange schema_range(std::string_view program);

// Of a program that works with the newest schema only, such as portalctl.
SchemaRange newest_schema();

}  // namespace portal
