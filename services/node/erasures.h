// Brings the erasure of a child's record to its end. What is done stands in the child's events in
// the journal of cases, so that any instance goes on where another stopped:
//
//   every service's journal says that the child is erased; what is matched to it is erased too
//   its data keys are destroyed                                        by the keys' keeper
//   a new key is made for each authority and source that wrapped one   by the keys' keeper
//   each instance holds the new keys, and has forgotten the destroyed ones
//   all other data keys are wrapped by the new keys                    by the keys' keeper
//   each instance destroys its files of all older keys: what copies are left of the data keys, in
//   files or in a topic before it is compacted, nobody can open from then on
//   complete, once every instance that ever joined has
//
// The keys' keeper is whoever owns the first partition of cases.
#pragma once

#include <condition_variable>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "libs/crypto/key_store.h"
#include "libs/obs/log.h"
#include "services/cases/domain/erasure.h"
#include "services/node/service.h"

namespace holdfast {

// The other instances of a deployment. Thread-safe.
class ErasurePeers {
 public:
  virtual ~ErasurePeers() = default;
  // The ids of all that are there now, this one included.
  virtual Result<std::set<std::string>> Present() = 0;
  // The ids of all that ever joined, this one included.
  virtual std::set<std::string> Known() = 0;
  // The file of a key, of whichever has it. KEY_NOT_FOUND (kUnavailable) when none does.
  virtual Result<std::string> FetchKey(const AuthorityKeyName& name) = 0;
};

class Erasures final : public ErasureDriver {
 public:
  struct Parts {
    std::string instance;
    KeysFolder& keys;
    KeyStore& store;
    const Clock& clock;
    Log& log;
    ErasurePeers* peers;  // null: this process is alone
  };

  // All of `parts` outlives it.
  explicit Erasures(Parts parts) : parts_(parts) {}
  ~Erasures() override;  // stops

  // Takes from the others the keys by which live data keys are wrapped and that this folder lacks.
  // KEYS_MISSING (kFailedPrecondition) when nobody has one.
  Result<void> TakeMissingKeys();

  // Goes on with what is open. `services` have started, and outlive Stop.
  void Start(const std::vector<Service*>& services);
  void Stop();

  void Advance(const SubjectId& child, Monotonic deadline, std::function<void()> then) override;

 private:
  enum class Went { kOn, kWaits, kDone };
  struct Waiting {
    SubjectId child;
    Monotonic deadline;
    std::function<void()> then;
  };

  void Run();
  // When the next round is due, if nobody asks before.
  Monotonic::duration RunRound();
  void Warn(const Status& why);
  Result<std::vector<SubjectId>> OpenChildren();
  Result<cases::Erasure> ErasureOf(const SubjectId& child);
  Result<KeyId> DataKeyOf(const SubjectId& child);
  Result<Went> GoOn(const SubjectId& child);
  Result<Went> AskServices(const SubjectId& child, const cases::Erasure& erasure);
  Result<Went> DestroyKeys(const SubjectId& child, const cases::Erasure& erasure);
  Result<Went> MakeKeys(const SubjectId& child, const cases::Erasure& erasure);
  Result<Went> HoldKeys(const SubjectId& child, const cases::Erasure& erasure);
  Result<Went> WrapAnew(const SubjectId& child, const cases::Erasure& erasure);
  Result<Went> DestroyOlder(const SubjectId& child, const cases::Erasure& erasure);
  Result<Went> Complete(const SubjectId& child, const cases::Erasure& erasure);
  // Destroys those that are there still; no error where all are destroyed.
  Result<void> Destroy(const std::vector<KeyId>& keys);
  Result<std::vector<KeyId>> KeysOf(const SubjectId& child, const cases::Erasure& erasure);
  Result<void> DestroyKeysOfLateItems();
  Result<Went> Record(const SubjectId& child, cases::v1::ErasureStepDone done);
  Result<Went> Record(const SubjectId& child, cases::v1::ErasureStep step);
  bool KeepsKeys() const;
  Service* ServiceNamed(std::string_view name) const;
  // `open`: those that are; null: it is not known.
  void AnswerThose(const std::set<SubjectId>* open);

  const Parts parts_;
  std::vector<Service*> services_;  // set by Start
  ServiceShards* cases_ = nullptr;  // set by Start; null: this process does not run cases
  std::set<KeyId> destroyed_;       // of late items; the thread's
  std::string warned_;              // of what last; the thread's
  std::mutex mutex_;                // guards the next five
  std::condition_variable wakes_;
  std::list<Waiting> waiting_;
  bool running_ = false;
  bool asked_ = true;
  std::thread thread_;
};

}  // namespace holdfast
