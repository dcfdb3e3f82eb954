#include "libs/permanence/dates.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/domain/name_parts.h"

namespace holdfast::cases {
namespace {

constexpr size_t kLongestName_bytes = 1000;

// On the reader's thread.
void AnswerFound(const CasesParts& parts, const FindChildrenCall& call,
                 const AuthorityCode& authority, const std::vector<std::string>& name_parts,
                 CivilDate born) {
  const auto found = parts.people.model().Find(authority, name_parts, born);
  if (!found) return call->Fail(found.error());
  v1::FindChildrenResponse response;
  for (const auto& child : *found) response.add_children(child.Bytes());
  const PersonalRead read{.method = "FindChildren",
                          .authority = authority.text(),
                          .fields = {"name", "born"},
                          .children = *found};
  FinishAudited(parts, call, read, std::move(response));
}

}  // namespace

// All that was acknowledged before the call is read first: a child that was just registered is
// found.
void FindChildren(const CasesParts& parts, const FindChildrenCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.authority());
  if (!authority) return call->Fail(authority.error());
  const auto born = request.has_born() ? DayOf(request.born()) : std::nullopt;
  if (!born)
    return call->Fail({StatusCode::kInvalidArgument, "DAY_NEEDED", "the day of birth is needed"});
  auto name_parts = NameParts(request.name());
  if (name_parts.empty() || request.name().size() > kLongestName_bytes)
    return call->Fail(
        {StatusCode::kInvalidArgument, "NAME_NEEDED", "a name is needed, of at most 1,000 bytes"});
  Projection::Positions positions;
  for (uint32_t p = 0; p < parts.shards.partition_count(); ++p)
    positions.push_back({{"cases", p}, EventsNeeded(request.header(), p)});
  parts.people.reader().ReadLatest(
      std::move(positions), DeadlineOf(parts, *call),
      [&parts, call, authority = *authority, name_parts = std::move(name_parts),
       born = *born](const Result<void>& read) {
        if (!read) return call->Fail(read.error());
        AnswerFound(parts, call, authority, name_parts, born);
      });
}

}  // namespace holdfast::cases
