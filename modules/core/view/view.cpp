#include "core/view/view.h"

#include <Poco/Checksum.h>
#include <Poco/NumberFormatter.h>
#include <Poco/String.h>
#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_modifiers.h>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/activity.h"
#include "core/base/descriptor.h"
#include "core/base/log.h"
#include "core/base/system_error.h"
#include "core/view/stylesheet.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

// The style sheet that stands within each page, and where it stands.
constexpr std::string_view kStyleFile = "assets/first.css";
constexpr std::string_view kStyleMarker = "{{FIRST_STYLE}}";

// {{>NAME}} that Data::include_place() leaves open. No file has this name.
constexpr std::string_view kOpenPlace = "open place";
constexpr std::string_view kOpenPlaceText = "{{%AUTOESCAPE context=\"HTML\"}}{{PLACE}}";

// Blank lines are removed from pages; mails keep every line.
ctemplate::Strip strip_of(std::string_view file) {
  return file.starts_with("mail/") ? ctemplate::DO_NOT_STRIP : ctemplate::STRIP_BLANK_LINES;
}

ctemplate::TemplateString view_of(std::string_view text) {
  return {text.data(), text.size()};
}

// Paths of the regular files below `directory`, relative to it, in a fixed order.
std::set<std::string> files_below(const fs::path& directory) {
  std::set<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    // Not fs::relative, which asks the system about each folder of each path.
    if (entry->is_regular_file())
      files.insert(entry->path().lexically_relative(directory).string());
  }
  return files;
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string content;
  std::array<char, 16384> part{};
  while (stream.read(part.data(), part.size()) || stream.gcount() > 0) {
    content.append(part.data(), static_cast<std::size_t>(stream.gcount()));
  }
  return content;
}

// 8 hexadecimal digits that change if the name or the content of an asset does, and with them the
// URL of all assets. Nobody gains anything by two sites with the same digits, so that they need not
// be those of a cryptographic hash, which took an eighth of a responder's start.
std::string version_of(const fs::path& assets) {
  Poco::Checksum checksum;  // CRC-32
  for (const std::string& file : files_below(assets)) {
    checksum.update(file + '\0' + content_of(assets / file) + '\0');
  }
  return Poco::toLower(Poco::NumberFormatter::formatHex(checksum.checksum(), 8));
}

// A template with what is the same for every page in place of its marker, filled in once: the style
// sheet of the first screenful, and the operator's facts. HTML gets the facts escaped, plain text
// as they are.
std::string text_of(const fs::path& file, const OperatorFacts& facts, const std::string& style) {
  std::string text = content_of(file);
  Poco::replaceInPlace(text, std::string(kStyleMarker), style);
  const bool html = text.starts_with("{{%AUTOESCAPE");
  for (const auto& [name, fact] : facts) {
    const std::string value = html ? ctemplate::html_escape(fact) : fact;
    Poco::replaceInPlace(text, "{{" + name + "}}", value);
  }
  return text;
}

// Reads a broken template as a file: of a file, ctemplate names it where it complains.
void complain_of(const std::string& directory, const std::string& file) {
  ctemplate::TemplateCache as_files;
  as_files.SetTemplateRootDirectory(directory);
  as_files.LoadTemplate(file, strip_of(file));
}

// {NAME} within our own words becomes the fact. Any other brace is what somebody typed, which the
// words quote.
std::string with_facts(std::string words, const OperatorFacts& facts) {
  constexpr std::string_view kLettersOfNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  std::size_t open = 0;
  while ((open = words.find('{', open)) != std::string::npos) {
    const auto close = words.find_first_not_of(kLettersOfNames, open + 1);
    if (close == std::string::npos || words[close] != '}' || close == open + 1) {
      ++open;
      continue;
    }
    const auto fact = facts.find(words.substr(open + 1, close - open - 1));
    assert(fact != facts.end() && "words with a fact that is none");
    words.replace(open, close + 1 - open, fact->second);
    open += fact->second.size();
  }
  return words;
}

}  // namespace

struct View::Templates {
  ctemplate::TemplateCache cache;  // frozen, so that it reads no file while it renders
  std::set<std::string, std::less<>> files;
  std::string assets;
  OperatorFacts facts;
  std::string style_source;  // what allows the style sheet within the pages
};

Data& Data::set(std::string_view name, std::string_view value) {
  values_.insert_or_assign(std::string(name), std::string(value));
  return *this;
}

Data& Data::set_words(std::string_view name, std::string_view words) {
  words_.insert_or_assign(std::string(name), std::string(words));
  return *this;
}

Data& Data::show(std::string_view section) {
  shown_.emplace_back(section);
  return *this;
}

Data& Data::add(std::string_view section) {
  return include(section, "");
}

Data& Data::include(std::string_view name, std::string_view file) {
  children_.push_back({std::string(name), std::string(file), std::make_unique<Data>()});
  return *children_.back().data;
}

Data& Data::include_place(std::string_view name, std::size_t number) {
  return include(name, kOpenPlace).set("PLACE", open_place(number));
}

Html escaped(std::string_view text) {
  return Html(ctemplate::html_escape(text.data(), text.size()));
}

View::~View() = default;

Result<std::shared_ptr<const View::Templates>> View::read(const std::string& directory,
                                                          const std::vector<std::string>& needed,
                                                          Reads reads) {
  // Otherwise a template that cannot be opened for want of a descriptor would be called missing.
  if (!Descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))) {
    return refused("templates.directory = " + directory + ": " + system_error());
  }
  const auto templates = std::make_shared<Templates>();
  auto facts = read_operator_facts(directory);
  if (!facts) return facts.error();
  templates->facts = std::move(*facts);
  const std::string style = compact_css(content_of(fs::path(directory) / kStyleFile));
  if (style.empty()) {
    return refused("template " + directory + "/" + std::string(kStyleFile) +
                   " is missing; is templates.directory right?");
  }
  templates->style_source = style_source(style);
  for (const std::string& file : needed) {
    std::error_code error;
    if (!fs::is_regular_file(fs::path(directory) / file, error)) {
      return refused("template " + directory + "/" + file +
                     " is missing; is templates.directory right?");
    }
  }
  for (const std::string& file : reads == Reads::kAll
                                     ? files_below(directory)
                                     : std::set<std::string>(needed.begin(), needed.end())) {
    if (!file.ends_with(".tpl")) continue;
    const std::string text = text_of(fs::path(directory) / file, templates->facts, style);
    if (!templates->cache.StringToTemplateCache(file, text, strip_of(file))) {
      complain_of(directory, file);
      return refused("template " + directory + "/" + file + " is broken (see the line above)");
    }
    templates->files.insert(file);
  }
  templates->cache.StringToTemplateCache(std::string(kOpenPlace), std::string(kOpenPlaceText),
                                         strip_of(kOpenPlace));
  templates->cache.Freeze();
  templates->assets = "/assets/" + version_of(fs::path(directory) / "assets");
  return std::shared_ptr<const Templates>(templates);
}

Result<std::unique_ptr<View>> View::load(const std::string& directory,
                                         const std::vector<std::string>& needed, Reads reads) {
  auto templates = read(directory, needed, reads);
  if (!templates) return templates.error();
  std::unique_ptr<View> view(new View);
  view->directory_ = directory;
  view->needed_ = needed;
  view->reads_ = reads;
  view->templates_ = std::move(*templates);
  return view;
}

Result<Done> View::reload() {
  auto templates = read(directory_, needed_, reads_);
  if (!templates) return templates.error();
  const std::lock_guard lock(mutex_);
  templates_ = std::move(*templates);
  ++edition_;
  return Done{};
}

std::shared_ptr<const View::Templates> View::current() const {
  const std::lock_guard lock(mutex_);
  return templates_;
}

Result<std::string> View::render(std::string_view file, const Data& data) const {
  return expand(*current(), file, data);
}

Result<StyledPage> View::render_page(std::string_view file, const Data& data) const {
  const auto templates = current();
  auto text = expand(*templates, file, data);
  if (!text) return text.error();
  return StyledPage{std::move(*text), templates->style_source};
}

Result<Mould> View::mould(std::string_view file, const Data& data) const {
  const auto text = expand(*current(), file, data);
  if (!text) return text.error();
  return Mould(*text);
}

Result<StyledMould> View::mould_page(std::string_view file, const Data& data) const {
  const auto page = render_page(file, data);
  if (!page) return page.error();
  return StyledMould{Mould(page->text), page->style_source};
}

Result<Html> View::html(std::string_view file, const Data& data) const {
  auto text = expand(*current(), file, data);
  if (!text) return text.error();
  return Html(std::move(*text));
}

Html View::html_of_words(std::string_view words) const {
  return escaped(with_facts(std::string(words), current()->facts));
}

Result<std::string> View::expand(const Templates& templates, std::string_view file,
                                 const Data& data) {
  const Phase phase(Activity::Kind::kRender);
  if (!templates.files.contains(file)) return refused("no template " + std::string(file));
  const auto fill = [&](const auto& self, const Data& from,
                        ctemplate::TemplateDictionary& to) -> void {
    for (const auto& [name, value] : from.values_) to.SetValue(view_of(name), view_of(value));
    for (const auto& [name, words] : from.words_) {
      to.SetValue(view_of(name), view_of(with_facts(words, templates.facts)));
    }
    for (const auto& section : from.shown_) to.ShowSection(view_of(section));
    for (const auto& child : from.children_) {
      const bool is_section = child.file.empty();
      auto* inner = is_section ? to.AddSectionDictionary(view_of(child.name))
                               : to.AddIncludeDictionary(view_of(child.name));
      if (!is_section) inner->SetFilename(view_of(child.file));
      self(self, *child.data, *inner);
    }
  };
  ctemplate::TemplateDictionary dictionary("page");
  dictionary.SetTemplateGlobalValueWithoutCopy("ASSETS", view_of(templates.assets));
  fill(fill, data, dictionary);
  std::string page;
  if (!templates.cache.ExpandNoLoad(view_of(file), strip_of(file), &dictionary, nullptr, &page)) {
    return refused("template " + std::string(file) + " includes one that is not there");
  }
  return page;
}

void reload(View& view) {
  if (const auto done = view.reload(); !done) {
    log::error("templates_kept", {{"error", done.error().message}});
  } else {
    log::info("templates_reloaded");
  }
}

}  // namespace portal
