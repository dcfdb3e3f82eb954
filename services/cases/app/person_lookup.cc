// 'c'                                            format(1 byte: 1) Checkpoint
// 'p' child(16)                                  NamedBy: what names the child, sealed as it came
// 'n' authority(9) 0x00 token(16) child(16)      a child has a part of a name and a day of birth
#include "services/cases/app/person_lookup.h"

#include <algorithm>
#include <set>

#include "libs/permanence/dates.h"
#include "services/cases/app/sealed_facts.h"
#include "services/cases/domain/name_parts.h"

namespace holdfast::cases {
namespace {

constexpr char kFormat = 1;
constexpr std::string_view kCheckpointRow = "c";

std::string NamedRow(const SubjectId& child) { return "p" + child.Bytes(); }

std::string TokenRows(const AuthorityCode& authority, const LookupToken& token) {
  return "n" + authority.text() + std::string(1, '\0') + token.Bytes();
}

bool NamesAChild(const v1::CasesEvent& event) {
  return event.has_child_registered() ||
         (event.has_row_stated() && event.row_stated().row().has_header());
}

// All names and days of birth of a child, in the open.
struct Person {
  std::set<std::string> name_parts;
  std::set<CivilDate> born;
};

void Add(const common::v1::PersonalField& field, Person& person) {
  for (auto& part : NameParts(field.open().name())) person.name_parts.insert(std::move(part));
  const auto born = field.open().has_born() ? DayOf(field.open().born()) : std::nullopt;
  if (born) person.born.insert(*born);
}

}  // namespace

Result<std::optional<journal::v1::Checkpoint>> StoredPlace(StateStore& part) {
  const auto row = part.Get(kCheckpointRow);
  if (!row) return tl::unexpected(row.error());
  journal::v1::Checkpoint checkpoint;
  if (*row && !(*row)->empty() && (*row)->front() == kFormat &&
      checkpoint.ParseFromArray((*row)->data() + 1, static_cast<int>((*row)->size() - 1))) {
    return checkpoint;
  }
  return std::nullopt;
}

ModelRows PersonLookupRows(OpenPart open, uint32_t partition_count) {
  return {std::move(open), partition_count, partition_count};
}

PersonLookup::PersonLookup(LookupKeys keys, const OpenPart& open_part, uint32_t partition_count)
    : keys_(keys), parts_(partition_count) {
  for (uint32_t p = 0; p < partition_count; ++p) parts_[p].store = open_part(p);
}

Result<std::optional<journal::v1::Checkpoint>> PersonLookup::Load(const LogPartition& partition) {
  auto place = StoredPlace(*Of(partition).store);
  if (!place || *place) return place;
  // Rows of no place or of another version's form: all is read again.
  if (auto wiped = Of(partition).store->Wipe(); !wiped) return tl::unexpected(wiped.error());
  return std::nullopt;
}

Result<void> PersonLookup::Apply(const LogPartition& partition, const AppliedEvent& applied) {
  v1::CasesEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return Fail(StatusCode::kDataLoss, "POISON_EVENT", "cases: an event that cannot be read");
  }
  Part& part = Of(partition);
  if (event.has_child_erased())
    return RemoveAll(part, applied.subject, event.child_erased().authority());
  if (!NamesAChild(event)) return {};
  auto named = NamedByOf(part, applied.subject);
  if (!named) return tl::unexpected(named.error());
  *named->add_events() = std::move(event);
  part.unstored[NamedRow(applied.subject)] = named->SerializeAsString();
  return AddTokens(part, applied.subject, *named);
}

Result<v1::NamedBy> PersonLookup::NamedByOf(Part& part, const SubjectId& child) const {
  const std::string row = NamedRow(child);
  v1::NamedBy named;
  const auto unstored = part.unstored.find(row);
  auto bytes = unstored == part.unstored.end() ? part.store->Get(row) : unstored->second;
  if (!bytes) return tl::unexpected(bytes.error());
  if (*bytes && !named.ParseFromString(**bytes))
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "cases: what names a child");
  return named;
}

Result<void> PersonLookup::AddTokens(Part& part, const SubjectId& child, const v1::NamedBy& named) {
  ChildFacts facts;
  for (const auto& event : named.events()) holdfast::Apply(event, Instant{}, facts);
  const auto authority = AuthorityCode::FromText(facts.authority);
  if (!authority) return {};
  const auto key = keys_.identity.IdentityKey(*authority);
  if (!key) return tl::unexpected(key.error());
  const auto open = OpenFacts(keys_.sealer, {*authority, child}, facts, OpenWhat::kPerson);
  if (!open) return tl::unexpected(open.error());
  Person person;
  Add(open->personal, person);
  for (const auto& statement : open->statements) Add(statement.row.personal(), person);
  for (const auto& name_part : person.name_parts) {
    for (const CivilDate born : person.born) {
      const auto token = MakePersonToken(*key, *authority, {name_part, born});
      part.unstored[TokenRows(*authority, token) + child.Bytes()] = "";
    }
  }
  return {};
}

// Its rows are found by reading all of the authority's in the partition: after a restart, or when
// it is made again, its names cannot be opened to tell which they are.
Result<void> PersonLookup::RemoveAll(Part& part, const SubjectId& child,
                                     const std::string& authority) {
  const std::string prefix = "n" + authority + std::string(1, '\0');
  const std::string id = child.Bytes();
  const auto stored = part.store->Scan(prefix, "", SIZE_MAX);
  if (!stored) return tl::unexpected(stored.error());
  for (const auto& row : *stored) {
    if (std::string_view(row.key).ends_with(id)) part.unstored[row.key] = std::nullopt;
  }
  for (auto row = part.unstored.lower_bound(prefix);
       row != part.unstored.end() && row->first.starts_with(prefix); ++row) {
    if (row->first.ends_with(id)) row->second = std::nullopt;
  }
  part.unstored[NamedRow(child)] = std::nullopt;
  part.unstored_erasures.insert(child);
  return {};
}

bool PersonLookup::HasStoredErasure(const SubjectId& child) const {
  return std::ranges::none_of(
      parts_, [&](const Part& part) { return part.unstored_erasures.contains(child); });
}

Result<void> PersonLookup::Store(const LogPartition& partition,
                                 const journal::v1::Checkpoint& checkpoint) {
  Part& part = Of(partition);
  part.unstored[std::string(kCheckpointRow)] = kFormat + checkpoint.SerializeAsString();
  auto written = part.store->Write(part.unstored);
  if (!written) return written;
  part.unstored.clear();
  part.unstored_erasures.clear();
  return written;
}

Result<std::vector<SubjectId>> PersonLookup::Find(const AuthorityCode& authority,
                                                  const std::vector<std::string>& name_parts,
                                                  CivilDate born) {
  const auto key = keys_.identity.IdentityKey(authority);
  if (!key) return std::vector<SubjectId>{};
  std::map<SubjectId, size_t> matched;  // how many of the parts
  for (const auto& name_part : name_parts) {
    const std::string prefix =
        TokenRows(authority, MakePersonToken(*key, authority, {name_part, born}));
    std::set<std::string> rows;
    for (auto& part : parts_) {
      const auto stored = part.store->Scan(prefix, "", SIZE_MAX);
      if (!stored) return tl::unexpected(stored.error());
      for (const auto& row : *stored) rows.insert(row.key);
      for (auto row = part.unstored.lower_bound(prefix);
           row != part.unstored.end() && row->first.starts_with(prefix); ++row) {
        if (row->second) {
          rows.insert(row->first);
        } else {
          rows.erase(row->first);
        }
      }
    }
    for (const auto& row : rows) {
      const auto child = SubjectId::FromBytes(std::string_view(row).substr(prefix.size()));
      if (child) ++matched[*child];
    }
  }
  std::vector<SubjectId> found;
  for (const auto& [child, parts] : matched) {
    if (parts == name_parts.size()) found.push_back(child);
  }
  return found;
}

}  // namespace holdfast::cases
