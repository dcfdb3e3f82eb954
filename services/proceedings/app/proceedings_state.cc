#include "services/proceedings/app/proceedings_state.h"

#include "holdfast/cases/v1/cases_events.pb.h"

namespace holdfast::proceedings {
namespace {

tl::unexpected<Status> Poison(const char* message) {
  return Fail(StatusCode::kDataLoss, "POISON_EVENT", message);
}

void Take(const v1::ProceedingsEvent& event, uint64_t number, ProceedingsState& state) {
  Apply(event, number, state.item);
  Apply(event, number, state.case_ref);
  Apply(event, number, state.source);
  Apply(event, state.child);
}

void SetRegistered(ProceedingsState& state) {
  state.child.authority = state.record.child_authority();
  state.child.key = KeyId::FromBytes(state.record.child_key_id()).value_or(KeyId{});
}

}  // namespace

Result<void> AddEvent(const AppliedEvent& applied, ProceedingsState& state) {
  v1::ProceedingsEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size())))
    return Poison("proceedings: an event that cannot be read");
  if (event.has_item_stated()) event.mutable_item_stated()->clear_personal();
  Take(event, applied.number, state);
  v1::KeptSubject one;
  auto& kept = *one.add_events();
  kept.set_number(applied.number);
  *kept.mutable_event() = std::move(event);
  // A repeated field goes on where its bytes end.
  one.AppendToString(&state.events);
  return {};
}

Result<void> AddCasesEvent(std::string_view payload, ProceedingsState& state) {
  cases::v1::CasesEvent event;
  if (!event.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
    return Poison("proceedings: an event of cases that cannot be read");
  if (!event.has_child_registered()) return {};
  state.record.set_child_authority(event.child_registered().authority());
  state.record.set_child_key_id(event.child_registered().key_id());
  SetRegistered(state);
  return {};
}

bool IsErasure(std::string_view cases_event) {
  cases::v1::CasesEvent event;
  return event.ParseFromArray(cases_event.data(), static_cast<int>(cases_event.size())) &&
         event.has_child_erased();
}

std::string BytesOf(const ProceedingsState& state) {
  std::string bytes = state.events;
  state.record.AppendToString(&bytes);
  return bytes;
}

std::optional<ProceedingsState> StateOfBytes(std::string_view bytes) {
  ProceedingsState state;
  if (!state.record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return std::nullopt;
  for (const auto& event : state.record.events()) Take(event.event(), event.number(), state);
  state.record.clear_events();
  state.events = bytes.substr(0, bytes.size() - state.record.ByteSizeLong());
  SetRegistered(state);
  return state;
}

}  // namespace holdfast::proceedings
