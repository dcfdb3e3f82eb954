#include "services/relay/api/event_streams.h"

#include <algorithm>

namespace holdfast::relay {
namespace {

constexpr std::chrono::seconds kLookAtSlow{1};

Status Stopping() {
  return {StatusCode::kUnavailable, "NOT_TAKEN", "the server stops; go on from the last token"};
}

template <typename Wakes>
void Wake(Wakes& wakes) {
  {
    const std::lock_guard lock(wakes.mutex);
    wakes.signalled = true;
  }
  wakes.wakes.notify_one();
}

}  // namespace

EventStreams::EventStreams(PublishedJournals& journals, const Clock& clock, Limits limits)
    : journals_(journals), clock_(clock), limits_(limits), thread_([this] { Run(); }) {}

EventStreams::~EventStreams() { Stop(); }

void EventStreams::Signal() { Wake(*wakes_); }

void EventStreams::Add(std::shared_ptr<LiveStream> stream, Subscriber subscriber) {
  {
    const std::lock_guard lock(wakes_->mutex);
    std::erase_if(streams_, [](const auto& one) { return one.expired(); });
    if (stopping_ || streams_.size() >= limits_.subscribers) {
      return stream->End({StatusCode::kUnavailable, "NOT_TAKEN",
                          "there are too many subscribers here; try again, or another instance"});
    }
    streams_.push_back(stream);
  }
  auto subscription =
      std::make_unique<Subscription>(journals_, std::move(stream), std::move(subscriber));
  subscription->Start([wakes = wakes_] { Wake(*wakes); });
  {
    const std::lock_guard lock(wakes_->mutex);
    if (!stopping_) added_.push_back(std::move(subscription));
  }
  if (subscription) return subscription->End(Stopping());
  Signal();
}

void EventStreams::Stop() {
  {
    const std::lock_guard lock(wakes_->mutex);
    stopping_ = true;
  }
  Signal();
  if (thread_.joinable()) thread_.join();
}

void EventStreams::Run() {
  while (true) {
    {
      std::unique_lock lock(wakes_->mutex);
      const auto woken = [this] { return wakes_->signalled || stopping_; };
      // Nobody there is nobody to look after.
      if (all_.empty() && added_.empty()) {
        wakes_->wakes.wait(lock, woken);
      } else {
        wakes_->wakes.wait_for(lock, kLookAtSlow, woken);
      }
      wakes_->signalled = false;
      std::ranges::move(added_, std::back_inserter(all_));
      added_.clear();
      if (stopping_) break;
    }
    StepAll();
  }
  for (const auto& one : all_) one->End(Stopping());
  all_.clear();
}

void EventStreams::StepAll() {
  const auto failure = all_.empty() ? std::nullopt : journals_.failure();
  for (bool more = true; more;) {
    more = false;
    const Monotonic now = clock_.Steady();
    for (const auto& one : all_) {
      if (failure) one->End(*failure);
      one->EndIfSlow(now, limits_.patience);
      if (one->ended() || !one->wants() || !one->HasNews()) continue;
      more = one->Step(now) || more;
    }
    std::erase_if(all_, [](const auto& one) { return one->ended(); });
    const std::lock_guard lock(wakes_->mutex);
    if (stopping_ || !added_.empty()) more = false;
    if (!added_.empty()) wakes_->signalled = true;
  }
}

}  // namespace holdfast::relay
