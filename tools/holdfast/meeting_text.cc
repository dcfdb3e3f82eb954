#include <fmt/format.h>

#include "libs/base/ids.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/meeting_json.h"

namespace holdfast::cli {
namespace {

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string joined;
  for (const auto& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

std::string Line(const char* label, const std::string& text) {
  return text.empty() ? "" : fmt::format("  {:<10} {}\n", label, text);
}

}  // namespace

std::string MeetingsText(
    const google::protobuf::RepeatedPtrField<cases::v1::MeetingSummary>& meetings) {
  std::string text;
  for (const auto& meeting : meetings)
    text += fmt::format("  meeting {} {} {} {}\n", IsoOf(meeting.on()), meeting.kind(),
                        meeting.state(), Hex(meeting.meeting()));
  return text;
}

std::string SiblingsOfCaseText(const cases::v1::CaseView& view) {
  std::string text;
  for (const auto& group : view.siblings())
    text += fmt::format("  siblings {}: {} children{}\n", Hex(group.group()), group.children_size(),
                        group.decision().empty()
                            ? ""
                            : fmt::format(", {} since {}", group.decision(), IsoOf(group.on())));
  return text;
}

std::string MeetingText(const cases::v1::MeetingView& view) {
  const auto& said = view.said();
  std::string text = fmt::format("{} {} of {}, {}\n", said.kind(), Hex(view.meeting()),
                                 view.authority(), view.state());
  if (said.has_planned()) text += Line("planned", IsoOf(said.planned()) + " " + said.time());
  if (said.has_held()) text += Line("held", IsoOf(said.held()));
  text += Line("place", view.place());
  text += Line("chair", said.chair() + (said.chair_independent() ? ", independent" : ""));
  text += Line("invited", Joined(said.invited()));
  text += Line("came", Joined(said.came()));
  for (const auto& named : said.children())
    text += Line("child", Hex(named.child()) + " " + named.code());
  for (const auto& decision : said.decisions()) {
    text += Line("decided", fmt::format("{} {} {} {} {}", decision.what(), decision.code(),
                                        Hex(decision.child()), decision.by(),
                                        decision.has_due() ? "by " + IsoOf(decision.due()) : ""));
  }
  return text + Line("notes", view.notes());
}

std::string SiblingGroupText(const cases::v1::SiblingGroupView& view) {
  std::string text = "siblings " + Hex(view.group()) + "\n";
  for (const auto& sibling : view.children())
    text += Line("child", Hex(sibling.child()) + " of " + sibling.authority());
  for (const auto& decided : view.decisions())
    text += Line("decided", fmt::format("{} {} by {} {}", IsoOf(decided.on()), decided.decision(),
                                        decided.authority(), decided.reason()));
  return text;
}

}  // namespace holdfast::cli
