// Templates. The only room that includes ctemplate.
//
// Every page template begins with {{%AUTOESCAPE context="HTML"}}. Templates are read and checked at
// the start and at SIGHUP. If one file is broken, the whole set is refused.
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
#include "core/view/html.h"
#include "core/view/mould.h"
#include "core/view/operator_facts.h"

namespace portal {

// The data of a template: values, sections (shown once for each addition) and included files.
class Data {
 public:
  Data& set(std::string_view name, std::string_view value);
  // Sets a text of the program, in which {NAME} stands for a fact about the operator.
  Data& set_words(std::string_view name, std::string_view words);
  // Shows {{#NAME}}…{{/NAME}} once, with the data around it. This is cheaper than add(), and fits a
  // part that a page has or has not.
  Data& show(std::string_view section);
  // Shows {{#NAME}}…{{/NAME}} once more and returns the section's own data. Outer values are
  // visible in the section.
  Data& add(std::string_view section);
  // Includes `file` (relative to templates.directory) at {{>NAME}} and returns its data. Outer
  // values are not visible in the file.
  Data& include(std::string_view name, std::string_view file);
  // {{>NAME}} becomes an open place of a mould (mould.h).
  Data& include_place(std::string_view name, std::size_t number);

 private:
  friend class View;
  struct Child {
    std::string name;
    std::string file;  // empty if it is a section
    std::unique_ptr<Data> data;
  };
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, std::string, std::less<>> words_;
  std::vector<std::string> shown_;
  std::vector<Child> children_;
};

// A page in the portal's layout, and the source expression of a Content-Security-Policy that allows
// the style sheet within it.
struct StyledPage {
  std::string text;
  std::string style_source;
};

// The same for a page with open places.
struct StyledMould {
  Mould mould;
  std::string style_source;
};

class View {
 public:
  // Which templates are read. All of them are a megabyte of memory, and half of a program's start.
  enum class Reads { kAll, kNeeded };

  // Reads the *.tpl below `directory`, and the facts about the operator there. The files `needed`
  // (relative paths) must be among them. The error names the file that is missing or broken.
  static Result<std::unique_ptr<View>> load(const std::string& directory,
                                            const std::vector<std::string>& needed,
                                            Reads reads = Reads::kAll);
  ~View();

  // Reads all templates again. On an error the old set stays in use. Other threads may render
  // meanwhile.
  Result<Done> reload();
  // A number that changes with each reload. Pages that were rendered before may look different now.
  std::uint64_t edition() const { return edition_; }

  // In every template {{ASSETS}} is the URL of templates/assets with a version, so that browsers
  // may keep the assets for ever. The facts about the operator stand in every template, too. Any
  // number of threads may call this.
  Result<std::string> render(std::string_view file, const Data& data) const;
  // The same for a file with {{FIRST_STYLE}}, where the style sheet assets/first.css stands.
  Result<StyledPage> render_page(std::string_view file, const Data& data) const;

  // The same with open places, for what is rendered again and again. Keep it with the edition that
  // was read before.
  Result<Mould> mould(std::string_view file, const Data& data) const;
  Result<StyledMould> mould_page(std::string_view file, const Data& data) const;
  // What goes into open places, besides escaped(): a template, and what Data::set_words() takes.
  Result<Html> html(std::string_view file, const Data& data) const;
  Html html_of_words(std::string_view words) const;

 private:
  struct Templates;
  static Result<std::shared_ptr<const Templates>> read(const std::string& directory,
                                                       const std::vector<std::string>& needed,
                                                       Reads reads);
  static Result<std::string> expand(const Templates& templates, std::string_view file,
                                    const Data& data);
  std::shared_ptr<const Templates> current() const;

  View() = default;
  std::string directory_;
  std::vector<std::string> needed_;
  Reads reads_ = Reads::kAll;
  std::atomic<std::uint64_t> edition_ = 0;
  mutable std::mutex mutex_;
  std::shared_ptr<const Templates> templates_;
};

// Reads the templates again, as a program does at SIGHUP, and logs `templates_reloaded`, or
// `templates_kept` with the reason.
void reload(View& view);

}  // namespace portal
