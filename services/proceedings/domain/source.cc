#include "services/proceedings/domain/source.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "libs/base/authority_code.h"
#include "libs/permanence/dates.h"
#include "services/proceedings/domain/feed_kinds.h"

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsEvent;

// In the one way in which it is compared and kept.
v1::SourceRegistered Settled(v1::SourceRegistered source) {
  std::ranges::sort(*source.mutable_covers());
  const auto doubled = std::ranges::unique(*source.mutable_covers());
  source.mutable_covers()->erase(doubled.begin(), doubled.end());
  std::vector<int> states(source.states().begin(), source.states().end());
  std::ranges::sort(states);
  states.erase(std::ranges::unique(states).begin(), states.end());
  *source.mutable_states() = {states.begin(), states.end()};
  if (source.silent_after_days() == 0) source.set_silent_after_days(kUsualSilence_days);
  source.set_silent_after_days(std::min(source.silent_after_days(), kLongestSilence_days));
  source.clear_source_event();
  return source;
}

std::optional<SourceRefusal> Judge(const SourceFacts& facts, const v1::SourceRegistered& source) {
  using enum SourceRefusal;
  if (source.kind() != v1::SOURCE_KIND_COURT && source.kind() != v1::SOURCE_KIND_REPORTER)
    return kNotAKind;
  if (source.nation() != v1::NATION_SCOTLAND && source.nation() != v1::NATION_ENGLAND)
    return kNotANation;
  if (source.covers().empty()) return kCoversNobody;
  for (const auto& code : source.covers()) {
    if (!AuthorityCode::FromText(code)) return kNotACode;
  }
  for (const int kind : source.states()) {
    const auto known = static_cast<v1::FeedKind>(kind);
    if (NameOf(known).empty() || !IsOfNation(known, source.nation())) return kKindNotThere;
  }
  if (facts.registered && facts.registered->kind() != source.kind()) return kOtherKind;
  return std::nullopt;
}

bool AreSame(const v1::SourceRegistered& a, v1::SourceRegistered b) {
  b.set_source_event(a.source_event());
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

// The event by which `facts` hear as far as `heard` says; nothing when they have.
std::optional<ProceedingsEvent> Further(const SourceFacts& facts,
                                        const v1::SourceHeardFrom& heard) {
  const auto later = [](const std::optional<CivilDate>& known, const common::v1::Date& said) {
    const auto day = DayOf(said);
    return day && (!known || *known < *day) ? day : std::nullopt;
  };
  const auto sent_on = later(facts.sent_on, heard.sent_on());
  const auto covered = later(facts.covered_through, heard.covered_through());
  if (!sent_on && !covered) return std::nullopt;
  ProceedingsEvent event;
  auto& further = *event.mutable_source_heard_from();
  further.set_source(heard.source());
  if (const auto day = sent_on ? sent_on : facts.sent_on) SetDate(*day, further.mutable_sent_on());
  if (const auto day = covered ? covered : facts.covered_through)
    SetDate(*day, further.mutable_covered_through());
  return event;
}

}  // namespace

tl::expected<Events, SourceRefusal> Decide(const SourceFacts& facts,
                                           const v1::RegisterSource& command) {
  if (const auto refusal = Judge(facts, command.source())) return tl::unexpected(*refusal);
  const auto settled = Settled(command.source());
  if (facts.registered && AreSame(*facts.registered, settled)) return Events{};
  ProceedingsEvent event;
  *event.mutable_source_registered() = settled;
  return Events{event};
}

tl::expected<Events, SourceRefusal> Decide(const SourceFacts& facts,
                                           const v1::HearFromSource& command) {
  if (!facts.registered) return tl::unexpected(SourceRefusal::kUnknownSource);
  const auto event = Further(facts, command.heard());
  return event ? Events{*event} : Events{};
}

Events Decide(const SourceFacts& copy, const v1::LearnOfSource& command) {
  Events events;
  const auto& registered = command.registered();
  const bool is_newer =
      !copy.registered || copy.registered->source_event() < registered.source_event();
  if (is_newer && !(copy.registered && AreSame(*copy.registered, registered))) {
    *events.emplace_back().mutable_source_registered() = registered;
  }
  if (command.has_heard()) {
    if (auto further = Further(copy, command.heard())) {
      further->mutable_source_heard_from()->set_source_event(command.heard().source_event());
      events.push_back(std::move(*further));
    }
  }
  return events;
}

void Apply(const ProceedingsEvent& event, uint64_t number, SourceFacts& facts) {
  switch (event.event_case()) {
    case ProceedingsEvent::kSourceRegistered:
      facts.registered = event.source_registered();
      facts.newest = number;
      return;
    case ProceedingsEvent::kSourceHeardFrom: {
      const auto& heard = event.source_heard_from();
      if (heard.has_sent_on()) facts.sent_on = DayOf(heard.sent_on());
      if (heard.has_covered_through()) facts.covered_through = DayOf(heard.covered_through());
      facts.newest = number;
      return;
    }
    case ProceedingsEvent::kSourceSent:
      facts.sent_through = std::max(facts.sent_through, event.source_sent().through());
      return;
    default:
      return;
  }
}

std::optional<v1::LearnOfSource> WhatFollows(const SourceFacts& facts) {
  if (!facts.registered || facts.newest <= facts.sent_through) return std::nullopt;
  v1::LearnOfSource learn;
  *learn.mutable_registered() = *facts.registered;
  learn.mutable_registered()->set_source_event(facts.newest);
  if (facts.sent_on || facts.covered_through) {
    auto& heard = *learn.mutable_heard();
    heard.set_source(facts.registered->source());
    if (facts.sent_on) SetDate(*facts.sent_on, heard.mutable_sent_on());
    if (facts.covered_through) SetDate(*facts.covered_through, heard.mutable_covered_through());
    heard.set_source_event(facts.newest);
  }
  return learn;
}

SubjectId SourceSubject(std::string_view source) { return {HashId("source", {source})}; }

SubjectId SourceCopySubject(std::string_view source, uint32_t partition, uint32_t count) {
  for (uint64_t attempt = 0;; ++attempt) {
    const SubjectId id{
        HashId("source-copy", {source, std::to_string(partition), std::to_string(attempt)})};
    if (PartitionOf(id, count) == partition) return id;
  }
}

std::string_view NameOf(SourceRefusal refusal) {
  switch (refusal) {
    case SourceRefusal::kNotAKind:
      return "NOT_A_KIND";
    case SourceRefusal::kNotANation:
      return "NOT_A_NATION";
    case SourceRefusal::kCoversNobody:
      return "COVERS_NOBODY";
    case SourceRefusal::kNotACode:
      return "NOT_A_CODE";
    case SourceRefusal::kKindNotThere:
      return "KIND_NOT_THERE";
    case SourceRefusal::kOtherKind:
      return "OTHER_KIND";
    case SourceRefusal::kUnknownSource:
      return "UNKNOWN_SOURCE";
  }
  return "";
}

std::string_view TextOf(SourceRefusal refusal) {
  switch (refusal) {
    case SourceRefusal::kNotAKind:
      return "a source is a court or a reporter";
    case SourceRefusal::kNotANation:
      return "a source's codes are of scotland or england";
    case SourceRefusal::kCoversNobody:
      return "a source covers at least one authority";
    case SourceRefusal::kNotACode:
      return "what it covers are codes of authorities";
    case SourceRefusal::kKindNotThere:
      return "the nation's law has no such kind of item";
    case SourceRefusal::kOtherKind:
      return "a source of that name is registered as another kind of body";
    case SourceRefusal::kUnknownSource:
      return "the source is not registered: holdfast source add NAME";
  }
  return "";
}

}  // namespace holdfast::proceedings
