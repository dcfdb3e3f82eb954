// What proceedings is to its shards. A command's request is a ProceedingsCommand; the answer of a
// ReceiveItem is a ReceiveItemAnswer, of a StateItem a StateItemAnswer, of the others blank.
#pragma once

#include "holdfast/proceedings/v1/proceedings_commands.pb.h"
#include "libs/crypto/data_key_pool.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/keeper_of.h"
#include "services/proceedings/app/proceedings_state.h"
#include "services/proceedings/app/source_copies.h"

namespace holdfast::proceedings {

struct ProceedingsKeeperParts {
  PersonalSealer& sealer;
  DataKeyPool& keys;
  RequestMacs& macs;
  const SourceCopies& copies;
  bool manual_clock = false;
};

class ProceedingsKeeper final : public KeeperOf<ProceedingsState> {
 public:
  // All of `parts` outlives it.
  explicit ProceedingsKeeper(ProceedingsKeeperParts parts) : parts_(parts) {}

  std::string SaveState(const ProceedingsState& state) const override { return BytesOf(state); }
  Result<ProceedingsState> LoadState(const SubjectId& subject,
                                     std::string_view bytes) const override;
  Result<void> EvolveState(ProceedingsState& state, const AppliedEvent& event) const override {
    return AddEvent(event, state);
  }
  std::vector<IndexRow> IndexState(const SubjectId& subject,
                                   const ProceedingsState& state) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override;
  std::optional<std::string> MacUnder(const KeyId& key, std::string_view request) const override;
  // Takes a child's registration; then what waited for it is stated.
  Result<void> ConsumeInto(ProceedingsState& state, const SourceEvent& event) const override;
  Result<std::vector<NewEvent>> React(Subjects& subjects, const SourceEvent& event,
                                      const DecideContext& context) const override;

 private:
  const ProceedingsKeeperParts parts_;
};

// Against what the items of a source are judged in the partition of `subject`.
JudgedAgainst AgainstWhat(Subjects& subjects, const SourceCopies& copies, const SubjectId& subject,
                          const std::string& source, std::optional<Instant> now);

// The answer to a version of an item that was decided upon, but for whether its child has a record.
v1::ReceiveItemAnswer AnswerOf(const ItemFacts& after, const ItemDecision& decision);
v1::ReceiveItemAnswer AnswerOf(const RefusedItem& refused);

}  // namespace holdfast::proceedings
