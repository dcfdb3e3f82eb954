#include "tools/holdfast/meeting_options.h"

#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {
namespace {

// The parts of "a=b,c=d", in order.
std::vector<std::pair<std::string, std::string>> PartsOf(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const size_t sign = part.find('=');
    parts.emplace_back(part.substr(0, sign),
                       sign == std::string::npos ? "" : part.substr(sign + 1));
    at = end + 1;
  }
  return parts;
}

Result<cases::v1::MeetingDecision> ReadDecision(const std::string& text) {
  cases::v1::MeetingDecision decision;
  for (const auto& [name, value] : PartsOf(text)) {
    if (name == "what") {
      decision.set_what(value);
    } else if (name == "code") {
      decision.set_code(value);
    } else if (name == "by") {
      decision.set_by(value);
    } else if (name == "child") {
      const auto child = ReadId("a child", value);
      if (!child) return tl::unexpected(child.error());
      decision.set_child(*child);
    } else if (name == "due") {
      const auto due = ReadDay("--decision due=", value);
      if (!due) return tl::unexpected(due.error());
      *decision.mutable_due() = *due;
    } else {
      return tl::unexpected(Usage("a decision is what=W,code=C,child=ID,by=PART,due=DAY, not '" +
                                  text + "'"));
    }
  }
  return decision;
}

Result<void> ReadChildren(const MeetingOptions& options, cases::v1::MeetingSaid& said) {
  for (const auto& text : options.children) {
    const size_t sign = text.find('=');
    const auto child = ReadId("a child", text.substr(0, sign));
    if (!child) return tl::unexpected(child.error());
    auto& named = *said.add_children();
    named.set_child(*child);
    if (sign != std::string::npos) named.set_code(text.substr(sign + 1));
  }
  return {};
}

}  // namespace

std::shared_ptr<MeetingOptions> NewMeetingOptions(CLI::App& command, bool changes) {
  auto options = std::make_shared<MeetingOptions>();
  command.add_option("--authority", options->authority,
                     "Code of the authority, where KEYS has several");
  if (changes)
    command.add_option("--command-id", options->command_id,
                       "A UUIDv7: the same command sent again is done once");
  return options;
}

void AddSaidOptions(CLI::App& command, MeetingOptions& options) {
  command.add_option("--child", options.children,
                     "Id of a child of the authority, once for each; of a review or panel, with "
                     "this child's code or route: ID=CODE");
  command.add_option("--time", options.time, "When it begins, as HH:MM of Europe/London");
  command.add_option("--chair", options.chair,
                     "Who chairs it: child parent carer relative advocate social_worker "
                     "team_manager reviewer independent_chair panel_member panel_adviser "
                     "legal_adviser health education police reporter safeguarder interpreter "
                     "other");
  command
      .add_option("--chair-independent", options.chair_independent,
                  "Whether the chair stands outside the line management of the cases")
      ->check(CLI::IsMember({"yes", "no"}));
  command.add_option("--invited", options.invited, "Who was invited, in the words of --chair")
      ->delimiter(',');
  command.add_option("--came", options.came, "Who came, in the words of --chair")->delimiter(',');
  command.add_option("--decision", options.decisions,
                     "What was decided and what follows, once for each: "
                     "what=recommendation|agency_decision|plan|match|service_asked, code=C, "
                     "child=ID (without it, all), by=PART, due=DAY, joined by commas");
  command.add_option("--place", options.place, "Where; kept sealed");
  command.add_option("--notes", options.notes, "What was said; kept sealed");
}

Result<cases::v1::MeetingSaid> ReadSaid(const MeetingOptions& options) {
  cases::v1::MeetingSaid said;
  said.set_kind(options.kind);
  said.set_time(options.time);
  said.set_chair(options.chair);
  if (!options.chair_independent.empty())
    said.set_chair_independent(options.chair_independent == "yes");
  if (!options.planned.empty()) {
    const auto planned = ReadDay("the day planned", options.planned);
    if (!planned) return tl::unexpected(planned.error());
    *said.mutable_planned() = *planned;
  }
  if (!options.held.empty()) {
    const auto held = ReadDay("--on", options.held);
    if (!held) return tl::unexpected(held.error());
    *said.mutable_held() = *held;
  }
  for (const auto& part : options.invited) said.add_invited(part);
  for (const auto& part : options.came) said.add_came(part);
  if (const auto read = ReadChildren(options, said); !read) return tl::unexpected(read.error());
  for (const auto& text : options.decisions) {
    const auto decision = ReadDecision(text);
    if (!decision) return tl::unexpected(decision.error());
    *said.add_decisions() = *decision;
  }
  return said;
}

}  // namespace holdfast::cli
