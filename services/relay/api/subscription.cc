#include "services/relay/api/subscription.h"

#include <algorithm>

#include "services/relay/api/stream_place.h"
#include "services/relay/app/pseudonymise.h"

namespace holdfast::relay {
namespace {

constexpr size_t kRead_bytes = 256 << 10;

void SetEvent(CloudEvent event, v1::CloudEvent& message) {
  message.set_id(std::move(event.id));
  message.set_source(std::move(event.source));
  message.set_type(std::move(event.type));
  message.set_time(std::move(event.time));
  message.set_partition_key(std::move(event.partition_key));
  message.set_data(std::move(event.data));
  message.set_partition(event.partition);
}

}  // namespace

Subscription::Subscription(PublishedJournals& journals, std::shared_ptr<LiveStream> stream,
                           Subscriber subscriber)
    : journals_(journals),
      stream_(std::move(stream)),
      subscriber_(std::move(subscriber)),
      walks_(subscriber_.seen.size()) {}

void Subscription::Start(std::function<void()> wanted) {
  stream_->Start([state = state_, wanted = std::move(wanted)] {
    state->wants = true;
    wanted();
  });
}

bool Subscription::HasNews() const {
  for (uint32_t part = 0; part < walks_.size(); ++part) {
    const auto partition = PartitionOfPart(part, journals_.partition_count());
    if (journals_.index().through(partition) > subscriber_.seen[part]) return true;
  }
  return false;
}

// A service after the other within a partition, so that a child is known before what follows for
// it.
bool Subscription::Step(Monotonic now) {
  const uint32_t partitions = journals_.partition_count();
  for (size_t i = 1; i <= walks_.size(); ++i) {
    const size_t next = (last_ + i) % walks_.size();
    const auto service = static_cast<uint32_t>(next % kPublished.size());
    const auto part = service * partitions + static_cast<uint32_t>(next / kPublished.size());
    const auto partition = PartitionOfPart(part, partitions);
    if (journals_.index().through(partition) <= subscriber_.seen[part]) continue;
    last_ = next;
    auto& walk = walks_[part];
    if (!walk) walk = journals_.WalkAfter(partition, subscriber_.seen[part]);
    found_.clear();
    const uint64_t before = walk->seen();
    const auto read =
        walk->Next(kRead_bytes, [&](const PublishedEvent& published) { Add(published, part); });
    subscriber_.seen[part] = walk->seen();
    if (!found_.empty()) {
      state_->wants = false;
      given_at_ = now;
      stream_->Give(found_);
    }
    if (!read) stream_->End(read.error());
    // Records without events, such as claims, are passed too.
    if (!read || *read || walk->seen() != before) return read.has_value();
  }
  return false;
}

bool Subscription::Has(const PublishedEvent& published) const {
  if (!subscriber_.types.empty()) {
    const auto* happened = HappenedIn(published.message);
    const bool named =
        subscriber_.types.contains(TypeOf(published.event.service)) ||
        (happened != nullptr && subscriber_.types.contains(happened->GetDescriptor()->full_name()));
    if (!named) return false;
  }
  if (published.everybody) return true;
  return subscriber_.group ? !published.authorities.empty()
                           : std::ranges::find(published.authorities, subscriber_.authority) !=
                                 published.authorities.end();
}

void Subscription::Add(const PublishedEvent& published, size_t part) {
  subscriber_.seen[part] = published.event.number;
  if (!Has(published)) return;
  const auto* group = subscriber_.group.get();
  auto& message = found_.emplace_back();
  message.set_token(TokenOf(subscriber_.seen, group));
  SetEvent(group == nullptr ? CloudEventOf(published.event)
                            : PseudonymousEventOf(published.event, published.message, *group,
                                                  journals_.partition_count()),
           *message.mutable_event());
}

void Subscription::EndIfSlow(Monotonic now, std::chrono::milliseconds patience) {
  const bool waits = !wants() && given_at_ != Monotonic{} && now >= given_at_ + patience;
  if (!waits || ended() || !HasNews()) return;
  stream_->End({StatusCode::kResourceExhausted, "SUBSCRIBER_TOO_SLOW",
                "what was sent has not been taken for a while; go on with after " +
                    TokenOf(subscriber_.seen, subscriber_.group.get())});
}

}  // namespace holdfast::relay
