// A Keeper over a plain struct: services write functions of their own type and never cast.
#pragma once

#include "libs/shard/keeper.h"

namespace holdfast {

template <typename State>
struct AggregateOf final : Aggregate {
  AggregateOf() = default;
  explicit AggregateOf(State initial) : state(std::move(initial)) {}
  State state;
};

// The typed state of a subject, from within Decide, React or a read.
template <typename State>
const State& StateOf(Subjects& subjects, const SubjectId& subject) {
  return static_cast<const AggregateOf<State>&>(subjects.Get(subject)).state;
}

// Derive from this, and implement what is pure here and Keeper::Decide.
template <typename State>
class KeeperOf : public Keeper {
 public:
  virtual State EmptyState(const SubjectId&) const { return {}; }
  virtual std::string SaveState(const State& state) const = 0;
  virtual Result<State> LoadState(const SubjectId& subject, std::string_view bytes) const = 0;
  virtual Result<void> EvolveState(State& state, const AppliedEvent& event) const = 0;
  virtual std::vector<IndexRow> IndexState(const SubjectId&, const State&) const { return {}; }
  virtual Result<void> ConsumeInto(State&, const SourceEvent&) const { return {}; }

  std::unique_ptr<Aggregate> Empty(const SubjectId& subject) const final {
    return std::make_unique<AggregateOf<State>>(EmptyState(subject));
  }
  std::unique_ptr<Aggregate> Copy(const Aggregate& aggregate) const final {
    return std::make_unique<AggregateOf<State>>(Of(aggregate));
  }
  std::string Save(const Aggregate& aggregate) const final { return SaveState(Of(aggregate)); }
  Result<std::unique_ptr<Aggregate>> Load(const SubjectId& subject,
                                          std::string_view bytes) const final {
    auto state = LoadState(subject, bytes);
    if (!state) return tl::unexpected(state.error());
    return std::make_unique<AggregateOf<State>>(std::move(*state));
  }
  Result<void> Evolve(Aggregate& aggregate, const AppliedEvent& event) const final {
    return EvolveState(Of(aggregate), event);
  }
  std::vector<IndexRow> Index(const SubjectId& subject, const Aggregate& aggregate) const final {
    return IndexState(subject, Of(aggregate));
  }
  Result<void> Consume(Aggregate& aggregate, const SourceEvent& event) const final {
    return ConsumeInto(Of(aggregate), event);
  }

 private:
  static const State& Of(const Aggregate& aggregate) {
    return static_cast<const AggregateOf<State>&>(aggregate).state;
  }
  static State& Of(Aggregate& aggregate) {
    return static_cast<AggregateOf<State>&>(aggregate).state;
  }
};

}  // namespace holdfast
