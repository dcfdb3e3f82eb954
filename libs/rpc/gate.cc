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

bool NamesABody(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
         (field.name() == "authority" || field.name() == "source");
}

// Whether every field `authority` and `source` of `message`, and of the messages in it, is blank or
// within reach.
bool StaysWithinReach(const Message& message, const Admission& admission, int depth = 0) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (field->is_repeated()) continue;
    if (NamesABody(*field)) {
      const auto named = AuthorityCode::FromText(reflection->GetString(message, field));
      if (!named || !admission.Reaches(*named)) return false;
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && depth < 4) {
      if (!StaysWithinReach(reflection->GetMessage(message, field), admission, depth + 1))
        return false;
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

Result<void> ParseWithinReach(std::string_view bytes, const Admission& admission,
                              Message& message) {
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Fail(StatusCode::kInvalidArgument, "MALFORMED",
                "the request is not the message of this call");
  }
  if (admission.reach == Reach::kOwnAuthority && !StaysWithinReach(message, admission)) {
    return Fail(StatusCode::kPermissionDenied, "FOREIGN_AUTHORITY",
                "the request names another authority");
  }
  return {};
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

void Gate::Note(std::string_view method, const std::string& peer, const std::string& caller,
                const Status& why) const {
  options_.on_turned_away({std::string(method), peer, caller, why});
}

Result<Gate::AdmittedCaller> Gate::AdmitCaller(const grpc::CallbackServerContext& context,
                                               std::string_view method) const {
  const auto turn_away = [&](const std::string& caller, const Status& why) {
    Note(method, context.peer(), caller, why);
    return tl::unexpected(why);
  };
  const auto caller = options_.authenticate(context);
  if (!caller) return turn_away("", caller.error());
  std::string uri = IdentityUri(caller->identity);
  const RoleRow* row = options_.roles.Find(method);
  auto admission = Authorise(row, *caller);
  if (!admission) return turn_away(uri, admission.error());
  if (auto checked = CheckDeadline(context.deadline()); !checked)
    return turn_away(uri, checked.error());
  return AdmittedCaller{std::move(*admission), row, std::move(uri)};
}

std::optional<AnyUnaryCall::Parts> Gate::Admit(const RawCall& raw,
                                               grpc::ServerUnaryReactor* reactor) const {
  auto admitted = AdmitCaller(*raw.context, raw.method);
  if (!admitted) {
    reactor->Finish(ToGrpc(admitted.error()));
    return std::nullopt;
  }
  const auto turn_away = [&](const Status& why) {
    Note(raw.method, raw.context->peer(), admitted->uri, why);
    reactor->Finish(ToGrpc(why));
    return std::nullopt;
  };
  if (auto checked = CheckSize(raw.request->Length(), admitted->row->max_request_bytes); !checked)
    return turn_away(checked.error());
  auto slice = OnePiece(*raw.request);
  if (!slice)
    return turn_away({StatusCode::kInvalidArgument, "MALFORMED", "the request cannot be read"});
  return AnyUnaryCall::Parts{std::move(admitted->admission), raw.context->deadline(),
                             std::move(*slice), raw.response, reactor};
}

bool Gate::Read(const RawCall& raw, AnyUnaryCall& call, Message& request) const {
  const auto turn_away = [&](const Status& why) {
    const auto& who = call.principal();
    Note(raw.method, raw.context->peer(), IdentityUri({who.authority, who.role, who.name}), why);
    call.Fail(why);
    return false;
  };
  const auto read = ParseWithinReach(call.request_bytes(), call.admission_, request);
  return read.has_value() || turn_away(read.error());
}

Result<ForwardableCall> Gate::AdmitForwardable(const grpc::CallbackServerContext& context,
                                               std::string_view method) const {
  auto admitted = AdmitCaller(context, method);
  if (!admitted) return tl::unexpected(admitted.error());
  const Principal& who = admitted->admission.principal;
  if (!ValuesOf(context, kForwardedMetadata).empty()) {
    const Status why =
        who.via.empty()
            ? Status{StatusCode::kPermissionDenied, "NOT_AUTHENTICATED",
                     "only a service brings on another's call"}
            : Status{StatusCode::kUnavailable, "NOT_TAKEN",
                     "the call was brought to an instance that does not serve it either"};
    Note(method, context.peer(), admitted->uri, why);
    return tl::unexpected(why);
  }
  return ForwardableCall{.method = std::string(method),
                         .caller = {who.authority, who.role, who.name},
                         .purpose = who.purpose,
                         .max_request_bytes = admitted->row->max_request_bytes,
                         .deadline = context.deadline()};
}

Result<Gate::AdmittedStream> Gate::AdmitStream(const RawStream& raw) const {
  auto admitted = AdmitCaller(*raw.context, raw.method);
  if (!admitted) return tl::unexpected(admitted.error());
  return AdmittedStream{std::make_shared<const Admission>(std::move(admitted->admission)),
                        raw.context->deadline(), admitted->row, raw.context->peer()};
}

Result<void> Gate::ReadMessage(const AdmittedStream& stream, const grpc::ByteBuffer& bytes,
                               Message& message) const {
  const auto turn_away = [&](const Status& why) {
    const auto& who = stream.admission->principal;
    Note(stream.row->method, stream.peer, IdentityUri({who.authority, who.role, who.name}), why);
    return tl::unexpected(why);
  };
  if (auto checked = CheckSize(bytes.Length(), stream.row->max_request_bytes); !checked)
    return turn_away(checked.error());
  const auto slice = OnePiece(bytes);
  if (!slice)
    return turn_away({StatusCode::kInvalidArgument, "MALFORMED", "the request cannot be read"});
  const std::string_view whole(reinterpret_cast<const char*>(slice->begin()), slice->size());
  const auto read = ParseWithinReach(whole, *stream.admission, message);
  if (!read) return turn_away(read.error());
  return {};
}

}  // namespace holdfast
