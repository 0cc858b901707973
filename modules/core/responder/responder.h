// The skeleton of every responder's main(): options, settings, templates, socket, the FastCGI loop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/command/program.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

struct Responder {
  std::string_view name;  // as in steps.list
  Description description;
  std::vector<std::string> templates;  // of the step; the layout, the error page and what
                                       // draws forms, every step has
  Durability durability = Durability::kFull;
  Frame frame = {};                // of its site
  bool writes = true;              // false: it only reads, so that it can work on a standby
  bool chooses_passwords = false;  // then Site::blocklist is read
  // What must be there before the first request, as prepare_sealing(). Throws if it is not.
  void (*prepare)() = nullptr;
  std::function<std::unique_ptr<Step>(const Site&)> make;
  // Of the log, besides those that every step has: the metrics count them from 0.
  std::vector<std::string_view> events = {};
};

// Exit status: 0 after SIGTERM; 2 for an operator's fault, which one line on standard error names.
int responder_main(int argc, char** argv, const Responder& responder);

}  // namespace portal
