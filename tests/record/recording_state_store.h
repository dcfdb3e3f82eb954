// A store of state that writes down what is asked of it, for tests that two calls do the same.
#pragma once

#include "libs/crypto/recording_key_store.h"
#include "libs/shard/state_store.h"

namespace holdfast::testing {

// `store` and `record` outlive it.
class RecordingStateStore final : public StateStore {
 public:
  RecordingStateStore(StateStore& store, AccessRecord& record) : store_(store), record_(record) {}

  Result<std::optional<std::string>> Get(std::string_view key) override {
    record_.Note("state get");
    return store_.Get(key);
  }
  Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                      size_t limit) override {
    record_.Note("state scan");
    return store_.Scan(prefix, after, limit);
  }
  Result<void> Write(const RowChanges& changes) override { return store_.Write(changes); }
  Result<void> Wipe() override { return store_.Wipe(); }

 private:
  StateStore& store_;
  AccessRecord& record_;
};

}  // namespace holdfast::testing
