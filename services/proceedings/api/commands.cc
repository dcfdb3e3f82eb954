#include "services/proceedings/api/commands.h"

#include <sodium.h>

#include <array>

#include "libs/base/uuid.h"
#include "libs/rpc/principal.h"
#include "services/proceedings/domain/item.h"

namespace holdfast::proceedings {
namespace {

// What a person is told of the refusal of that name; blank: the enum has none.
template <typename Refusal>
std::string TextAmong(Refusal last, std::string_view name) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto refusal = static_cast<Refusal>(i);
    if (NameOf(refusal) == name) return std::string(TextOf(refusal));
  }
  return {};
}

Status StatusOfRefusal(const std::string& refusal) {
  std::string text = TextAmong(MatchRefusal::kNotMatched, refusal);
  if (text.empty()) text = TextAmong(SourceRefusal::kUnknownSource, refusal);
  if (text.empty() && refusal == "ERASED") text = "the item was erased";
  const bool is_not_there = refusal == NameOf(MatchRefusal::kUnknownItem);
  return {is_not_there ? StatusCode::kNotFound : StatusCode::kFailedPrecondition, refusal, text};
}

}  // namespace

CommandId NewCommandId(const Clock& clock) {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return {UuidV7(clock.Now(), random)};
}

std::string UriOf(const Principal& principal) {
  return IdentityUri({principal.authority, principal.role, principal.name});
}

void Submit(const ProceedingsParts& parts, const CommandOrigin& origin, const SubjectId& subject,
            v1::ProceedingsCommand command, Repeats repeats,
            std::function<void(Result<Answer>)> then) {
  command.set_subject(subject.Bytes());
  command.set_authority(origin.body.text());
  Command submitted{.authority = origin.body.text(),
                    .id = origin.id,
                    .of_service = false,
                    .principal = origin.principal,
                    .request = command.SerializeAsString(),
                    .request_mac = {},
                    .mac_key = {}};
  if (repeats == Repeats::kCompared) {
    auto mac = parts.macs.Of(submitted.request, origin.body, std::nullopt);
    if (!mac) return then(tl::unexpected(mac.error()));
    submitted.request_mac = std::move(mac->mac);
    submitted.mac_key = mac->key;
  }
  parts.shards.Submit(parts.shards.PartitionFor(subject), std::move(submitted), std::move(then));
}

void SubmitForCaller(const ProceedingsParts& parts, const CommandOrigin& origin,
                     const SubjectId& subject, v1::ProceedingsCommand command,
                     std::function<void(Result<Answer>)> then) {
  Submit(parts, origin, subject, std::move(command), Repeats::kCompared,
         [then = std::move(then)](Result<Answer> answer) {
           if (!answer || answer->kind != journal::v1::OUTCOME_KIND_REFUSED)
             return then(std::move(answer));
           then(tl::unexpected(StatusOfRefusal(answer->result)));
         });
}

void AddPosition(uint32_t partition, uint64_t event,
                 google::protobuf::RepeatedPtrField<common::v1::Position>* to) {
  auto& position = *to->Add();
  position.set_service("proceedings");
  position.set_partition(partition);
  position.set_event(event);
}

}  // namespace holdfast::proceedings
