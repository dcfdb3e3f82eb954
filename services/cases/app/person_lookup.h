// Finds children by name and day of birth without telling either: a read model of the cases journal
// whose rows are tokens under the authority's identity key. It is the one model that opens personal
// data when it is made.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_state.pb.h"
#include "libs/crypto/identity.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/projection/fold.h"
#include "libs/projection/model_rows.h"

namespace holdfast::cases {

// Where its rows are in the service's database: after the shards' own.
ModelRows PersonLookupRows(OpenPart open, uint32_t partition_count);

// The checkpoint that a partition's rows stand at, from its part; nothing when none are stored, or
// another version of this program stored them.
Result<std::optional<journal::v1::Checkpoint>> StoredPlace(StateStore& part);

struct LookupKeys {
  PersonalSealer& sealer;
  KeysFolder& identity;
};

// Every name and day of birth that a source has stated of a child counts, also one that was
// corrected since. Used on its reader's thread.
class PersonLookup final : public Fold {
 public:
  PersonLookup(LookupKeys keys, const OpenPart& open_part, uint32_t partition_count);

  Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition& partition) override;
  Result<void> Apply(const LogPartition& partition, const AppliedEvent& event) override;
  Result<void> Store(const LogPartition& partition,
                     const journal::v1::Checkpoint& checkpoint) override;

  // The authority's children with all of these parts of a name (see NameParts) and that day of
  // birth, ascending. None for an authority without keys.
  Result<std::vector<SubjectId>> Find(const AuthorityCode& authority,
                                      const std::vector<std::string>& name_parts, CivilDate born);

  // Whether, of all that was applied, it is stored that the child is erased.
  bool HasStoredErasure(const SubjectId& child) const;

 private:
  struct Part {
    std::unique_ptr<StateStore> store;
    RowChanges unstored;
    std::set<SubjectId> unstored_erasures;
  };
  Part& Of(const LogPartition& partition) { return parts_.at(partition.partition); }
  Result<v1::NamedBy> NamedByOf(Part& part, const SubjectId& child) const;
  Result<void> AddTokens(Part& part, const SubjectId& child, const v1::NamedBy& named);
  Result<void> RemoveAll(Part& part, const SubjectId& child, const std::string& authority);

  const LookupKeys keys_;
  std::vector<Part> parts_;
};

}  // namespace holdfast::cases
