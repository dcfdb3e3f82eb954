// All subscribers of a process. One thread reads the journals for them, each as far and as fast as
// it takes events; none keeps another waiting, nor a writer.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "services/relay/api/subscription.h"

namespace holdfast::relay {

// Thread-safe.
class EventStreams {
 public:
  struct Limits {
    std::chrono::milliseconds patience{10'000};  // for one that takes nothing while there is news
    size_t subscribers = 64;                     // those that are ended and not yet gone among them
  };

  // `journals` outlives it.
  EventStreams(PublishedJournals& journals, const Clock& clock, Limits limits);
  ~EventStreams();  // stops

  // NOT_TAKEN when there are too many.
  void Add(std::shared_ptr<LiveStream> stream, Subscriber subscriber);
  // The journals hold more.
  void Signal();
  // Ends all with UNAVAILABLE.
  void Stop();

 private:
  struct Wakes {
    std::mutex mutex;
    std::condition_variable wakes;
    bool signalled = false;
  };

  void Run();
  void StepAll();

  PublishedJournals& journals_;
  const Clock& clock_;
  const Limits limits_;
  const std::shared_ptr<Wakes> wakes_ =
      std::make_shared<Wakes>();                      // streams signal it to their end
  bool stopping_ = false;                             // guarded by its mutex
  std::vector<std::unique_ptr<Subscription>> added_;  // the same
  std::vector<std::weak_ptr<LiveStream>> streams_;    // the same

  std::vector<std::unique_ptr<Subscription>> all_;  // the thread's
  std::thread thread_;                              // last: uses all above
};

}  // namespace holdfast::relay
