// The skeleton of every responder: options, settings, templates, the FastCGI loop, logs, /healthz.
//
// A step hands its factory to responder_main and sees only Request and Response.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

class Step {
 public:
  virtual ~Step() = default;
  // Called from several threads at once.
  virtual Response handle(const Request& request) = 0;
  // About once a second on the main thread: gives back what is not needed while idle.
  virtual void idle() {}
};

struct StepInfo {
  std::string_view name;     // as in steps.list
  std::string_view summary;  // one sentence for --help
  Durability durability = Durability::kFull;
  std::vector<std::string> templates;  // that it needs, besides the layout and the error page
  std::function<std::unique_ptr<Step>(Site&)> make;
};

// main() of a responder. Exit status: 0 after SIGTERM, 2 for a fault of the operator's (one line on
// standard error says which).
int responder_main(int argc, char** argv, const StepInfo& info);

// One request as the web server sent it to the answer as it goes back: checks what contract.md §1
// asks for before the step sees it (400, 403, 405, 413, 415), adds the headers that every answer
// carries, and logs it. For responder_main and the tests.
namespace fastcgi {
struct Exchange;
}
std::string answer(const Site& site, const StepInfo& info, Step& step, fastcgi::Exchange& exchange);

}  // namespace portal
