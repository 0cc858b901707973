// Templates. The only room that includes ctemplate.
//
// Every template begins with {{%AUTOESCAPE context="HTML"}} (mail/*.txt.tpl: no escaping). All of
// them are read and checked at start and at SIGHUP; a set with one bad file is refused as a whole.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace portal {

// What fills a template: values, sections (shown once per addition), files included by name.
class Data {
 public:
  Data& set(std::string_view name, std::string_view value);
  // {{#NAME}}…{{/NAME}} once more; returns that section's own values. Outer values show through.
  Data& add(std::string_view section);
  // {{>NAME}}: the file `name` (relative to templates.directory). Outer values do not show through,
  // except those set by set_everywhere.
  Data& include(std::string_view name, std::string_view file);
  Data& set_everywhere(std::string_view name, std::string_view value);

 private:
  friend class View;
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, std::string, std::less<>> everywhere_;
  std::deque<std::pair<std::string, Data>> sections_;               // deque: references stay valid
  std::deque<std::pair<std::pair<std::string, std::string>, Data>> includes_;
};

class View {
 public:
  // Reads every *.tpl below `directory`. The error names the file that is missing or broken.
  // `needed`: files (relative paths) that must be among them.
  static Result<std::unique_ptr<View>> load(const std::string& directory,
                                            const std::vector<std::string>& needed);
  ~View();

  // The same again; on error the old set stays. Safe while others render.
  Result<Done> reload();

  // Safe from any number of threads. The error names the template.
  Result<std::string> render(std::string_view file, const Data& data) const;

 private:
  struct Templates;
  View() = default;
  std::string directory_;
  std::vector<std::string> needed_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Templates> templates_;
};

}  // namespace portal
