#include "libs/rpc/gate.h"

#include <grpc/grpc_security_constants.h>

#include <optional>
#include <vector>

namespace holdfast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A timeout is rounded up on its way.
constexpr std::chrono::seconds kDeadlineSlack{1};

std::vector<std::string> ValuesOf(const grpc::ServerContextBase& context, const char* name) {
  std::vector<std::string> values;
  const auto [begin, end] = context.client_metadata().equal_range(name);
  for (auto at = begin; at != end; ++at) values.emplace_back(at->second.data(), at->second.size());
  return values;
}

Result<void> CheckDeadline(std::chrono::system_clock::time_point deadline) {
  if (deadline - std::chrono::system_clock::now() <= kLongestDeadline + kDeadlineSlack) return {};
  return Fail(StatusCode::kInvalidArgument, "DEADLINE_REQUIRED",
              "each call needs a deadline of at most 60 s");
}

Result<void> CheckSize(size_t bytes, size_t most) {
  if (bytes <= most) return {};
  return Fail(StatusCode::kResourceExhausted, "TOO_LARGE",
              "the request has " + std::to_string(bytes) + " bytes; this call takes " +
                  std::to_string(most));
}

// Whether every field `authority` of `message`, and of the messages in it, is blank or within
// reach.
bool StaysWithinReach(const Message& message, const AnyUnaryCall& call, int depth = 0) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (field->is_repeated()) continue;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && field->name() == "authority") {
      const auto named = AuthorityCode::FromText(reflection->GetString(message, field));
      if (!named || !call.Reaches(*named)) return false;
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && depth < 4) {
      if (!StaysWithinReach(reflection->GetMessage(message, field), call, depth + 1)) return false;
    }
  }
  return true;
}

// The buffer as one piece, copied only when it came in several.
std::optional<grpc::Slice> OnePiece(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (buffer.TrySingleSlice(&slice).ok() || buffer.DumpToSingleSlice(&slice).ok()) return slice;
  return std::nullopt;
}

}  // namespace

Claims ClaimsOf(const grpc::ServerContextBase& context) {
  Claims claims{{}, ValuesOf(context, kPurposeMetadata), ValuesOf(context, kCallerMetadata)};
  const auto peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) return claims;
  for (const auto& uri : peer->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
    claims.certificate_uris.emplace_back(uri.data(), uri.size());
  }
  return claims;
}

std::optional<AnyUnaryCall::Parts> Gate::Admit(const RawCall& raw,
                                               grpc::ServerUnaryReactor* reactor) const {
  const auto turn_away = [&](const std::string& caller, const Status& why) {
    options_.on_turned_away({std::string(raw.method), raw.context->peer(), caller, why});
    reactor->Finish(ToGrpc(why));
    return std::nullopt;
  };
  const auto caller = options_.authenticate(*raw.context);
  if (!caller) return turn_away("", caller.error());
  const std::string uri = IdentityUri(caller->identity);
  const RoleRow* row = options_.roles.Find(raw.method);
  auto admission = Authorise(row, *caller);
  if (!admission) return turn_away(uri, admission.error());
  const auto deadline = raw.context->deadline();
  if (auto checked = CheckDeadline(deadline); !checked) return turn_away(uri, checked.error());
  if (auto checked = CheckSize(raw.request->Length(), row->max_request_bytes); !checked) {
    return turn_away(uri, checked.error());
  }
  auto slice = OnePiece(*raw.request);
  if (!slice)
    return turn_away(uri,
                     {StatusCode::kInvalidArgument, "MALFORMED", "the request cannot be read"});
  return AnyUnaryCall::Parts{std::move(*admission), deadline, std::move(*slice), raw.response,
                             reactor};
}

bool Gate::Read(const RawCall& raw, AnyUnaryCall& call, Message& request) const {
  const auto turn_away = [&](const Status& why) {
    const auto& who = call.principal();
    options_.on_turned_away({std::string(raw.method), raw.context->peer(),
                             IdentityUri({who.authority, who.role, who.name}), why});
    call.Fail(why);
    return false;
  };
  const auto bytes = call.request_bytes();
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return turn_away(
        {StatusCode::kInvalidArgument, "MALFORMED", "the request is not the message of this call"});
  }
  if (call.reach() == Reach::kOwnAuthority && !StaysWithinReach(request, call)) {
    return turn_away({StatusCode::kPermissionDenied, "FOREIGN_AUTHORITY",
                      "the request names another authority"});
  }
  return true;
}

}  // namespace holdfast
