// What completes the words and options of a program's verbs in bash.
#include <Poco/String.h>

#include <iostream>

#include "core/command/program.h"

namespace portal {
namespace {

// The words come first, whatever options stand between them: what has been typed of them decides.
// An argument is completed as a file name. @NAME: the program; @COMMON: what every verb takes.
constexpr auto kFunction = R"(
_@NAME() {
  local current=${COMP_WORDS[COMP_CWORD]} typed='' word verb skip='' options='@COMMON' next=''
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      --*) [[ " $_@NAME_valued " != *" $word "* ]] || skip=1 ;;
      *) typed+="${typed:+ }$word" ;;
    esac
  done
  [[ -z $skip ]] || { mapfile -t COMPREPLY < <(compgen -f -- "$current"); return; }
  for verb in "${!_@NAME_options[@]}"; do
    [[ $verb != "$typed" && "$typed" != "$verb "* ]] || options+=" ${_@NAME_options[$verb]}"
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
complete -o filenames -F _@NAME @NAME
)";

// --yes --reason
std::string names_of(std::span<const Option> options) {
  std::string names;
  for (const Option& option : options) {
    names.append(names.empty() ? "--" : " --").append(option.name);
  }
  return names;
}

}  // namespace

void print_completion(const Program& program) {
  const std::string variable = "_" + program.name;
  std::cout << "# bash completion for " << program.name << "; made by `" << program.name
            << " completion`\ndeclare -gA " << variable << "_options=(\n";
  for (const VerbUsage* verb : program.verbs) {
    std::cout << "  ['" << verb->words << "']='" << names_of(verb->options) << "'\n";
  }
  auto valued = options_of(program);
  std::erase_if(valued, [](const Option& option) { return !option.takes_value(); });
  std::string function = Poco::replace(std::string(kFunction), "@NAME", program.name.c_str());
  Poco::replaceInPlace(function, "@COMMON", (names_of(program.options) + " --help").c_str());
  std::cout << ")\n" << variable << "_valued='" << names_of(valued) << "'\n" << function;
}

}  // namespace portal
