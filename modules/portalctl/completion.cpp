// portalctl completion: words and options of the verbs, for bash.
#include <iostream>
#include <string>

#include "portalctl/help.h"

namespace portalctl {
namespace {

// The words come first, whatever options stand between them: what has been typed of them decides.
// An argument is completed as a file name.
constexpr auto kFunction = R"(
_portalctl() {
  local current=${COMP_WORDS[COMP_CWORD]} typed='' word verb skip='' options='--config --help' next=''
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      --*) [[ " $_portalctl_valued " != *" $word "* ]] || skip=1 ;;
      *) typed+="${typed:+ }$word" ;;
    esac
  done
  [[ -z $skip ]] || { mapfile -t COMPREPLY < <(compgen -f -- "$current"); return; }
  for verb in "${!_portalctl_options[@]}"; do
    [[ $verb != "$typed" && "$typed" != "$verb "* ]] || options+=" ${_portalctl_options[$verb]}"
    if [[ -z $typed ]]; then next+=" ${verb%% *}"; fi
    if [[ -n $typed && $verb == "$typed "* ]]; then verb=${verb#"$typed "}; next+=" ${verb%% *}"; fi
  done
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ -n $next ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$next" -- "$current" | sort -u)
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _portalctl portalctl
)";

// "--yes --reason TEXT" → --yes --reason
std::string names_in(std::string_view options) {
  std::string names;
  for (const auto& word : words_of(options)) {
    if (word.starts_with("--")) names.append(names.empty() ? "" : " ").append(word);
  }
  return names;
}

}  // namespace

int completion(const Invocation&) {
  std::cout << "# bash completion for portalctl; made by `portalctl completion`\n";
  std::cout << "declare -gA _portalctl_options=(\n";
  for (const Verb& verb : verbs()) {
    std::cout << "  ['" << verb.words << "']='" << names_in(verb.options) << "'\n";
  }
  std::cout << ")\n_portalctl_valued='";
  std::string_view space;
  for (const OptionLine& line : option_lines()) {
    if (line.text == nullptr) continue;
    std::cout << space << "--" << line.name;
    space = " ";
  }
  std::cout << "'\n" << kFunction;
  return kDone;
}

}  // namespace portalctl
