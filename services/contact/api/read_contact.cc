#include <algorithm>
#include <set>

#include "libs/permanence/dates.h"
#include "libs/rpc/at_least.h"
#include "libs/shard/keeper_of.h"
#include "services/contact/api/commands.h"
#include "services/contact/api/handlers.h"
#include "services/contact/app/contact_state.h"
#include "services/contact/app/sealed_words.h"
#include "services/contact/domain/assemble_pack.h"
#include "services/contact/domain/render_contact.h"

namespace holdfast::contact {
namespace {

View ViewFrom(const common::v1::ViewPoint& point, CivilDate today) {
  View view;
  const bool is_recorded_view = point.recorded_at() != 0;
  if (is_recorded_view)
    view.recorded_at = Instant(std::chrono::microseconds(point.recorded_at()));
  const auto known_at = point.has_known_at() ? DayOf(point.known_at()) : std::nullopt;
  if (known_at) {
    view.known_at = *known_at;
  } else if (!is_recorded_view) {
    view.known_at = today;
  }
  return view;
}

uint64_t EventsNeeded(const common::v1::ReadHeader& header, uint32_t partition) {
  common::v1::Position place;
  place.set_service("contact");
  place.set_partition(partition);
  return EventAt(header.at_least(), place);
}

// The facts of a child, words open. One that is not there and one out of reach: the same reads, the same answer.
Result<ChildFacts> FactsOf(const ContactParts& parts, const AnyUnaryCall& call,
                           const SubjectId& child, ShardView& shard) {
  const auto& state = StateOf<ContactState>(shard.subjects(), child);
  const auto owner = AuthorityCode::FromText(state.child.authority);
  if (!owner || !call.Reaches(*owner))
    return Fail(StatusCode::kNotFound, "UNKNOWN_CHILD", "no such child");
  return OpenWords(parts.sealer, {*owner, child}, state.child);
}

// The words that an answer shows, by the names of their fields, each once.
void NoteWords(const google::protobuf::Message& shown, std::set<std::string>& names) {
  static const std::set<std::string> kWords{"name",       "frequency", "conditions",
                                            "conclusion", "answer",    "text"};
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  const auto* reflection = shown.GetReflection();
  reflection->ListFields(shown, &fields);
  for (const auto* field : fields) {
    if (kWords.contains(field->name())) names.insert(field->name());
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      NoteWords(reflection->GetMessage(shown, field), names);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(shown, field); ++i)
      NoteWords(reflection->GetRepeatedMessage(shown, field, i), names);
  }
}

audit::v1::PersonalDataRead RecordOf(const AnyUnaryCall& call, const char* method,
                                     const std::string& authority, const SubjectId& child,
                                     const google::protobuf::Message& shown) {
  audit::v1::PersonalDataRead record;
  record.set_who(PrincipalOf(call));
  record.set_role(std::string(Text(call.principal().role)));
  record.set_purpose(std::string(Text(call.principal().purpose)));
  record.set_method(std::string("holdfast.contact.v1.ContactService/") + method);
  record.set_authority(authority);
  // That a child has contact, and with whom, is personal as well.
  std::set<std::string> names{"contact"};
  NoteWords(shown, names);
  for (const auto& name : names) record.add_fields(name);
  record.add_children(child.Bytes());
  return record;
}

// Reads a child's facts; `render` makes the answer of them and says which part of it is shown. It leaves once the read is
// recorded.
template <typename Request, typename Response, typename Render>
void ReadAudited(const ContactParts& parts, const Call<Request, Response>& call,
                 const char* method, Render render) {
  const auto child = SubjectId::FromBytes(call->request().child());
  if (!child)
    return call->Fail({StatusCode::kInvalidArgument, "CHILD_NEEDED", "a child's id is needed"});
  const uint32_t partition = parts.shards.PartitionFor(*child);
  const auto run = [&parts, call, method, render, child = *child,
                    partition](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    const auto facts = FactsOf(parts, *call, child, *shard);
    if (!facts) return call->Fail(facts.error());
    Response response = render(call->request(), child, *facts, parts.today());
    AddPosition(partition, shard->position(), response.mutable_positions());
    parts.audit.Record(RecordOf(*call, method, facts->authority, child, response),
                       [call, response](const Result<void>& recorded) {
                         if (!recorded) return call->Fail(recorded.error());
                         call->Finish(response);
                       });
  };
  parts.shards.Read(partition, {.at_least = EventsNeeded(call->request().header(), partition),
                                .after_sources = true,
                                .deadline = DeadlineOf(parts, *call),
                                .run = run});
}

}  // namespace

void ShowContact(const ContactParts& parts, const ShowContactCall& call) {
  ReadAudited(parts, call, "ShowContact",
              [](const v1::ShowContactRequest& request, const SubjectId& child,
                 const ChildFacts& facts, CivilDate today) {
                v1::ShowContactResponse response;
                const View view = ViewFrom(request.view(), today);
                const CivilDate day = std::min(view.known_at, today);
                *response.mutable_view() = RenderContact(child, facts, view, day);
                return response;
              });
}

void AssemblePack(const ContactParts& parts, const AssemblePackCall& call) {
  ReadAudited(parts, call, "AssemblePack",
              [](const v1::AssemblePackRequest& request, const SubjectId& child,
                 const ChildFacts& facts, CivilDate today) {
                v1::AssemblePackResponse response;
                PackDays days{.from = {}, .to = today};
                if (request.has_from()) days.from = DayOf(request.from());
                if (request.has_to()) days.to = DayOf(request.to()).value_or(today);
                *response.mutable_pack() = AssemblePack(child, facts, days, today);
                return response;
              });
}

}  // namespace holdfast::contact
