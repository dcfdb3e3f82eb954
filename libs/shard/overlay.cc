#include "libs/shard/overlay.h"

namespace holdfast {

const Aggregate& Overlay::Get(const SubjectId& subject) {
  const auto it = changed_.find(subject);
  if (it == changed_.end()) return applied_.Get(subject);
  CopyInto(it->second, subject);
  return *it->second.aggregate;
}

uint64_t Overlay::Version(const SubjectId& subject) {
  const auto it = changed_.find(subject);
  const bool is_copied = it != changed_.end() && it->second.aggregate;
  return is_copied ? it->second.version : applied_.Version(subject);
}

Overlay::Changed& Overlay::Change(const SubjectId& subject, Touched& touched) {
  Changed& changed = changed_[subject];
  ++changed.in_flight;
  touched.push_back(subject);
  return changed;
}

void Overlay::CopyInto(Changed& changed, const SubjectId& subject) {
  if (changed.aggregate) return;
  changed.aggregate = applied_.CopyOf(subject);
  changed.version = applied_.Version(subject);
  for (Consumed& consumed : changed.consumed) {
    consumed.event.service = consumed.service;
    consumed.event.event.payload = consumed.payload;
    const auto taken = keeper_.Consume(*changed.aggregate, consumed.event);
    if (!taken && !failure_) failure_ = taken.error();
  }
  changed.consumed.clear();
}

Result<void> Overlay::Evolve(const AppliedEvent& event, Touched& touched) {
  Changed& changed = Change(event.subject, touched);
  CopyInto(changed, event.subject);
  ++changed.version;
  return keeper_.Evolve(*changed.aggregate, event);
}

void Overlay::Consume(const SourceEvent& event, Touched& touched) {
  Changed& changed = Change(event.event.subject, touched);
  if (!changed.aggregate) {
    changed.consumed.push_back({.service = std::string(event.service),
                                .payload = std::string(event.event.payload),
                                .event = event});
    return;
  }
  const auto taken = keeper_.Consume(*changed.aggregate, event);
  if (!taken && !failure_) failure_ = taken.error();
}

Result<void> Overlay::health() const {
  if (failure_) return tl::unexpected(*failure_);
  return {};
}

void Overlay::Settle(const Touched& touched) {
  for (const SubjectId& subject : touched) {
    const auto it = changed_.find(subject);
    if (it == changed_.end()) continue;
    Changed& changed = it->second;
    // Changes settle in the order in which they were made.
    if (!changed.consumed.empty()) changed.consumed.pop_front();
    if (--changed.in_flight == 0) changed_.erase(it);
  }
}

void Overlay::Drop() {
  changed_.clear();
  failure_.reset();
}

}  // namespace holdfast
