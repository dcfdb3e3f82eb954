#include "services/node/peer_forwarder.h"

#include "libs/rpc/client.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kAnswerLimit{10};

struct ForwardedCall {
  grpc::ClientContext context;
  node::v1::SubmitCommandRequest request;
  node::v1::SubmitCommandResponse response;
  Reply reply;
};

}  // namespace

node::v1::SubmitCommandRequest RequestOf(const LogPartition& partition, const Command& command) {
  node::v1::SubmitCommandRequest request;
  request.set_service(partition.service);
  request.set_partition(partition.partition);
  request.set_authority(command.authority);
  request.set_command_id(command.id.Bytes());
  request.set_of_service(command.of_service);
  request.set_principal(command.principal);
  request.set_request(command.request);
  request.set_request_mac(command.request_mac);
  request.set_mac_key(command.mac_key.Bytes());
  return request;
}

std::optional<Command> CommandOf(const node::v1::SubmitCommandRequest& request) {
  const auto id = CommandId::FromBytes(request.command_id());
  const auto mac_key = KeyId::FromBytes(request.mac_key());
  if (!id || !mac_key) return std::nullopt;
  return Command{.authority = request.authority(),
                 .id = *id,
                 .of_service = request.of_service(),
                 .principal = request.principal(),
                 .request = request.request(),
                 .request_mac = request.request_mac(),
                 .mac_key = *mac_key};
}

node::v1::SubmitCommandResponse ResponseOf(const Result<Answer>& answer) {
  node::v1::SubmitCommandResponse response;
  if (!answer) {
    auto& failure = *response.mutable_failure();
    failure.set_code(static_cast<uint32_t>(answer.error().code));
    failure.set_reason(answer.error().reason);
    failure.set_message(answer.error().message);
    return response;
  }
  auto& given = *response.mutable_answer();
  given.set_kind(static_cast<uint32_t>(answer->kind));
  given.set_result(answer->result);
  given.set_answer(answer->answer);
  given.set_first_event(answer->first_event);
  given.set_last_event(answer->last_event);
  given.set_recorded_at_us(answer->recorded_at.time_since_epoch().count());
  given.set_repeated(answer->repeated);
  return response;
}

Result<Answer> AnswerOf(const node::v1::SubmitCommandResponse& response) {
  if (response.has_failure()) {
    const auto& failure = response.failure();
    return Fail(static_cast<StatusCode>(failure.code()), failure.reason(), failure.message());
  }
  if (!response.has_answer())
    return tl::unexpected(OutcomeUnknown("the partition's owner answered nothing that is known"));
  const auto& given = response.answer();
  return Answer{.kind = static_cast<OutcomeKind>(given.kind()),
                .result = given.result(),
                .answer = given.answer(),
                .first_event = given.first_event(),
                .last_event = given.last_event(),
                .recorded_at = Instant(std::chrono::microseconds(given.recorded_at_us())),
                .repeated = given.repeated()};
}

void PeerForwarder::Forward(const LogPartition& partition, Command command, Reply reply) {
  const auto owner = owners_.Find(partition);
  if (!owner || owner->instance == instance_)
    return reply(tl::unexpected(NotTaken("no instance owns the partition now")));
  auto call = std::make_shared<ForwardedCall>();
  call->request = RequestOf(partition, command);
  call->reply = std::move(reply);
  Prepare(call->context, {.timeout = kAnswerLimit});
  const std::shared_ptr stub = node::v1::InstanceService::NewStub(channels_.To(owner->endpoint));
  stub->async()->SubmitCommand(
      &call->context, &call->request, &call->response, [call, stub](const grpc::Status& status) {
        if (status.ok()) return call->reply(AnswerOf(call->response));
        const auto failure = FromGrpc(status).status;
        call->reply(tl::unexpected(
            failure.code == StatusCode::kUnavailable ? failure : OutcomeUnknown(failure.message)));
      });
}

}  // namespace holdfast
