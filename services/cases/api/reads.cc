#include "services/cases/api/reads.h"

#include <algorithm>

#include "libs/crypto/identity.h"
#include "libs/rpc/at_least.h"
#include "libs/rpc/principal.h"
#include "services/cases/api/commands.h"

namespace holdfast::cases {
namespace {

constexpr std::chrono::seconds kLongestWait{30};

}  // namespace

Result<AuthorityCode> AuthorityMeant(const AnyUnaryCall& call, const std::string& code) {
  if (code.empty() && call.reach() == Reach::kOwnAuthority) return call.principal().authority;
  const auto authority = AuthorityCode::FromText(code);
  if (!authority)
    return Fail(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED", "an authority's code is needed");
  return *authority;
}

Result<SubjectId> ChildNamed(const CasesParts& parts, const AuthorityCode& authority,
                             const v1::ChildName& name) {
  if (name.has_local_id() && !TrimLocalId(name.local_id()).empty()) {
    return parts.keys.IdentityKey(authority).map(
        [&](const SecretKey& key) { return MakeChildId(key, authority, name.local_id()); });
  }
  const auto child = SubjectId::FromBytes(name.child());
  if (!child)
    return Fail(StatusCode::kInvalidArgument, "CHILD_NEEDED", "a child's id or local id is needed");
  return *child;
}

Status NoSuchChild() { return {StatusCode::kNotFound, "UNKNOWN_CHILD", "no such child"}; }

Monotonic DeadlineOf(const CasesParts& parts, const AnyUnaryCall& call) {
  const auto left = call.deadline() - std::chrono::system_clock::now();
  const auto limit = std::chrono::duration_cast<std::chrono::nanoseconds>(kLongestWait);
  return parts.clock.Steady() +
         std::min(std::chrono::duration_cast<std::chrono::nanoseconds>(left), limit);
}

uint64_t EventsNeeded(const common::v1::ReadHeader& header, uint32_t partition) {
  common::v1::Position place;
  place.set_service("cases");
  place.set_partition(partition);
  return EventAt(header.at_least(), place);
}

audit::v1::PersonalDataRead RecordOf(const AnyUnaryCall& call, const PersonalRead& read) {
  audit::v1::PersonalDataRead record;
  record.set_who(PrincipalOf(call));
  record.set_role(std::string(Text(call.principal().role)));
  record.set_purpose(std::string(Text(call.principal().purpose)));
  record.set_method("holdfast.cases.v1.CasesService/" + read.method);
  record.set_authority(read.authority);
  for (const auto& field : read.fields) record.add_fields(field);
  for (const auto& child : read.children) record.add_children(child.Bytes());
  return record;
}

}  // namespace holdfast::cases
