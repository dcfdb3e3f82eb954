#include "tools/holdfast/completion_command.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

// What the script is made of, by the words of a command, such as "case show"; blank: before any.
struct Words {
  std::map<std::string, std::string> of_command;  // its subcommands and options
  std::set<std::string> with_value;               // options behind which a value stands
  std::map<std::string, std::string> values;      // of "case record --kind", where they are few
};

// The values that an option takes, from a check such as {court,reporter}; blank: any.
std::string ValuesOf(const CLI::Option& option) {
  std::string type = option.get_type_name();
  const auto open = type.find('{');
  const auto close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return "";
  std::string values = type.substr(open + 1, close - open - 1);
  std::ranges::replace(values, ',', ' ');
  return values;
}

void Collect(const CLI::App& command, const std::string& path, Words& words) {
  std::string& of_command = words.of_command[path];
  const auto add = [&](const std::string& word) {
    of_command += (of_command.empty() ? "" : " ") + word;
  };
  for (const auto* group : command.get_subcommands({})) {
    add(group->get_name());
    Collect(*group, path.empty() ? group->get_name() : path + " " + group->get_name(), words);
  }
  for (const auto* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) {
      add("--" + name);
      if (option->get_items_expected_max() == 0) continue;
      words.with_value.insert("--" + name);
      if (const auto values = ValuesOf(*option); !values.empty())
        words.values[path + " --" + name] = values;
    }
  }
}

std::string Joined(const std::set<std::string>& options) {
  std::string joined;
  for (const auto& option : options) joined += (joined.empty() ? "" : " | ") + option;
  return joined;
}

// Words that stand behind an option are no commands; where nothing is known, the shell completes
// names of files.
std::string BashScript(const Words& words) {
  std::string commands;
  std::string branches;
  for (const auto& [path, own] : words.of_command) {
    if (!path.empty()) commands += (commands.empty() ? "" : " | ") + ("'" + path + "'");
    branches += fmt::format("    '{}') words='{}' ;;\n", path, own);
  }
  std::string values;
  for (const auto& [place, known] : words.values)
    values += fmt::format("    '{}') words='{}' ;;\n", place, known);
  const std::string with_value = Joined(words.with_value);
  return fmt::format(R"(# Completes words of holdfast in bash: source <(holdfast completion bash)
_holdfast() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} path='' words='' skip='' at next
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [ -n "$skip" ]; then skip=''; continue; fi
    case "${{COMP_WORDS[at]}}" in {with_value}) skip=yes; continue ;; esac
    next="${{path:+$path }}${{COMP_WORDS[at]}}"
    case "$next" in {commands}) path=$next ;; esac
  done
  case "$path $before" in
{values}    *) case "$before" in {with_value}) COMPREPLY=(); return ;; esac ;;
  esac
  [ -n "$words" ] || case "$path" in
{branches}  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}}
complete -o default -F _holdfast holdfast
)",
                     fmt::arg("with_value", with_value), fmt::arg("commands", commands),
                     fmt::arg("values", values), fmt::arg("branches", branches));
}

}  // namespace

void AddCompletionCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("completion", "Complete words of the command line in a shell");
  group->require_subcommand(1);
  auto* bash = group->add_subcommand("bash", "Print what bash needs to complete words");
  const std::string examples =
      "Example:\n  holdfast completion bash > holdfast.bash && source holdfast.bash";
  group->footer(examples);
  bash->footer(examples);
  bash->callback([&app, &global, &run] {
    run = [&app, &global] {
      Words words;
      Collect(app, "", words);
      const std::string script = BashScript(words);
      return Answer({{"shell", "bash"}, {"script", script}}, script, global);
    };
  });
}

}  // namespace holdfast::cli
