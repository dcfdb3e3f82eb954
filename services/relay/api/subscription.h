// One subscriber of events: what it may have, where it stands, and the walks that bring it on.
#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "holdfast/relay/v1/event_stream_service.pb.h"
#include "libs/rpc/live_stream.h"
#include "services/relay/app/pseudonyms.h"
#include "services/relay/app/published_journals.h"

namespace holdfast::relay {

// What a subscriber asks for.
struct Subscriber {
  std::string authority;                    // its code; blank: `group` is set
  std::shared_ptr<const Pseudonyms> group;  // null: an authority's
  std::set<std::string> types;              // full names; none: all
  std::vector<uint64_t> seen;               // by part
};

// Used by one thread, but for what its stream calls.
class Subscription {
 public:
  // `journals` outlives it.
  Subscription(PublishedJournals& journals, std::shared_ptr<LiveStream> stream,
               Subscriber subscriber);

  // Begins to ask for messages; `wanted` is called, from any thread, when the caller takes more.
  void Start(std::function<void()> wanted);
  bool ended() const { return stream_->ended(); }
  bool wants() const { return state_->wants; }
  // Whether there are events that it has not looked at.
  bool HasNews() const;
  // Reads a little more of the next partition with news, and writes what is the subscriber's. To be
  // called when it wants. False: there was nothing to read after all.
  bool Step(Monotonic now);
  // Ends one that has not taken what it was given for longer than `patience`, while there is news.
  void EndIfSlow(Monotonic now, std::chrono::milliseconds patience);
  void End(const Status& why) { stream_->End(why); }

 private:
  // What the stream's calls touch; it may outlive the subscription.
  struct Wants {
    std::atomic<bool> wants = false;
  };

  bool Has(const PublishedEvent& published) const;
  void Add(const PublishedEvent& published, size_t part);

  PublishedJournals& journals_;
  const std::shared_ptr<LiveStream> stream_;
  Subscriber subscriber_;
  const std::shared_ptr<Wants> state_ = std::make_shared<Wants>();
  std::vector<std::unique_ptr<JournalWalk>> walks_;  // by part; null: not begun
  size_t last_ = 0;                                  // the part that was read last
  Monotonic given_at_{};
  std::vector<v1::SubscribeResponse> found_;
};

}  // namespace holdfast::relay
