#include "libs/shard/overlay.h"

namespace holdfast {

const Aggregate& Overlay::Get(const SubjectId& subject) {
  const auto it = changed_.find(subject);
  return it == changed_.end() ? applied_.Get(subject) : *it->second.aggregate;
}

uint64_t Overlay::Version(const SubjectId& subject) {
  const auto it = changed_.find(subject);
  return it == changed_.end() ? applied_.Version(subject) : it->second.version;
}

Overlay::Changed& Overlay::Change(const SubjectId& subject, Touched& touched) {
  Changed& changed = changed_[subject];
  if (!changed.aggregate) {
    changed.aggregate = applied_.CopyOf(subject);
    changed.version = applied_.Version(subject);
  }
  ++changed.in_flight;
  touched.push_back(subject);
  return changed;
}

Result<void> Overlay::Evolve(const AppliedEvent& event, Touched& touched) {
  Changed& changed = Change(event.subject, touched);
  ++changed.version;
  return keeper_.Evolve(*changed.aggregate, event);
}

Result<void> Overlay::Consume(const SourceEvent& event, Touched& touched) {
  return keeper_.Consume(*Change(event.event.subject, touched).aggregate, event);
}

void Overlay::Settle(const Touched& touched) {
  for (const SubjectId& subject : touched) {
    const auto it = changed_.find(subject);
    if (it != changed_.end() && --it->second.in_flight == 0) changed_.erase(it);
  }
}

}  // namespace holdfast
