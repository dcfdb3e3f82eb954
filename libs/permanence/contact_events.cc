#include <algorithm>

#include "libs/base/london.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/facts.h"

namespace holdfast {
namespace {

using contact::v1::ContactEvent;

template <typename SomeId>
SomeId IdOf(const std::string& bytes) {
  return SomeId::FromBytes(bytes).value_or(SomeId{});
}

// The newest version of `fact`, or null.
const ContactVersion* Newest(const ChildFacts& facts, const FactId& fact) {
  const auto newest =
      std::find_if(facts.contact.rbegin(), facts.contact.rend(),
                   [&](const ContactVersion& version) { return version.fact == fact; });
  return newest == facts.contact.rend() ? nullptr : &*newest;
}

ContactVersion FirstVersion(const contact::v1::ContactRecorded& event) {
  ContactVersion version;
  version.fact = IdOf<FactId>(event.fact());
  version.assertion = IdOf<AssertionId>(event.assertion());
  version.said = event.said();
  for (const auto& fact : event.entry_facts()) version.entry_facts.push_back(IdOf<FactId>(fact));
  return version;
}

// The version after the newest; none of a fact that nobody has stated.
template <typename Event>  // ContactCorrected or ContactWithdrawn
std::optional<ContactVersion> NextVersion(const Event& event, const ChildFacts& facts) {
  const auto* newest = Newest(facts, IdOf<FactId>(event.fact()));
  if (!newest) return std::nullopt;
  ContactVersion version = *newest;
  version.assertion = IdOf<AssertionId>(event.assertion());
  if constexpr (requires { event.said(); }) {
    version.said = event.said();
    version.withdrawn = false;
  } else {
    version.said.clear_personal();
    version.withdrawn = true;
  }
  return version;
}

std::optional<ContactVersion> VersionOf(const ContactEvent& event, const ChildFacts& facts) {
  switch (event.event_case()) {
    case ContactEvent::kContactRecorded:
      return FirstVersion(event.contact_recorded());
    case ContactEvent::kContactCorrected:
      return NextVersion(event.contact_corrected(), facts);
    case ContactEvent::kContactWithdrawn:
      return NextVersion(event.contact_withdrawn(), facts);
    case ContactEvent::kChildErased:
    case ContactEvent::kHistoryLost:
    case ContactEvent::EVENT_NOT_SET:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void Apply(const ContactEvent& event, Instant recorded_at, ChildFacts& facts) {
  if (event.has_child_erased()) facts.erased = true;
  auto version = VersionOf(event, facts);
  if (!version) return;
  const auto stated = event.has_reported_on() ? DayOf(event.reported_on()) : std::nullopt;
  version->reported = stated ? *stated : LondonDay(recorded_at);
  version->recorded_at = recorded_at;
  facts.contact.push_back(std::move(*version));
}

}  // namespace holdfast
