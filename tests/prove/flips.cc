#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>

#include "libs/base/check.h"
#include "libs/testing/random.h"
#include "tests/prove/campaign.h"
#include "tests/prove/child_process.h"
#include "tests/prove/damage.h"
#include "tests/prove/small_service.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

// What `victim check` printed.
struct Report {
  int code = 0;
  bool told = false;  // it refused, or found something
  std::string digest;
  std::map<std::string, std::pair<uint64_t, std::string>> heads;  // journal: valid records, chain
};

Report Check(const std::string& program, const fs::path& folder) {
  ChildProcess victim(program, {"victim", "check", folder.string()}, "");
  Report report;
  while (const auto line = victim.ReadLine(60000)) {
    std::istringstream words(*line);
    std::string what, service, partition, chain;
    uint64_t valid = 0;
    words >> what;
    if (what == "refused" || what == "finding") report.told = true;
    if (what == "digest") words >> report.digest;
    if (what != "partition") continue;
    words >> service >> partition >> valid >> chain;
    report.heads[service + "/" + partition] = {valid, chain};
  }
  report.code = victim.Wait();
  return report;
}

// The chain after each number of valid records, and how many the HEAD file vouches for.
struct Truth {
  Report report;
  std::map<std::string, std::map<uint64_t, std::string>> chains;
  std::map<std::string, uint64_t> witnessed;
};

Truth Learn(const fs::path& pristine, const fs::path& copy) {
  Truth truth;
  const auto log = EmbeddedLog::Open(copy / "log", EmbeddedLog::Mode::kOpen);
  HOLDFAST_CHECK(log);
  for (const JournalIdentity& journal : SmallJournals()) {
    const std::string name =
        journal.partition.service + "/" + std::to_string(journal.partition.partition);
    JournalReader reader(**log, journal);
    while (reader
               .ReadOn(1 << 20,
                       [&](const LogRecord&, JudgedRecord&) -> Result<void> {
                         const ReaderState& state = reader.state();
                         truth.chains[name][state.valid_records] = Hex(AsBytes(state.chain));
                         return {};
                       })
               .value_or(0) > 0) {
    }
  }
  const auto head = ReadHeadFile(pristine / "HEAD", kSmallHeadKey);
  for (const auto& checkpoint : head->checkpoints()) {
    truth.witnessed[checkpoint.claim().service() + "/" +
                    std::to_string(checkpoint.claim().partition())] = checkpoint.valid_records();
  }
  return truth;
}

// Whether `report` is of a true prefix that holds all that the witnesses vouch for: what was lost
// is beyond them.
bool IsLossBeyondWitnesses(const Truth& truth, const Report& report) {
  for (const auto& [name, head] : report.heads) {
    const auto chains = truth.chains.find(name);
    if (chains == truth.chains.end()) continue;
    const auto known = chains->second.find(head.first);
    if (head.first > 0 && (known == chains->second.end() || known->second != head.second)) {
      return false;
    }
    const auto witness = truth.witnessed.find(name);
    if (witness != truth.witnessed.end() && head.first < witness->second) return false;
  }
  return report.code == 0;
}

// Lets a service work for a while; ends it cleanly or not.
void MakeData(const std::string& program, const fs::path& folder, bool clean, Random& random) {
  fs::create_directories(folder);
  for (int run = 0; run < 2; ++run) {
    ChildProcess victim(program, {"victim", "serve", folder.string()}, "");
    HOLDFAST_CHECK(victim.ReadLine(30000) == "serving");
    for (int i = 0; i < 300; ++i) {
      CommandId id;
      for (uint8_t& byte : id.bytes) byte = static_cast<uint8_t>(random.Next());
      victim.Write(id.HexText() + " " + std::to_string(random.Below(kSmallSubjects)) + " v" +
                   std::to_string(i) + "\n");
      HOLDFAST_CHECK(victim.ReadLine(30000).has_value());
    }
    if (clean || run == 0) {
      victim.CloseInput();
    } else {
      victim.Kill();
    }
    victim.Wait();
  }
}

void FlipAll(const CampaignOptions& options, const std::string& program, const fs::path& base,
             bool clean, Random& random, CampaignResult& result) {
  const fs::path pristine = base / "pristine";
  const fs::path copy = base / "copy";
  MakeData(program, pristine, clean, random);
  ReplaceFolder(copy, pristine);
  Truth truth = Learn(pristine, copy);
  ReplaceFolder(copy, pristine);
  truth.report = Check(program, copy);
  HOLDFAST_CHECK(truth.report.code == 0 && !truth.report.told);
  std::map<std::string, uint64_t> counts;
  for (const auto& entry : fs::recursive_directory_iterator(pristine)) {
    if (!entry.is_regular_file()) continue;
    const fs::path name = fs::relative(entry.path(), pristine);
    for (const Damage& damage : DamagesOf(entry.path(), options.full, random)) {
      ReplaceFolder(copy, pristine);
      damage.apply(copy / name);
      const Report report = Check(program, copy);
      std::string verdict = "SILENT";
      if (report.code > 3) {
        verdict = "CRASHED";
      } else if (report.told) {
        verdict = "reported";
      } else if (report.digest == truth.report.digest) {
        verdict = "changed nothing";
      } else if (!clean && IsLossBeyondWitnesses(truth, report)) {
        verdict = "lost beyond the witnesses";
      }
      ++counts[verdict];
      ++result.runs;
      if (verdict != "SILENT" && verdict != "CRASHED") continue;
      ++(verdict == "SILENT" ? result.survived : result.violations);
      std::printf("%s: %s %s (after a %s)\n", verdict.c_str(), name.c_str(), damage.name.c_str(),
                  clean ? "clean stop" : "kill");
    }
  }
  for (const auto& [verdict, count] : counts) {
    std::printf("after a %s: %llu times %s\n", clean ? "clean stop" : "kill",
                static_cast<unsigned long long>(count), verdict.c_str());
  }
}

}  // namespace

CampaignResult ProveByFlipping(const CampaignOptions& options, const std::string& program) {
  CampaignResult result{.campaign = "flips", .counts_rounds = true};
  Random random(options.seed.value_or(std::random_device{}()));
  // Nothing here depends on what a sync does: a folder in memory saves most of the time.
  const fs::path memory = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
  const fs::path base =
      options.folder.empty() ? memory / "holdfast-flips" : fs::path(options.folder);
  for (const bool clean : {true, false}) {
    fs::remove_all(base);
    FlipAll(options, program, base, clean, random, result);
  }
  fs::remove_all(base);
  FlipTheRealProgram(options, random, result);
  return result;
}

}  // namespace holdfast
