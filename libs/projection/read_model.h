// A read model that can be made anew from its journals while it serves.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "libs/projection/model_rows.h"
#include "libs/projection/projection.h"

namespace holdfast {

// One version of the model: its fold, over its own rows. While somebody holds it, they stay; who
// holds one that no longer serves last, deletes them.
class ModelVersion {
 public:
  ModelVersion(ModelRows rows, uint64_t number) : rows_(std::move(rows)), number_(number) {}
  ~ModelVersion();

  uint64_t number() const { return number_; }
  Fold& fold() const { return *fold_; }
  // A part of its rows; each caller its own.
  std::unique_ptr<StateStore> Open(uint32_t part) const { return rows_.Open(number_, part); }

 private:
  friend class ReadModel;

  const ModelRows rows_;
  const uint64_t number_;
  std::unique_ptr<Fold> fold_;
  std::atomic<bool> is_retired_ = false;
};

struct ModelStatus {
  std::string name;
  uint64_t version = 0;           // the one that is being made, else the one that serves
  bool is_made = true;            // false: it is being made, and the one before it serves
  uint64_t behind = 0;            // records of the log that it has not read yet
  std::optional<Status> failure;  // why the last one that was made did not take over
};

class ReadModel {
 public:
  // Makes the model's fold over the rows that `open` opens, parts from 0.
  using MakeFold = std::function<std::unique_ptr<Fold>(const OpenPart& open)>;
  // `log` outlives it, and what `rows` opens.
  ReadModel(std::string name, Projection::Options reading, EventLog& log, ModelRows rows,
            MakeFold make);
  ~ReadModel();  // stops

  // As Projection::Start, with the version that served last.
  Result<void> Start(const journal::v1::Head& witness);
  void Stop();

  // Where a read waits until the model has read far enough. Once started.
  Projection& reader() { return *reader_; }
  // The version that serves. On the reader's thread.
  const std::shared_ptr<ModelVersion>& live() const { return live_; }

  // Begins to make the next version from the journals' beginning; it takes over once it is as far.
  // Its number. REBUILD_RUNS (kFailedPrecondition) while one is made, STILL_READ (the same)
  // while somebody still holds the one before.
  Result<uint64_t> Rebuild();
  ModelStatus status() const;
  // How far the version that serves is read; none before the start.
  std::vector<PartitionRead> partitions() const;

 private:
  std::shared_ptr<ModelVersion> Make(uint64_t number) const;
  Result<void> TakeOver();
  void OnEnded(const Result<void>& result);

  const std::string name_;
  const Projection::Options reading_;
  EventLog& log_;
  const ModelRows rows_;
  const MakeFold make_;
  std::shared_ptr<ModelVersion> live_;
  std::unique_ptr<Projection> reader_;

  mutable std::mutex mutex_;            // guards all below
  std::shared_ptr<ModelVersion> next_;  // that is being made
  std::weak_ptr<ModelVersion> last_;    // that served before
  uint64_t serving_ = 1;
  std::optional<Status> failure_;
};

// With its own kind of fold.
template <typename Model>
class ReadModelOf final : public ReadModel {
 public:
  using ReadModel::ReadModel;
  // On the reader's thread.
  Model& model() const { return static_cast<Model&>(live()->fold()); }
};

}  // namespace holdfast
