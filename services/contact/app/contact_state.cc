#include "services/contact/app/contact_state.h"

#include <set>

namespace holdfast::contact {
namespace {

Status Poison(const char* message) { return {StatusCode::kDataLoss, "POISON_EVENT", message}; }

Result<void> Take(std::string_view payload, Instant recorded_at, ContactState& state) {
  v1::ContactEvent event;
  if (!event.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
    return tl::unexpected(Poison("contact: an event that cannot be read"));
  Apply(event, recorded_at, state.child);
  return {};
}

void Register(const std::string& authority, const std::string& key_id, ChildFacts& child) {
  child.registered = true;
  child.authority = authority;
  child.key_id = KeyId::FromBytes(key_id).value_or(KeyId{});
}

}  // namespace

Result<void> AddOwnEvent(const AppliedEvent& event, ContactState& state) {
  if (auto taken = Take(event.payload, event.recorded_at, state); !taken) return taken;
  auto& kept = *state.kept.add_events();
  kept.set_payload(std::string(event.payload));
  kept.set_recorded_at(event.recorded_at.time_since_epoch().count());
  return {};
}

Result<void> AddCasesEvent(const AppliedEvent& applied, ContactState& state) {
  cases::v1::CasesEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size())))
    return tl::unexpected(Poison("contact: an event of cases that cannot be read"));
  if (!event.has_child_registered()) return {};
  const auto& registered = event.child_registered();
  state.kept.set_authority(registered.authority());
  state.kept.set_key_id(registered.key_id());
  Register(registered.authority(), registered.key_id(), state.child);
  return {};
}

bool IsErasure(std::string_view cases_event) {
  cases::v1::CasesEvent event;
  return event.ParseFromArray(cases_event.data(), static_cast<int>(cases_event.size())) &&
         event.has_child_erased();
}

Result<ContactState> StateOfKept(v1::KeptChild kept) {
  ContactState state;
  for (const auto& event : kept.events()) {
    const auto taken =
        Take(event.payload(), Instant(std::chrono::microseconds(event.recorded_at())), state);
    if (!taken) return tl::unexpected(taken.error());
  }
  if (!kept.authority().empty()) Register(kept.authority(), kept.key_id(), state.child);
  state.kept = std::move(kept);
  return state;
}

std::string FactRow(std::string_view authority, std::string_view fact) {
  std::string row = "f";
  row.append(authority);
  row.push_back('\0');
  return row.append(fact);
}

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const ContactState& state) {
  std::set<FactId> facts;
  for (const auto& version : state.child.contact) facts.insert(version.fact);
  std::vector<IndexRow> rows;
  for (const auto& fact : facts)
    rows.push_back({FactRow(state.child.authority, fact.Bytes()), subject.Bytes()});
  return rows;
}

}  // namespace holdfast::contact
