#include "tools/holdfast/at_fault.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace holdfast::cli {
namespace {

using Names = std::vector<std::string_view>;
using Chosen = std::vector<ChosenOption>;

// The options that each refusal can be about, by its reason; "--child=" is what follows the sign in
// a --child ID=CODE. What is not found has none: it does not say what it was.
const std::map<std::string_view, Names>& OptionsOfRefusals() {
  static const std::map<std::string_view, Names> options = {
      // Facts of a child.
      {"NO_LOCAL_ID", {"--local-id"}},
      {"NO_DAY", {"--on", "--born", "--from", "--planned"}},
      {"FUTURE_DAY", {"--on", "--born"}},
      {"BEFORE_BIRTH", {"--on"}},
      {"NO_SUCH_KIND", {"kind"}},
      {"NEEDS_CODE", {"--code", "--decision"}},
      {"NO_SUCH_CODE", {"--code", "--by", "--party", "--state", "--child=", "--decision"}},
      {"NO_PARALLEL", {"--parallel", "--contingency"}},
      {"NO_HOW", {"--how"}},
      {"NO_SUCH_HOW", {"--how"}},
      {"NO_FREQUENCY", {"--frequency"}},
      {"PARALLEL_AND_CONTINGENCY", {"--parallel"}},
      {"NO_UNTIL", {"--until"}},
      {"NEEDS_UNTIL", {"--until"}},
      {"NO_STATE", {"--state"}},
      {"NEEDS_STATE", {"--state"}},
      {"UNTIL_BEFORE_DAY", {"--until"}},
      {"NEEDS_ENTRY", {"--entry"}},
      {"UNKNOWN_ENTRY", {"--entry"}},
      {"NOTHING_OPEN", {"--on"}},
      {"SEVERAL_OPEN", {"--entry"}},
      {"END_BEFORE_START", {"--on"}},
      {"ANOTHER_SOURCES", {"fact"}},
      {"NO_REASON", {"--reason"}},
      {"NO_NAME", {"--name"}},
      {"NAME_DIFFERS", {"--name"}},
      {"UNKNOWN_CLOCK", {"clock"}},
      {"NO_APPROVER", {"--approve"}},
      {"SAME_PERSON", {"--approve"}},
      // Discrepancies.
      {"KEEP_OR_SAME", {"--keep"}},
      {"NO_PAIR", {"--same"}},
      {"NO_SUCH_VERSION", {"--keep"}},
      // Contact.
      {"NEEDS_PARTY", {"--party"}},
      {"NO_SUCH_PARTY", {"--party"}},
      {"NO_SUCH_WAY", {"--way"}},
      {"NO_SUCH_PURPOSE", {"--purpose"}},
      {"NO_SUCH_STATE", {"--state"}},
      {"NO_SUCH_PERSON", {"--by"}},
      {"NO_SUCH_OUTCOME", {"--outcome"}},
      {"FOREIGN_FIELD",
       {"--way", "--purpose", "--state", "--by", "--outcome", "--review", "--frequency"}},
      {"REVIEW_BEFORE_DAY", {"--review"}},
      {"NEEDS_WORDS", {"--text"}},
      {"BEFORE_START", {"--on"}},
      // Meetings and siblings.
      {"MEETING_WITHDRAWN", {"meeting"}},
      {"MEETING_HELD", {"meeting"}},
      {"MEETING_NOT_HELD", {"meeting"}},
      {"MEETING_CANCELLED", {"meeting"}},
      {"NO_SUCH_MEETING_KIND", {"--kind", "kind"}},
      {"NO_SUCH_TIME", {"--time"}},
      {"NO_CHILDREN", {"--child"}},
      {"TOO_MANY_CHILDREN", {"--child"}},
      {"CHILD_TWICE", {"--child"}},
      {"NO_SUCH_PART", {"--chair", "--invited", "--came", "--decision"}},
      {"NOT_OF_MEETING", {"--decision"}},
      {"NOTHING_DECIDED", {"--decision"}},
      {"NO_SUCH_DECISION", {"--decision"}},
      {"DUE_BEFORE_MEETING", {"--decision"}},
      {"GROUP_FULL", {"--child"}},
      {"NOT_IN_GROUP", {"--child"}},
      {"NO_SUCH_SIBLING_DECISION", {"decision"}},
      {"FEW_SIBLINGS", {"--child"}},
      // Lists.
      {"PAGE_UNKNOWN", {"--page"}},
      {"TOKEN_UNKNOWN", {"--after"}},
      {"TYPE_UNKNOWN", {"--type"}},
      {"STATE_UNKNOWN", {"--state"}},
      // Alerts, aims and sources.
      {"NOT_OPEN", {"id"}},
      {"NO_END", {"--until"}},
      {"END_NOT_AHEAD", {"--until"}},
      {"NOT_AN_AIM", {"clock"}},
      {"LIMIT", {"--limit"}},
      {"LEAD", {"--lead"}},
      {"NOT_A_KIND", {"--kind"}},
      {"NOT_A_NATION", {"--nation"}},
      {"COVERS_NOBODY", {"--covers"}},
      {"NOT_A_CODE", {"--covers"}},
      {"KIND_NOT_THERE", {"--states"}},
      {"OTHER_KIND", {"--kind"}},
  };
  return options;
}

const ChosenOption* Find(const Chosen& chosen, std::string_view name) {
  const auto found = std::ranges::find(chosen, name, &ChosenOption::name);
  return found == chosen.end() ? nullptr : &*found;
}

// "--code", or "--chair, --came" where it may be either.
std::string AmongThese(const Names& names, const Chosen& chosen) {
  std::string given;
  std::string first;
  for (auto name : names) {
    const bool is_of_parts = name.ends_with('=');
    if (is_of_parts) name.remove_suffix(1);
    const auto* option = Find(chosen, name);
    if (option == nullptr) continue;
    if (first.empty()) first = name;
    const bool is_given = std::ranges::any_of(option->values, [&](const std::string& value) {
      return !is_of_parts || value.find('=') != std::string::npos;
    });
    if (is_given) given += (given.empty() ? "" : ", ") + std::string(name);
  }
  return given.empty() ? first : given;
}

// The words of `message` that are written as options are.
std::vector<std::string> OptionsNamedIn(const std::string& message) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz-";
  std::vector<std::string> named;
  for (size_t at = message.find("--"); at != std::string::npos; at = message.find("--", at)) {
    const size_t end = std::min(message.find_first_not_of(kLetters, at), message.size());
    if (end > at + 2) named.push_back(message.substr(at, end - at));
    at = end;
  }
  return named;
}

// The option that was given what `message` quotes: 'VALUE', or the part of it before "=".
std::string GivenWhatIsQuoted(const std::string& message, const Chosen& chosen) {
  for (const auto& option : chosen) {
    for (const auto& value : option.values) {
      const std::string name = value.substr(0, value.find('='));
      for (const auto& text : {value, name}) {
        if (!text.empty() && message.find("'" + text + "'") != std::string::npos)
          return option.name;
      }
    }
  }
  return {};
}

std::string OptionOfUsage(const std::string& message, const Chosen& chosen) {
  const auto named = OptionsNamedIn(message);
  for (const auto& name : named) {
    const auto* option = Find(chosen, name);
    if (option != nullptr && !option->values.empty()) return name;
  }
  auto quoted = GivenWhatIsQuoted(message, chosen);
  if (!quoted.empty()) return quoted;
  return named.empty() ? "" : named.front();
}

}  // namespace

Status WithOptionAtFault(Status status, const Chosen& chosen) {
  if (!status.where.field.empty()) return status;
  if (status.reason == "USAGE") {
    status.where.field = OptionOfUsage(status.message, chosen);
  } else if (const auto row = OptionsOfRefusals().find(status.reason);
             row != OptionsOfRefusals().end()) {
    status.where.field = AmongThese(row->second, chosen);
    status.where.rule = status.reason;
  }
  const std::string& field = status.where.field;
  if (!field.empty() && status.message.find(field) == std::string::npos)
    status.message = field + ": " + status.message;
  return status;
}

}  // namespace holdfast::cli
