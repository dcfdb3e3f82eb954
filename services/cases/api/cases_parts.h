// What the calls of cases are answered with. All of it outlives the calls.
#pragma once

#include <functional>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/projection/read_model.h"
#include "libs/shard/pusher.h"
#include "libs/shard/service_shards.h"
#include "services/cases/app/authority_push.h"
#include "services/cases/app/cases_keeper.h"
#include "services/cases/app/person_lookup.h"
#include "services/cases/app/started_runs.h"
#include "services/node/service.h"

namespace holdfast::cases {

struct CasesParts {
  ServiceShards& shards;
  const CopySubjects& copies;
  AuthorityPush& push;
  Pusher& tell;  // tells children of their meetings and siblings
  StartedRuns& runs;
  PersonalSealer& sealer;
  PersonalSealer& of_proceedings;  // opens what proceedings sealed
  RequestMacs& macs;
  KeysFolder& keys;
  const Clock& clock;
  std::function<CivilDate()> today;
  AuditTrail& audit;
  ReadModelOf<PersonLookup>& people;
  ErasureDriver* erasures = nullptr;  // null in tests: nothing follows from an erasure's record
};

}  // namespace holdfast::cases
