// The facts about the operator, as a test of a screen or a mail expects them: those of
// templates/operator.conf. No test writes one down.
#pragma once

#include <string>

#include "core/view/operator_facts.h"

namespace portal::testing_portal {

// "TELEPHONE" → the call centre's number. It throws if there is no such fact.
inline const std::string& fact(const std::string& name) {
  static const auto facts = read_operator_facts(PORTAL_SOURCE_DIR "/templates");
  return facts->at(name);
}

}  // namespace portal::testing_portal
