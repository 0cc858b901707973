// Applications that nothing is wrong with, from tests/support/applications: the clinics are
// 契0123456-7-8 and 01234567-8-9. A test changes what it is about.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/form/form.h"

namespace portal::testing_portal {

using Entries = std::vector<std::pair<std::string_view, std::string_view>>;

inline Form with(Form form, const Entries& entries) {
  for (const auto& [name, value] : entries) form.set(name, value);
  return form;
}

inline Form without(Form form, const std::vector<std::string_view>& fields) {
  for (const auto field : fields) form.remove(field);
  return form;
}

// Its lines are FIELD=VALUE, in the order of the form.
inline Form application(const std::string& name) {
  std::ifstream file(PORTAL_SOURCE_DIR "/tests/support/applications/" + name + ".form");
  if (!file) throw std::runtime_error("there is no application " + name);
  Form form;
  for (std::string line; std::getline(file, line);) {
    const auto equals = line.find('=');
    form.set(line.substr(0, equals), line.substr(equals + 1));
  }
  return form;
}

inline Form judo_form() {
  return application("judo");
}
inline Form ahaki_form() {
  return application("ahaki");
}

}  // namespace portal::testing_portal
