#include "tools/holdfast/doctor_checks.h"

#include <google/protobuf/stubs/common.h>
#include <grpcpp/grpcpp.h>
#include <openssl/crypto.h>
#include <rocksdb/env.h>
#include <rocksdb/utilities/options_util.h>
#include <rocksdb/version.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/timex.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "libs/base/london.h"
#include "libs/eventlog/kafka_setup.h"
#include "libs/journal/head_file.h"
#include "libs/rpc/certificates.h"
#include "services/node/data_format.h"
#include "services/node/node.h"
#include "tools/holdfast/authorities_of_keys.h"
#include "tools/holdfast/kafka_options.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kLeastFree_bytes = uintmax_t{1} << 30;
constexpr std::chrono::days kLeastCertificateLife{30};
constexpr std::chrono::minutes kMostAhead{5};

std::string DayText(Instant at) { return LondonDay(at).Iso(); }

std::string Megabytes(uintmax_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

// What is not as the journal's promises need it; blank: nothing.
std::string OptionsAmiss(const fs::path& folder) {
  rocksdb::DBOptions options;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  const auto loaded = rocksdb::LoadLatestOptions({}, folder.string(), &options, &families);
  if (!loaded.ok()) return folder.string() + ": " + loaded.ToString() + "; ";
  std::string amiss;
  if (options.wal_recovery_mode != rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords) {
    amiss += folder.string() + ": damage in the middle of its newest part would pass in silence; ";
  }
  if (options.recycle_log_file_num != 0) amiss += folder.string() + ": files are recycled; ";
  if (!options.paranoid_checks) amiss += folder.string() + ": checks are off; ";
  return amiss;
}

// The first few; how many more there are.
std::string Listed(const std::vector<std::string>& sentences) {
  constexpr size_t kShown = 3;
  std::string text;
  for (size_t i = 0; i < std::min(sentences.size(), kShown); ++i) {
    text += (i == 0 ? "" : "; ") + sentences[i];
  }
  if (sentences.size() > kShown) {
    text += "; and " + std::to_string(sentences.size() - kShown) + " more";
  }
  return text;
}

}  // namespace

Check CheckVersions() {
  return {"versions", true,
          std::string("holdfast ") + kVersion + ", gRPC " + grpc::Version() + ", protobuf " +
              google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION) + ", RocksDB " +
              rocksdb::GetRocksVersionAsString() + ", libsodium " + sodium_version_string() + ", " +
              OpenSSL_version(OPENSSL_VERSION)};
}

Check CheckData(const KeysPaths& paths) {
  const auto format = ReadDataFormat(paths.data);
  if (!format) return {"data", false, format.error().message};
  return {"data", true,
          paths.data.string() + ": " + std::to_string(format->partition_count) + " partitions, " +
              std::string(Text(format->clock)) + " clock"};
}

Check CheckDisk(const KeysPaths& paths) {
  fs::path folder = paths.data;
  std::error_code error;
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  const auto space = fs::space(folder, error);
  if (error) return {"disk", false, folder.string() + ": " + error.message()};
  const bool ok = space.available >= kLeastFree_bytes;
  return {
      "disk", ok,
      Megabytes(space.available) + " free of " + Megabytes(space.capacity) +
          (ok ? "" : ": a full disk stops Holdfast; free at least " + Megabytes(kLeastFree_bytes))};
}

Check CheckClock(const KeysPaths& paths, Instant now) {
  timex state{};
  const bool synchronised = adjtimex(&state) != TIME_ERROR;
  std::string message = "it is " + DayText(now) + " here; the system " +
                        (synchronised ? "keeps its clock synchronised"
                                      : "does not say that its clock is synchronised");
  const auto keys = KeysFolder::Open(paths);
  const auto head = keys ? ReadHeadFile(data_path::Head(paths.data), (*keys)->head_key())
                         : Result<journal::v1::Head>(tl::unexpected(keys.error()));
  const Instant written = Instant(std::chrono::microseconds(head ? head->written_at() : 0));
  if (written <= now + kMostAhead) return {"clock", true, message};
  return {"clock", false,
          message + "; but the journals were written to on " + DayText(written) + ": set it right"};
}

Check CheckCertificates(const KeysPaths& paths, Instant now) {
  std::vector<std::pair<Instant, std::string>> ends;
  std::string amiss;
  std::set<fs::path> files{paths.keys / "ca.pem"};
  std::error_code ignored;
  for (const auto& identity : fs::directory_iterator(paths.keys / "id", ignored)) {
    files.insert(identity.path() / "cert.pem");
  }
  for (const auto& file : files) {
    const auto facts = ReadCertificate(file);
    if (!facts) {
      amiss += facts.error().message + "; ";
      continue;
    }
    ends.emplace_back(facts->not_after, file.string());
    if (facts->not_after < now + kLeastCertificateLife) {
      amiss += file.string() + " ends on " + DayText(facts->not_after) +
               "; 'holdfast up' renews those of the deployment, 'holdfast authority add' an "
               "authority's; ";
    }
  }
  if (!amiss.empty()) return {"certificates", false, amiss.substr(0, amiss.size() - 2)};
  const auto first = std::ranges::min(ends);
  return {"certificates", true,
          std::to_string(ends.size()) + " certificates; the first to end is " + first.second +
              ", on " + DayText(first.first)};
}

Check CheckKeyPermissions(const KeysPaths& paths) {
  if (const auto keys = KeysFolder::Open(paths); !keys)
    return {"key_permissions", false, keys.error().message};
  std::error_code error;
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(paths.keys, error)) {
    struct stat facts {};
    if (lstat(entry.path().c_str(), &facts) != 0) continue;
    ++files;
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
      return {"key_permissions", false,
              "others can reach " + entry.path().string() +
                  "; run: chmod -R go= " + paths.keys.string()};
    }
  }
  return {"key_permissions", true,
          paths.keys.string() + ": " + std::to_string(files) +
              " files and folders, their owner's alone"};
}

Check CheckOptions(const KeysPaths& paths) {
  if (const auto format = ReadDataFormat(paths.data); format && format->is_shared()) {
    return {"options", true, "an instance on Kafka: it has no event log or key store of its own"};
  }
  const std::string amiss =
      OptionsAmiss(data_path::Log(paths.data)) + OptionsAmiss(data_path::KeyStore(paths.data));
  if (!amiss.empty()) return {"options", false, amiss.substr(0, amiss.size() - 2)};
  return {"options", true,
          "event log and key store: wal_recovery_mode=kTolerateCorruptedTailRecords, "
          "recycle_log_file_num=0, "
          "paranoid_checks=true; every write of theirs is synced"};
}

Check CheckKafka(const KeysPaths& paths, const KafkaSettings& settings) {
  const auto authorities = AuthoritiesOfKeys(paths);
  if (!authorities) return {"kafka", false, authorities.error().message};
  const auto groups = SubscribersOfKeys(paths);
  if (!groups) return {"kafka", false, groups.error().message};
  KafkaEvents events(nullptr);
  const auto health = CheckSetup(settings, *authorities, *groups, events);
  if (!health) return {"kafka", false, WithBrokers(health.error(), settings).message};
  const std::string warnings =
      health->warnings.empty() ? "" : "; warning: " + Listed(health->warnings);
  if (!health->faults.empty()) return {"kafka", false, Listed(health->faults) + warnings};
  return {"kafka", true,
          std::to_string(health->brokers) + (health->brokers == 1 ? " broker, " : " brokers, ") +
              std::to_string(health->topics) + " topics" + warnings};
}

}  // namespace holdfast::cli
