#include "tools/holdfast/meeting_json.h"

#include "libs/base/ids.h"
#include "libs/permanence/dates.h"

namespace holdfast::cli {
namespace {

using Summaries = google::protobuf::RepeatedPtrField<cases::v1::MeetingSummary>;

Json ChildrenJson(const google::protobuf::RepeatedPtrField<cases::v1::Sibling>& children) {
  Json shown = Json::array();
  for (const auto& sibling : children)
    shown.push_back({{"child", Hex(sibling.child())}, {"authority", sibling.authority()}});
  return shown;
}

Json DecisionsJson(const cases::v1::MeetingSaid& said) {
  Json decisions = Json::array();
  for (const auto& decision : said.decisions()) {
    decisions.push_back(
        {{"child", decision.child().empty() ? Json(nullptr) : Json(Hex(decision.child()))},
         {"what", TextJson(decision.what())},
         {"code", TextJson(decision.code())},
         {"by", TextJson(decision.by())},
         {"due", DayJson(decision.has_due(), decision.due())}});
  }
  return decisions;
}

Json ListJson(const google::protobuf::RepeatedPtrField<std::string>& words) {
  Json list = Json::array();
  for (const auto& word : words) list.push_back(word);
  return list;
}

}  // namespace

Json MeetingsJson(const Summaries& meetings) {
  Json shown = Json::array();
  for (const auto& meeting : meetings) {
    shown.push_back({{"meeting", Hex(meeting.meeting())},
                     {"kind", meeting.kind()},
                     {"on", DayJson(meeting.has_on(), meeting.on())},
                     {"state", meeting.state()}});
  }
  return shown;
}

Json SiblingsOfCaseJson(const cases::v1::CaseView& view) {
  Json siblings = Json::array();
  for (const auto& group : view.siblings()) {
    siblings.push_back({{"group", Hex(group.group())},
                        {"decision", TextJson(group.decision())},
                        {"on", DayJson(group.has_on(), group.on())},
                        {"review", DayJson(group.has_review(), group.review())},
                        {"children", ChildrenJson(group.children())}});
  }
  return siblings;
}

Json MeetingJson(const cases::v1::MeetingView& view) {
  const auto& said = view.said();
  Json children = Json::array();
  for (const auto& named : said.children())
    children.push_back({{"child", Hex(named.child())}, {"code", TextJson(named.code())}});
  return {{"meeting", Hex(view.meeting())},
          {"authority", view.authority()},
          {"kind", said.kind()},
          {"state", view.state()},
          {"planned", DayJson(said.has_planned(), said.planned())},
          {"time", TextJson(said.time())},
          {"held", DayJson(said.has_held(), said.held())},
          {"chair", TextJson(said.chair())},
          {"chair_independent",
           said.has_chair_independent() ? Json(said.chair_independent()) : Json(nullptr)},
          {"invited", ListJson(said.invited())},
          {"came", ListJson(said.came())},
          {"children", std::move(children)},
          {"decisions", DecisionsJson(said)},
          {"place", TextJson(view.place())},
          {"notes", TextJson(view.notes())},
          {"told", view.told()}};
}

Json SiblingGroupJson(const cases::v1::SiblingGroupView& view) {
  Json decisions = Json::array();
  for (const auto& decided : view.decisions()) {
    Json children = Json::array();
    for (const auto& child : decided.children()) children.push_back(Hex(child));
    decisions.push_back({{"authority", decided.authority()},
                         {"decision", decided.decision()},
                         {"on", DayJson(decided.has_on(), decided.on())},
                         {"review", DayJson(decided.has_review(), decided.review())},
                         {"children", std::move(children)},
                         {"reason", TextJson(decided.reason())}});
  }
  return {{"group", Hex(view.group())},
          {"children", ChildrenJson(view.children())},
          {"decisions", std::move(decisions)}};
}

}  // namespace holdfast::cli
