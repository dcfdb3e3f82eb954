#include "services/relay/api/subscribe.h"

#include "services/relay/api/stream_place.h"
#include "services/relay/app/group_keys.h"
#include "services/relay/domain/journal_event.h"

namespace holdfast::relay {
namespace {

tl::unexpected<Status> NotAllowed() {
  return Fail(StatusCode::kPermissionDenied, "NOT_ALLOWED", "a group's events are its own");
}

tl::unexpected<Status> NotThat(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED", message);
}

// Says whose events are streamed.
Result<void> SetWhose(const RelayParts& parts, const LiveStream& stream,
                      const v1::SubscribeRequest& request, Subscriber& subscriber) {
  const Principal& caller = stream.principal();
  const auto named = [&](const std::string& text) {
    return text.empty() ? std::optional(caller.authority) : AuthorityCode::FromText(text);
  };
  if (caller.role != Role::kSubscriber) {
    if (!request.group().empty()) return NotAllowed();
    const auto authority = named(request.authority());
    if (!authority) return NotThat("an authority's code is needed");
    subscriber.authority = authority->text();
    return {};
  }
  if (!request.authority().empty())
    return NotThat("a subscriber group streams its own events alone");
  const auto group = named(request.group());
  if (!group || !stream.Reaches(*group)) return NotAllowed();
  subscriber.group = std::make_shared<const Pseudonyms>(KeyOfGroup(parts.keys, group->text()));
  return {};
}

Result<Subscriber> SubscriberOf(const RelayParts& parts, const LiveStream& stream,
                                const v1::SubscribeRequest& request) {
  Subscriber subscriber;
  if (auto set = SetWhose(parts, stream, request, subscriber); !set)
    return tl::unexpected(set.error());
  for (const std::string& type : request.types()) {
    if (!IsType(type))
      return Fail(StatusCode::kInvalidArgument, "TYPE_UNKNOWN", "no event is a '" + type + "'");
    subscriber.types.insert(type);
  }
  const size_t part_count = kPublished.size() * parts.partition_count;
  auto seen = request.after().empty()
                  ? std::optional(std::vector<uint64_t>(part_count))
                  : SeenFromToken(request.after(), part_count, subscriber.group.get());
  if (!seen)
    return Fail(StatusCode::kInvalidArgument, "TOKEN_UNKNOWN",
                "no stream of this authority or group said this token");
  subscriber.seen = std::move(*seen);
  return subscriber;
}

}  // namespace

void Subscribe(const RelayParts& parts, std::shared_ptr<LiveStream> stream,
               const v1::SubscribeRequest& request) {
  auto subscriber = SubscriberOf(parts, *stream, request);
  if (!subscriber) return stream->End(subscriber.error());
  const auto streams = parts.streams();
  if (!streams) return stream->End(streams.error());
  (*streams)->Add(std::move(stream), std::move(*subscriber));
}

}  // namespace holdfast::relay
