// What the calls of proceedings are answered with. All of it outlives the calls.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/pusher.h"
#include "libs/shard/service_shards.h"
#include "services/node/service.h"
#include "services/proceedings/app/source_copies.h"

namespace holdfast::proceedings {

// The newest day on which each source is known, in every partition, to have sent something: so that
// not each item asks. Any thread may call.
class HeardDays {
 public:
  bool IsNews(const std::string& source, CivilDate day) const {
    const std::lock_guard lock(mutex_);
    const auto found = days_.find(source);
    return found == days_.end() || found->second < day;
  }
  void Note(const std::string& source, CivilDate day) {
    const std::lock_guard lock(mutex_);
    auto& known = days_.try_emplace(source, day).first->second;
    known = std::max(known, day);
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, CivilDate> days_;  // guarded by mutex_
};

struct ProceedingsParts {
  ServiceShards& shards;
  const SourceCopies& copies;
  Pusher& push;
  HeardDays& heard;
  PersonalSealer& sealer;
  RequestMacs& macs;
  KeysFolder& keys;
  const Clock& clock;
  bool manual_clock;
  AuditTrail& audit;
};

}  // namespace holdfast::proceedings
