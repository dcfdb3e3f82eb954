// What could keep a deployment from working well: each thing looked at, and what to do about it.
#pragma once

#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/kafka_settings.h"

namespace holdfast::cli {

struct Check {
  std::string
      name;  // constant: versions, data, disk, clock, certificates, key_permissions, options, kafka
  bool ok = true;
  std::string message;
};

Check CheckVersions();
Check CheckData(const KeysPaths& paths);
Check CheckDisk(const KeysPaths& paths);
Check CheckClock(const KeysPaths& paths, Instant now);
Check CheckCertificates(const KeysPaths& paths, Instant now);
Check CheckKeyPermissions(const KeysPaths& paths);
// The options that RocksDB wrote down when it opened the event log and the key store last; of an
// instance on Kafka, which has neither, nothing.
Check CheckOptions(const KeysPaths& paths);

// Topics that nothing is served on are a fault; copies that one broker's end can lose a warning.
Check CheckKafka(const KeysPaths& paths, const KafkaSettings& settings);

}  // namespace holdfast::cli
