#include <map>

#include "tests/sim/checker.h"
#include "tests/sim/valid_log.h"

namespace holdfast {
namespace {

struct Heard {
  std::string subject;
  Chain chain;  // the source's, after its batch
};
using Source = std::vector<Heard>;  // events, in their order

class ReactionJudgement {
 public:
  explicit ReactionJudgement(const std::vector<std::vector<LogRecord>>& sources)
      : heard_(sources.size()), consumed_(sources.size()) {
    for (size_t i = 0; i < sources.size(); ++i) {
      for (const ValidBatch& batch : ValidBatches(sources[i])) {
        for (const auto& event : batch.record.events()) {
          heard_[i].push_back({event.subject(), batch.chain});
        }
      }
    }
  }

  std::vector<std::string> Run(const std::vector<LogRecord>& log) {
    for (const ValidBatch& batch : ValidBatches(log)) {
      int next_event = 0;
      for (const auto& range : batch.record.sources()) Consume(batch.record, range, next_event);
    }
    for (size_t i = 0; i < heard_.size(); ++i) {
      if (consumed_[i] != heard_[i].size()) Violate("I9: source events that were never consumed");
    }
    return std::move(violations_);
  }

 private:
  void Violate(const std::string& what) { violations_.push_back(what); }

  void Consume(const journal::v1::Record& record, const journal::v1::SourceRange& range,
               int& next_event) {
    const Source& source = heard_[range.partition()];
    uint64_t& consumed = consumed_[range.partition()];
    if (range.from() != consumed + 1) Violate("I2: a source event twice, or none");
    for (; consumed < std::min<uint64_t>(range.to(), source.size()); ++consumed) {
      uint64_t& length = lengths_[source[consumed].subject];
      const bool right =
          next_event < record.events_size() &&
          record.events(next_event).payload() == "echo " + std::to_string(length + 1);
      if (!right) Violate("I3: a reaction not decided on the state before it");
      length += 2;
      ++next_event;
    }
    if (range.to() > source.size() || range.chain() != AsBytes(source[range.to() - 1].chain)) {
      Violate("I1: a source range that the source does not hold");
    }
  }

  std::vector<Source> heard_;
  std::vector<uint64_t> consumed_;
  std::map<std::string, uint64_t> lengths_;  // of the lists of echoes, by subject
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> CheckReactions(const std::vector<std::vector<LogRecord>>& sources,
                                        const std::vector<LogRecord>& log) {
  return ReactionJudgement(sources).Run(log);
}

}  // namespace holdfast
