#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

#include "libs/base/check.h"
#include "libs/testing/random.h"
#include "tests/prove/campaign.h"
#include "tests/prove/child_process.h"
#include "tests/prove/small_service.h"

namespace holdfast {
namespace {

constexpr size_t kInFlight = 64;
constexpr std::array<const char*, 9> kCrashPoints{
    "log.before_write",    "log.after_write",    "shard.before_append",
    "shard.before_answer", "shard.before_flush", "shard.after_flush",
    "head.before_rename",  "head.after_rename",  ""};

// The client's own record of what it asked for and what it was told, synced before it goes on.
class ClientRecord {
 public:
  explicit ClientRecord(const std::filesystem::path& path)
      : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    HOLDFAST_CHECK(file_ >= 0);
  }
  ~ClientRecord() { close(file_); }
  void Write(const std::string& text) {
    HOLDFAST_CHECK(write(file_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    HOLDFAST_CHECK(fdatasync(file_) == 0);
  }

 private:
  int file_;
};

struct Intent {
  uint8_t subject = 0;
  std::string value;
  std::optional<std::pair<uint64_t, uint64_t>> answer;  // first and last event
};

class Killer {
 public:
  Killer(std::string program, std::filesystem::path folder, uint64_t seed)
      : program_(std::move(program)),
        folder_(std::move(folder)),
        random_(seed),
        record_(folder_.string() + ".client") {}

  void Round(CampaignResult& result) {
    const std::string point = PlanCrash();
    ChildProcess victim(program_, {"victim", "serve", folder_.string()}, point);
    if (WaitUntilServing(victim, result)) Load(victim, point.empty());
    victim.Kill();
    victim.Wait();
    ++result.runs;
    Judge(result);
  }

  // All that is unknown is asked again until it is known.
  void Settle(CampaignResult& result) {
    ChildProcess victim(program_, {"victim", "serve", folder_.string()}, "");
    if (!WaitUntilServing(victim, result)) return;
    waiting_ = 0;
    Send(victim, 0);
    while (waiting_ > 0) {
      const auto line = victim.ReadLine(20000);
      if (!line) break;
      record_.Write(Receive(*line));
    }
    if (waiting_ > 0) ++result.violations;
    victim.CloseInput();
    if (victim.Wait() != 0) ++result.violations;
    waiting_ = 0;
    Judge(result);
  }

  uint64_t acknowledged() const { return acknowledged_; }

 private:
  std::string PlanCrash() {
    const std::string point = kCrashPoints[random_.Below(kCrashPoints.size())];
    if (point.empty() || random_.Chance(400)) return "";
    const uint64_t most = point.starts_with("head") ? 3 : 60;
    return point + ":" + std::to_string(1 + random_.Below(most));
  }

  bool WaitUntilServing(ChildProcess& victim, CampaignResult& result) {
    const auto line = victim.ReadLine(30000);
    if (line == "serving") return true;
    // A crash point can be reached before it serves; anything else is a refusal that no crash
    // excuses.
    if (victim.IsAtEnd() && victim.Wait() == 86) return false;
    std::printf("violation: after a kill: %s\n", line.value_or("no word").c_str());
    ++result.violations;
    return false;
  }

  void Load(ChildProcess& victim, bool at_random) {
    const auto start = std::chrono::steady_clock::now();
    const auto length = std::chrono::microseconds(random_.Below(at_random ? 200'000 : 1'500'000));
    waiting_ = 0;
    Send(victim, 0);
    while (std::chrono::steady_clock::now() < start + length) {
      if (waiting_ < kInFlight / 2) Send(victim, 16);
      std::string acknowledgements;
      while (const auto line = victim.ReadLine(waiting_ < kInFlight / 2 ? 0 : 1)) {
        acknowledgements += Receive(*line);
      }
      record_.Write(acknowledgements);
      if (victim.IsAtEnd()) return;
    }
  }

  // Sends all that has no answer, and `fresh` new ones; each intent is recorded before it is sent.
  void Send(ChildProcess& victim, size_t fresh) {
    std::string lines;
    if (fresh == 0) {
      for (const auto& [id, intent] : intents_) {
        if (!intent.answer) lines += LineOf(id, intent);
      }
    }
    for (size_t i = 0; i < fresh; ++i) {
      CommandId id;
      for (uint8_t& byte : id.bytes) byte = static_cast<uint8_t>(random_.Next());
      Intent& intent = intents_[id.HexText()];
      intent.subject = static_cast<uint8_t>(random_.Below(kSmallSubjects));
      intent.value = "v" + std::to_string(intents_.size());
      lines += LineOf(id.HexText(), intent);
    }
    waiting_ += static_cast<size_t>(std::ranges::count(lines, '\n'));
    record_.Write(lines);
    victim.Write(lines);
  }

  static std::string LineOf(const std::string& id, const Intent& intent) {
    return id + " " + std::to_string(intent.subject) + " " + intent.value + "\n";
  }

  // What of it belongs into the record.
  std::string Receive(const std::string& line) {
    std::istringstream words(line);
    std::string id, what;
    uint64_t first = 0, last = 0;
    words >> id >> what >> first >> last;
    if (waiting_ > 0) --waiting_;
    if (what != "ok") return "";
    Intent& intent = intents_.at(id);
    if (!intent.answer) ++acknowledged_;
    intent.answer = {first, last};
    return "ack " + line + "\n";
  }

  // Reads the log as an auditor does, and compares it with what the client was told.
  void Judge(CampaignResult& result) {
    if (!std::filesystem::exists(folder_ / "made")) return;
    const auto log = EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kOpen);
    if (!log) {
      std::printf("violation: %s\n", log.error().message.c_str());
      ++result.violations;
      return;
    }
    std::map<std::string, std::pair<uint64_t, uint64_t>> found;
    for (const JournalIdentity& journal : SmallJournals()) {
      JournalReader reader(**log, journal);
      while (reader
                 .ReadOn(1 << 20,
                         [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
                           if (judged.verdict == Verdict::kBatch)
                             Note(judged.record, reader.state(), found, result);
                           return {};
                         })
                 .value_or(0) > 0) {
      }
    }
    for (const auto& [id, intent] : intents_) {
      if (!intent.answer) continue;
      const auto place = found.find(id);
      if (place == found.end() || place->second != *intent.answer) {
        std::printf("lost: %s was acknowledged\n", id.c_str());
        ++result.lost;
      }
    }
  }

  static void Note(const journal::v1::Record& batch, const ReaderState& after,
                   std::map<std::string, std::pair<uint64_t, uint64_t>>& found,
                   CampaignResult& result) {
    const uint64_t before = after.events - static_cast<uint64_t>(batch.events_size());
    for (const auto& outcome : batch.outcomes()) {
      const uint64_t first = before + outcome.first_event() + 1;
      if (!found
               .emplace(Hex(outcome.command_id()),
                        std::pair{first, first + outcome.event_count() - 1})
               .second) {
        std::printf("doubled: %s\n", Hex(outcome.command_id()).c_str());
        ++result.doubled;
      }
    }
  }

  const std::string program_;
  const std::filesystem::path folder_;
  Random random_;
  ClientRecord record_;
  std::map<std::string, Intent> intents_;  // by command id
  size_t waiting_ = 0;
  uint64_t acknowledged_ = 0;
};

}  // namespace

CampaignResult ProveByKilling(const CampaignOptions& options, const std::string& program) {
  CampaignResult result{.campaign = "kill", .counts_rounds = true};
  const uint64_t seed = options.seed.value_or(std::random_device{}());
  const std::filesystem::path base = options.folder.empty()
                                         ? std::filesystem::temp_directory_path() / "holdfast-kill"
                                         : std::filesystem::path(options.folder);
  constexpr uint64_t kRoundsAFolder = 10;
  uint64_t acknowledged = 0;
  for (uint64_t done = 0; done < options.rounds;) {
    std::filesystem::remove_all(base);
    std::filesystem::create_directories(base / "data");
    Killer killer(program, base / "data", seed + done);
    for (uint64_t i = 0; i < kRoundsAFolder && done < options.rounds; ++i, ++done) {
      killer.Round(result);
    }
    killer.Settle(result);
    acknowledged += killer.acknowledged();
  }
  std::printf("%llu commands acknowledged; reproduce the plan: tools/prove kill --seed %llu\n",
              static_cast<unsigned long long>(acknowledged), static_cast<unsigned long long>(seed));
  const uint64_t rounds = result.runs;
  KillTheRealProgram(options, seed, result);
  result.runs = rounds;  // of each
  if (result.violations + result.lost + result.doubled == 0) std::filesystem::remove_all(base);
  return result;
}

}  // namespace holdfast
