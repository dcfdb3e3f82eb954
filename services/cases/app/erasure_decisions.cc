#include "services/cases/app/erasure_decisions.h"

namespace holdfast::cases {

Result<Decision> DecideErasure(const ChildContext& context, v1::EraseChild command) {
  const CasesState& state = context.state;
  const std::string& authority = context.place.authority.text();
  const bool is_known = state.child.registered && state.owner == authority;
  // Of what is erased already, or refused, no key is used.
  auto decided = Decide(state.erasure, is_known, authority, command);
  if (!decided) return Refused(NameOf(decided.error()));
  if (decided->empty()) return Settle(context, state.child.key_id, {}, {});
  const auto key = context.keys.Take(context.place.authority);
  if (!key) return tl::unexpected(key.error());
  auto& erased = *decided->front().mutable_child_erased();
  erased.set_key_id(key->Bytes());
  erased.set_instance(context.instance);
  return Settle(context, *key, std::move(*decided), {});
}

Result<Decision> DecideErasureStep(const ChildContext& context,
                                   const v1::RecordErasureStep& command) {
  return Settle(context, context.state.child.key_id, Decide(context.state.erasure, command), {});
}

}  // namespace holdfast::cases
