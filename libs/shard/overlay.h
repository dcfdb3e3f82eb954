// What is decided but not yet read back, on top of the applied state: later decisions see it, reads
// do not.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "libs/shard/kept_state.h"

namespace holdfast {

// Used on the shard's thread.
class Overlay final : public Subjects {
 public:
  // The subjects that one batch changed; once for each change.
  using Touched = std::vector<SubjectId>;

  Overlay(const Keeper& keeper, KeptState& applied) : keeper_(keeper), applied_(applied) {}

  const Aggregate& Get(const SubjectId& subject) override;
  uint64_t Version(const SubjectId& subject) override;

  Result<void> Evolve(const AppliedEvent& event, Touched& touched);
  // The subject's state is copied only once somebody looks at it.
  void Consume(const SourceEvent& event, Touched& touched);
  // Fails once a source's event could not be consumed: what was seen since cannot be relied on.
  Result<void> health() const;

  // The batch that made these changes is applied.
  void Settle(const Touched& touched);
  // Nothing that is in flight will be relied on.
  void Drop();

 private:
  struct Consumed {
    std::string service;
    std::string payload;
    SourceEvent event;  // without these two
  };
  struct Changed {
    std::unique_ptr<Aggregate>
        aggregate;  // null: only these were consumed, of which none is applied
    std::deque<Consumed> consumed;
    uint64_t version = 0;
    uint64_t in_flight = 0;  // changes not yet applied
  };
  Changed& Change(const SubjectId& subject, Touched& touched);
  void CopyInto(Changed& changed, const SubjectId& subject);

  const Keeper& keeper_;
  KeptState& applied_;
  std::unordered_map<SubjectId, Changed> changed_;
  std::optional<Status> failure_;
};

}  // namespace holdfast
