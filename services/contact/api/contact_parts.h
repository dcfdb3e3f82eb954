// What the calls of contact are answered with. All of it outlives the calls.
#pragma once

#include <functional>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/service_shards.h"
#include "services/node/service.h"

namespace holdfast::contact {

struct ContactParts {
  ServiceShards& shards;
  PersonalSealer& sealer;
  RequestMacs& macs;
  KeysFolder& keys;
  const Clock& clock;
  std::function<CivilDate()> today;
  AuditTrail& audit;
};

}  // namespace holdfast::contact
