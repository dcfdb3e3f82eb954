#include "tools/holdfast/contact_json.h"

#include <fmt/format.h>

#include "libs/base/ids.h"
#include "libs/permanence/dates.h"

namespace holdfast::cli {
namespace {

using namespace contact::v1;

// ", WORDS" of what is there.
std::string Also(const std::string& label, const std::string& text) {
  return text.empty() ? "" : ", " + label + (label.empty() ? "" : " ") + text;
}

Json TermsJson(const AgreementView& agreement) {
  Json versions = Json::array();
  for (const auto& terms : agreement.versions()) {
    versions.push_back({{"from", IsoOf(terms.from())},
                        {"purpose", TextJson(terms.purpose())},
                        {"frequency", TextJson(terms.frequency())},
                        {"review", DayJson(terms.has_review(), terms.review())},
                        {"conditions", TextJson(terms.conditions())},
                        {"fact", Hex(terms.fact())}});
  }
  return versions;
}

Json ReviewsJson(const AgreementView& agreement) {
  Json reviews = Json::array();
  for (const auto& review : agreement.reviews()) {
    reviews.push_back({{"entry", Hex(review.entry())},
                       {"on", IsoOf(review.on())},
                       {"answer", TextJson(review.answer())},
                       {"outcome", TextJson(review.outcome())},
                       {"next", DayJson(review.has_next(), review.next())},
                       {"fact", Hex(review.fact())}});
  }
  return reviews;
}

Json AgreementsJson(const ContactRecordView& view) {
  Json agreements = Json::array();
  for (const auto& agreement : view.agreements()) {
    agreements.push_back({{"entry", Hex(agreement.entry())},
                          {"party", agreement.party()},
                          {"name", TextJson(agreement.name())},
                          {"way", agreement.way()},
                          {"state", agreement.state()},
                          {"from", IsoOf(agreement.from())},
                          {"ended", DayJson(agreement.has_ended(), agreement.ended())},
                          {"conclusion", TextJson(agreement.conclusion())},
                          {"purpose", TextJson(agreement.purpose())},
                          {"review", DayJson(agreement.has_review(), agreement.review())},
                          {"versions", TermsJson(agreement)},
                          {"reviews", ReviewsJson(agreement)}});
  }
  return agreements;
}

template <typename Saids>
Json SaidJson(const Saids& saids) {
  Json list = Json::array();
  for (const auto& said : saids) {
    list.push_back({{"on", IsoOf(said.on())},
                    {"by", TextJson(said.by())},
                    {"party", TextJson(said.party())},
                    {"text", TextJson(said.text())},
                    {"fact", Hex(said.fact())}});
  }
  return list;
}

Json SessionsJson(const ContactRecordView& view) {
  Json sessions = Json::array();
  for (const auto& session : view.sessions()) {
    sessions.push_back({{"entry", Hex(session.entry())},
                        {"on", IsoOf(session.on())},
                        {"party", session.party()},
                        {"name", TextJson(session.name())},
                        {"way", session.way()},
                        {"state", session.state()},
                        {"by", TextJson(session.by())},
                        {"text", TextJson(session.text())},
                        {"observations", SaidJson(session.observations())},
                        {"fact", Hex(session.fact())}});
  }
  return sessions;
}

template <typename Kept>
Json KeptJson(const Kept& all) {
  Json list = Json::array();
  for (const auto& kept : all) {
    list.push_back({{"party", kept.party()},
                    {"planned", kept.planned()},
                    {"held", kept.held()},
                    {"share_held", static_cast<double>(kept.held()) / kept.planned()},
                    {"missed", kept.missed()},
                    {"cancelled", kept.cancelled()},
                    {"missed_or_cancelled_by_party", kept.missed_or_cancelled_by_party()}});
  }
  return list;
}

template <typename Kept>
std::string KeptText(const Kept& all) {
  std::string text;
  for (const auto& kept : all) {
    text +=
        fmt::format("  {} of {} sessions with {} were held; missed {}, cancelled {}; {} by {}\n",
                    kept.held(), kept.planned(), kept.party(), kept.missed(), kept.cancelled(),
                    kept.missed_or_cancelled_by_party(), kept.party());
  }
  return text;
}

std::string AgreementText(const AgreementView& agreement) {
  std::string text = fmt::format(
      "  {} {} contact with {}{} from {}{}{}{}\n", agreement.state(), agreement.way(),
      agreement.party(), agreement.name().empty() ? "" : " (" + agreement.name() + ")",
      IsoOf(agreement.from()), agreement.has_ended() ? " to " + IsoOf(agreement.ended()) : "",
      Also("review", agreement.has_review() ? IsoOf(agreement.review()) : ""),
      Also("", agreement.conclusion()));
  for (const auto& terms : agreement.versions()) {
    text += fmt::format("    from {}: {}{}{}\n", IsoOf(terms.from()),
                        terms.purpose().empty() ? "no purpose stated" : terms.purpose(),
                        Also("", terms.frequency()), Also("", terms.conditions()));
  }
  for (const auto& review : agreement.reviews()) {
    text += fmt::format("    reviewed {}{}{}{}\n", IsoOf(review.on()), Also("", review.outcome()),
                        Also("", review.answer()),
                        Also("next", review.has_next() ? IsoOf(review.next()) : ""));
  }
  return text;
}

}  // namespace

std::string ContactOfCaseText(const cases::v1::CaseView& view) {
  std::string text;
  for (const auto& agreement : view.contact()) {
    text += fmt::format("  contact {} with {} from {}{}{}\n", agreement.state(), agreement.party(),
                        IsoOf(agreement.from()),
                        agreement.has_ended() ? " to " + IsoOf(agreement.ended()) : "",
                        agreement.has_review() ? ", review " + IsoOf(agreement.review()) : "");
  }
  for (const auto& said : view.views()) {
    text += fmt::format("  view of the {} {}{}{}\n", said.by(), IsoOf(said.on()),
                        Also("", said.text()), Also("done:", said.done()));
  }
  return text;
}

Json ContactJson(const ContactRecordView& view) {
  return {{"child", Hex(view.child())},
          {"authority", view.authority()},
          {"agreements", AgreementsJson(view)},
          {"sessions", SessionsJson(view)},
          {"kept", KeptJson(view.kept())},
          {"views", SaidJson(view.views())},
          {"observations", SaidJson(view.observations())}};
}

std::string ContactText(const ContactRecordView& view) {
  std::string text =
      fmt::format("Contact of child {} of {}\n", Hex(view.child()), view.authority());
  for (const auto& agreement : view.agreements()) text += AgreementText(agreement);
  for (const auto& session : view.sessions()) {
    text += fmt::format("  session {} with {} {}{}\n", IsoOf(session.on()), session.party(),
                        session.state(), session.by().empty() ? "" : " by " + session.by());
    for (const auto& seen : session.observations()) text += "    " + seen.text() + "\n";
  }
  for (const auto& said : view.views())
    text += fmt::format("  {} said {}: {}\n", said.by(), IsoOf(said.on()), said.text());
  for (const auto& seen : view.observations())
    text += fmt::format("  seen {}: {}\n", IsoOf(seen.on()), seen.text());
  return text + KeptText(view.kept());
}

Json PackJson(const PackView& pack) {
  Json items = Json::array();
  for (const auto& item : pack.items()) {
    items.push_back({{"on", IsoOf(item.on())},
                     {"what", item.what()},
                     {"party", TextJson(item.party())},
                     {"name", TextJson(item.name())},
                     {"way", TextJson(item.way())},
                     {"state", TextJson(item.state())},
                     {"by", TextJson(item.by())},
                     {"purpose", TextJson(item.purpose())},
                     {"frequency", TextJson(item.frequency())},
                     {"review", DayJson(item.has_review(), item.review())},
                     {"text", TextJson(item.text())},
                     {"source", item.source()},
                     {"fact", Hex(item.fact())},
                     {"reported", IsoOf(item.reported())}});
  }
  return {{"child", Hex(pack.child())},
          {"authority", pack.authority()},
          {"as_known_at", IsoOf(pack.as_known_at())},
          {"items", std::move(items)},
          {"kept", KeptJson(pack.kept())}};
}

std::string PackText(const PackView& pack) {
  std::string text = fmt::format("Evidence of contact: child {} of {}, as known at {}\n",
                                 Hex(pack.child()), pack.authority(), IsoOf(pack.as_known_at()));
  for (const auto& item : pack.items()) {
    text += fmt::format(
        "{}  {}{}{}{}{}{}{}{}{}  [{}, known {}]\n", IsoOf(item.on()), item.what(),
        item.party().empty() ? "" : " with " + item.party(),
        item.name().empty() ? "" : " (" + item.name() + ")", Also("", item.state()),
        item.by().empty() ? "" : " by " + item.by(), Also("", item.purpose()),
        Also("", item.frequency()), Also("review", item.has_review() ? IsoOf(item.review()) : ""),
        item.text().empty() ? "" : ": " + item.text(), item.source(), IsoOf(item.reported()));
  }
  return text + KeptText(pack.kept());
}

}  // namespace holdfast::cli
