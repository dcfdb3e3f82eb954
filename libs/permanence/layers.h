// The layers of a child's returns: what each year end's return states, as a view sees it, and what
// is believed.
#pragma once

#include <map>
#include <vector>

#include "libs/permanence/facts.h"
#include "libs/permanence/view.h"

namespace holdfast {

// What one layer holds of one key. The statements outlive it: they are the facts'.
struct LayerCell {
  const Statement* stated = nullptr;
  const Statement* refused =
      nullptr;  // in the newest submission that speaks of it, and nothing is stated
  const Statement* removed =
      nullptr;  // was stated by this layer, and a whole re-submission lacked it
};

// Views the facts it was made from, which must outlive it.
class Layers {
 public:
  Layers(const ChildFacts& facts, const View& view);

  // What the layer of `year_end` holds of `key`.
  LayerCell At(const RowKey& key, CivilDate year_end) const;
  // The newest layer before `year_end` that states `key`, or null.
  const Statement* NewestBefore(const RowKey& key, CivilDate year_end) const;
  // The statement that first said what is believed of `fact`, through layers that repeat it word
  // for word; null: no layer states it.
  const Statement* FirstSaying(const FactId& fact) const;
  // Of each key of `table` that a layer states, the statement of the newest such layer; by key.
  std::vector<const Statement*> Believed(cases::v1::ReturnTable table) const;
  // The keys that the layer of `year_end` states or has refused.
  std::vector<RowKey> KeysOf(CivilDate year_end) const;
  // Every statement that removed a key which its layer has not stated again.
  std::vector<const Statement*> Removed() const;

 private:
  std::map<RowKey, std::map<CivilDate, LayerCell>> cells_;
};

}  // namespace holdfast
