#include "portalctl/context.h"

#include <cassert>
#include <utility>

#include "core/command/consent.h"
#include "portalctl/options.h"

namespace portalctl {

Context::Context(portal::CommandLine line, std::optional<portal::Settings> settings)
    : line_(std::move(line)), settings_(std::move(settings)) {}

const std::string& Context::argument() const {
  assert(!line_.arguments.empty());
  return line_.arguments.front();
}

bool Context::has(const portal::Option& option) const {
  assert(line_.verb->takes(option));
  return line_.has(option);
}

std::string Context::value(const portal::Option& option) const {
  assert(line_.verb->takes(option));
  return line_.value(option);
}

std::string Context::settings_path() const {
  return portal::settings_path(line_.value(kConfig));
}

const portal::Settings& Context::settings() const {
  assert(settings_);
  return *settings_;
}

portal::Database& Context::database() {
  if (!database_) {
    database_.emplace(settings(), portal::Durability::kFull, 1);
    database_->now();  // from here on system_now() is its time
  }
  return *database_;
}

portal::Result<portal::Done> Context::confirm(const std::string& question) const {
  assert(line_.verb->takes(portal::kYes));
  return portal::confirm(line_, question);
}

std::string Context::reason() const {
  return value(portal::kReason);
}

}  // namespace portalctl
