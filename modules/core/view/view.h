// Templates. The only room that includes ctemplate.
//
// Every page template begins with {{%AUTOESCAPE context="HTML"}}. All of them are read and checked
// at start and at SIGHUP; a set with one bad file is refused as a whole.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/view/operator_facts.h"

namespace portal {

// What fills a template: values, sections (shown once per addition), files included by name.
class Data {
 public:
  Data& set(std::string_view name, std::string_view value);
  // The same with words of our own, in which {NAME} stands for a fact about the operator.
  Data& set_words(std::string_view name, std::string_view words);
  // {{#NAME}}…{{/NAME}} once more; returns that section's own values. Outer values show through.
  Data& add(std::string_view section);
  // {{>NAME}}: `file`, relative to templates.directory. Outer values do not show through.
  Data& include(std::string_view name, std::string_view file);

 private:
  friend class View;
  struct Child {
    std::string name;
    std::string file;  // empty: a section
    std::unique_ptr<Data> data;
  };
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, std::string, std::less<>> words_;
  std::vector<Child> children_;
};

class View {
 public:
  // Reads every *.tpl below `directory`, and the facts about the operator beside them. `needed`:
  // files (relative) that must be among them. The error names the file that is missing or broken.
  static Result<std::unique_ptr<View>> load(const std::string& directory,
                                            const std::vector<std::string>& needed);
  ~View();

  // The same again; on error the old set stays in use. Safe while others render.
  Result<Done> reload();
  // A number that each reload changes: what was rendered before it may look otherwise now.
  std::uint64_t edition() const { return edition_; }

  // {{ASSETS}} is set in every template: the URL of templates/assets with its version, so that
  // browsers may keep what lies below it for ever; and so are the facts about the operator. Safe
  // from any number of threads.
  Result<std::string> render(std::string_view file, const Data& data) const;

 private:
  struct Templates;
  static Result<std::shared_ptr<const Templates>> read(const std::string& directory,
                                                       const std::vector<std::string>& needed);

  View() = default;
  std::string directory_;
  std::vector<std::string> needed_;
  std::atomic<std::uint64_t> edition_ = 0;
  mutable std::mutex mutex_;
  std::shared_ptr<const Templates> templates_;
};

// What a program does at SIGHUP: reads the templates again, and logs `templates_reloaded`, or
// `templates_kept` with the reason.
void reload(View& view);

}  // namespace portal
