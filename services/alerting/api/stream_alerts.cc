#include <atomic>
#include <mutex>
#include <vector>

#include "services/alerting/api/alert_views.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/api/stream_token.h"
#include "services/alerting/app/alert_changes.h"
#include "services/alerting/app/alerting_keeper.h"

namespace holdfast::alerting {
namespace {

constexpr size_t kChangesAtOnce = 256;
constexpr std::chrono::seconds kReadLimit{30};

// One subscriber. Partitions in which something may have happened are read one after the other, and
// the next only once the caller has taken what the one before held.
class Subscription : public std::enable_shared_from_this<Subscription> {
 public:
  Subscription(const AlertingParts& parts, std::shared_ptr<LiveStream> stream,
               AuthorityCode authority, std::vector<uint64_t> seen)
      : parts_(parts),
        stream_(std::move(stream)),
        authority_(std::move(authority)),
        seen_(std::move(seen)),
        news_(seen_.size(), true) {}

  void Start() {
    const std::weak_ptr<Subscription> weak = weak_from_this();
    // The stream owns them, not this: one may not end itself from within its own call.
    std::vector<EventLog::Watcher> watchers;
    for (uint32_t partition = 0; partition < seen_.size(); ++partition) {
      watchers.push_back(parts_.log.Watch({"alerting", partition}, [weak, partition] {
        if (const auto self = weak.lock()) self->Note(partition);
      }));
    }
    stream_->Start([self = shared_from_this(), watchers = std::move(watchers)] { self->Pull(); });
  }

 private:
  // The log of a partition has grown.
  void Note(uint32_t partition) {
    {
      const std::lock_guard lock(mutex_);
      news_[partition] = true;
      if (!waiting_) return;
      waiting_ = false;
    }
    Pull();
  }

  // The caller takes more: reads the next partition with news, or waits for some.
  void Pull() {
    if (stream_->ended()) return;
    uint32_t partition = 0;
    {
      const std::lock_guard lock(mutex_);
      const auto next = NextWithNews();
      waiting_ = !next;
      if (!next) return;
      partition = *next;
      news_[partition] = false;
    }
    parts_.shards.Read(partition, {.deadline = parts_.clock.Steady() + kReadLimit,
                                   .run = [self = shared_from_this(), partition](auto view) {
                                     self->Take(partition, std::move(view));
                                   }});
  }

  std::optional<uint32_t> NextWithNews() {
    for (size_t i = 0; i < news_.size(); ++i) {
      const auto partition = static_cast<uint32_t>((last_ + 1 + i) % news_.size());
      if (!news_[partition]) continue;
      last_ = partition;
      return partition;
    }
    return std::nullopt;
  }

  // On the shard's thread.
  void Take(uint32_t partition, Result<ShardView> view) {
    if (!view) return stream_->End(view.error());
    const auto changes = ChangesAfter(*view, authority_.text(), seen_[partition], kChangesAtOnce);
    if (!changes) return stream_->End(changes.error());
    std::vector<v1::StreamAlertsResponse> messages;
    for (const auto& change : changes->changes) {
      seen_[partition] = change.number;
      messages.push_back(MessageOf(*view, change));
    }
    seen_[partition] = changes->through;
    // What the log holds and the shard has not applied yet brings no news of its own.
    if (changes->more || parts_.shards.status(partition).behind > 0) {
      const std::lock_guard lock(mutex_);
      news_[partition] = true;
    }
    // What is given is written before more is asked for.
    if (messages.empty()) return Pull();
    stream_->Give(messages);
  }

  v1::StreamAlertsResponse MessageOf(ShardView& view, const AlertChange& change) const {
    v1::StreamAlertsResponse message;
    message.set_token(TokenOf(seen_));
    message.set_at_us(change.recorded_at.time_since_epoch().count());
    const auto& state = StateOf<AlertingState>(view.subjects(), change.child);
    *message.mutable_alert() = ViewOf(change.child, state, change.alert);
    message.set_from(std::string(NameOf(change.from)));
    message.set_to(message.alert().state());
    if (change.was_due) *message.mutable_was_due() = *change.was_due;
    message.set_because(change.because);
    return message;
  }

  const AlertingParts& parts_;
  const std::shared_ptr<LiveStream> stream_;
  const AuthorityCode authority_;
  std::vector<uint64_t> seen_;  // by partition; used by one read at a time
  std::mutex mutex_;            // guards the next three
  std::vector<bool> news_;      // by partition: something may have happened
  bool waiting_ = false;        // the caller takes more, and there was none
  uint32_t last_ = 0;
};

}  // namespace

void StreamAlerts(const AlertingParts& parts, std::shared_ptr<LiveStream> stream,
                  const v1::StreamAlertsRequest& request) {
  const auto end = [&](const char* reason, const char* message) {
    stream->End({StatusCode::kInvalidArgument, reason, message});
  };
  const auto authority = request.authority().empty() && stream->reach() == Reach::kOwnAuthority
                             ? std::optional(stream->principal().authority)
                             : AuthorityCode::FromText(request.authority());
  if (!authority) return end("AUTHORITY_NEEDED", "an authority's code is needed");
  const size_t partitions = parts.shards.partition_count();
  auto seen = request.after().empty() ? std::optional(std::vector<uint64_t>(partitions))
                                      : SeenFromToken(request.after(), partitions);
  if (!seen) return end("TOKEN_UNKNOWN", "no stream of this deployment said this token");
  std::make_shared<Subscription>(parts, std::move(stream), *authority, std::move(*seen))->Start();
}

}  // namespace holdfast::alerting
