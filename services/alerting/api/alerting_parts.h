// What the calls of alerting are answered with. All of it outlives the calls.
#pragma once

#include <functional>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/service_shards.h"
#include "services/alerting/app/rounds.h"
#include "services/node/service.h"

namespace holdfast::alerting {

struct AlertingParts {
  ServiceShards& shards;
  EventLog& log;
  Rounds& rounds;
  PersonalSealer& registrations;  // of cases, which sealed the local ids that it registered
  RequestMacs& macs;
  const Clock& clock;
  ClockMode clock_mode;
  ManualDay* manual_day;  // null under the system's clock
  AuditTrail& audit;
};

}  // namespace holdfast::alerting
