// The rows of a read model in its service's database: two slots of parts, of which one serves while
// the other is made anew, and what tells which one.
//
//   'v'    format(1 byte: 1) version(8, big-endian)    in the part after both slots
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "libs/shard/state_store.h"

namespace holdfast {

// Opens the part of a number; each caller its own.
using OpenPart = std::function<std::unique_ptr<StateStore>(uint32_t part)>;

// Versions count from 1; odd ones are in the first slot. Thread-safe, as far as `open` is.
class ModelRows {
 public:
  // The slots begin at part `first` of the database and have `parts` each.
  ModelRows(OpenPart open, uint32_t first, uint32_t parts);

  // The version that serves; 1 where none was ever made anew. STATE_NOT_READ when another version
  // of this program wrote it.
  Result<uint64_t> Serving() const;
  // From now on, also after a restart, it is this one.
  Result<void> Serve(uint64_t version) const;
  // Part `part` of the version's slot, from 0.
  std::unique_ptr<StateStore> Open(uint64_t version, uint32_t part) const;
  uint32_t parts() const { return parts_; }
  // Its number in the database.
  uint32_t NumberOf(uint64_t version, uint32_t part) const;
  // Deletes all rows of the version's slot.
  Result<void> Wipe(uint64_t version) const;

 private:
  OpenPart open_;
  uint32_t first_;
  uint32_t parts_;
};

}  // namespace holdfast
