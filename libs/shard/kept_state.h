// The applied state of one partition: a write-behind cache over a store. What is dirty is written
// with the checkpoint in one write; the rows in the store are a function of the journal's prefix,
// whenever and however often they were written.
//
//   'c' checkpoint    's' subject: version(8, big-endian) saved state    'r' key: a read-model row
//   'o' batch: its outcomes    'x' service 0x00 partition(4, big-endian): a source's cursor
#pragma once

#include <unordered_map>

#include "libs/journal/reader_state.h"
#include "libs/shard/keeper.h"
#include "libs/shard/mutant.h"
#include "libs/shard/outcome_window.h"

namespace holdfast {

// The checkpoint in a shard's store, as `journal verify` takes it for a witness.
Result<std::optional<journal::v1::Checkpoint>> StoredCheckpoint(StateStore& store);

// How far it consumed each source, in the same way.
Result<std::vector<journal::v1::Checkpoint>> StoredCursors(StateStore& store);

// Used on the shard's thread. A store or a keeper that fails makes all later calls fail, see
// health().
class KeptState final : public Subjects {
 public:
  // `subjects_in_memory`: how many unchanged ones are kept after a flush.
  KeptState(const Keeper& keeper, StateStore& store, size_t subjects_in_memory);

  // The checkpoint that belongs to what is stored; nothing when nothing is.
  Result<std::optional<journal::v1::Checkpoint>> Load(Mutant mutant = Mutant::kNone);

  const Aggregate& Get(const SubjectId& subject) override;
  uint64_t Version(const SubjectId& subject) override;
  std::unique_ptr<Aggregate> CopyOf(const SubjectId& subject);

  // Rows of the read models after `after` with `prefix`, merged with what is not yet flushed.
  Result<std::vector<IndexRow>> Scan(std::string_view prefix, std::string_view after, size_t limit);

  OutcomeWindow& outcomes() { return outcomes_; }

  // Applies a valid batch's events and outcomes. `after` is the reader's state after it.
  Result<void> Apply(journal::v1::Record& batch, const ReaderState& after);
  // Takes a source's event into the state of its subject.
  Result<void> Consume(const SourceEvent& event);

  Result<std::optional<journal::v1::SourceCursor>> Cursor(const std::string& service,
                                                          uint32_t partition);
  void SetCursor(const std::string& service, uint32_t partition,
                 const journal::v1::SourceCursor& cursor);

  size_t dirty_bytes() const { return dirty_bytes_ + outcomes_.dirty_bytes(); }
  Result<void> Flush(const journal::v1::Checkpoint& checkpoint, Mutant mutant = Mutant::kNone);

  // Fails once the store or the keeper has: what was read since cannot be relied on.
  Result<void> health() const;

 private:
  struct Slot {
    std::unique_ptr<Aggregate> aggregate;
    uint64_t version = 0;
    bool dirty = false;
    bool index_stale = false;
    std::vector<IndexRow> indexed;  // what the read models hold of it
  };

  Slot& Find(const SubjectId& subject);
  Slot LoadSlot(const SubjectId& subject);
  Slot& Change(const SubjectId& subject, size_t bytes);
  void SettleIndex();
  void SettleIndexOf(const SubjectId& subject, Slot& slot);
  void SetFailed(Status status);
  void LetGoOfSubjects();

  const Keeper& keeper_;
  StateStore& store_;
  const size_t subjects_in_memory_;
  OutcomeWindow outcomes_;
  std::unordered_map<SubjectId, Slot> slots_;
  std::vector<SubjectId> dirty_subjects_;
  std::vector<SubjectId> stale_subjects_;
  RowChanges dirty_rows_;
  size_t dirty_bytes_ = 0;
  std::optional<Status> failure_;
};

}  // namespace holdfast
