// Kills of the real program: `holdfast up` with all its services, keys and HEAD, under commands of
// `holdfast case`, a court's feed, a team's contact and meetings, and tracker sheets.
#include <sodium.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "libs/base/check.h"
#include "libs/base/civil_date.h"
#include "libs/testing/random.h"
#include "tests/prove/campaign.h"
#include "tests/prove/clients_record.h"
#include "tests/prove/judge.h"
#include "tests/prove/kill_court.h"
#include "tests/prove/kill_sheets.h"
#include "tests/prove/kill_team.h"
#include "tests/prove/real_folder.h"

namespace holdfast {
namespace {

constexpr char kAuthority[] = "E06000901";
constexpr size_t kClients = 3;
constexpr uint64_t kRoundsAFolder = 15;
constexpr std::array<const char*, 10> kCrashPoints{
    "log.before_write",   "log.after_write",   "shard.before_append", "shard.before_answer",
    "shard.before_flush", "shard.after_flush", "head.before_rename",  "head.after_rename",
    "keys.before_write",  "keys.after_write"};

std::string WithoutDashes(std::string id) {
  std::erase(id, '-');
  return id;
}

class RealKiller {
 public:
  RealKiller(const std::filesystem::path& folder, uint64_t seed)
      : folder_(HoldfastBesideThis(), folder), random_(seed), record_(folder / "client"),
        court_(folder_, folder, kAuthority),
        team_(folder_, folder, kAuthority),
        sheets_(folder_, folder, kAuthority) {
    folder_.Done({"init", "--clock", "manual", "--day", "2026-06-01", "--partitions", "4"});
    const auto server = folder_.Serve();
    HOLDFAST_CHECK(server != nullptr);
    folder_.Done({"authority", "add", kAuthority, "--name", "Northshire"});
    folder_.Done({"authority", "live", kAuthority, "--from", "2026-01-01"});
    court_.Register();
    for (int i = 0; i < 4; ++i) {
      children_.push_back(Register("L" + std::to_string(i)));
      team_.KnowsChild(children_.back());
    }
    folder_.Done({"down"});
  }

  void Round(CampaignResult& result) {
    ++result.runs;
    const std::string point = PlanCrash();
    auto server = folder_.Serve(point);
    if (server) {
      Load(*server, point.empty());
      server->Kill();
      server->Wait();
    } else if (point.empty()) {
      Violation(result, "it does not serve after a kill");
    }
    server = folder_.Serve();
    if (!server) return Violation(result, "it does not serve after a kill");
    SettleUnknown(result);
    Judge(result);
    server->Kill();
    server->Wait();
  }

  uint64_t acknowledged() const { return record_.asked().size(); }
  const FeedingCourt& court() const { return court_; }
  const TeamAtWork& team() const { return team_; }
  const ImportedSheets& sheets() const { return sheets_; }

 private:
  static void Violation(CampaignResult& result, const std::string& what) {
    std::printf("violation: %s\n", what.c_str());
    ++result.violations;
  }

  std::string Register(const std::string& local_id) {
    return folder_.Done({"case", "register", "--authority", kAuthority, "--local-id", local_id,
                         "--born", "2015-05-05"})["child"];
  }

  std::string PlanCrash() {
    if (random_.Chance(400)) return "";
    const std::string point = kCrashPoints[random_.Below(kCrashPoints.size())];
    const uint64_t most = point.starts_with("head") || point.starts_with("keys") ? 2 : 100;
    return point + ":" + std::to_string(1 + random_.Below(most));
  }

  // A new child, or a review of one on a day of its own.
  std::vector<std::string> NextCommand(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const uint64_t number = next_++;
    if (number % 4 == 0) {
      return {"case",     "register",   "--authority",
              kAuthority, "--local-id", "K" + std::to_string(number),
              "--born",   "2016-06-06", "--command-id",
              id};
    }
    const CivilDate day = CivilDate::FromYmd(2020, 1, 1)->PlusDays(static_cast<int>(number % 2000));
    return {"case", "record",  "review", "--child", children_[number % children_.size()],
            "--on", day.Iso(), "--code", "PN1",     "--command-id",
            id};
  }

  uint64_t CommandsSoFar() {
    const std::lock_guard lock(mutex_);
    return next_;
  }

  // Of a child that a command soon registers, if the server lives as long.
  std::string LocalIdToCome() { return "K" + std::to_string((CommandsSoFar() + 8) / 4 * 4); }

  void Load(ChildProcess& server, bool at_random) {
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::milliseconds(at_random ? random_.Below(1000) : 2000);
    std::atomic<bool> stop{false};
    std::vector<std::jthread> clients;
    for (size_t i = 0; i < kClients; ++i) {
      clients.emplace_back([&] {
        while (!stop && std::chrono::steady_clock::now() < end) {
          const std::string id = NewCommandId();
          const auto words = NextCommand(id);
          record_.Ask(id, words);
          Send(id, words, [&stop] { return stop.load(); });
        }
      });
    }
    clients.emplace_back([&] {
      while (!stop && std::chrono::steady_clock::now() < end)
        court_.Feed("L" + std::to_string(CommandsSoFar() % children_.size()), LocalIdToCome(),
                    [&stop] { return stop.load(); });
    });
    clients.emplace_back([&] {
      while (!stop && std::chrono::steady_clock::now() < end)
        team_.Work([&stop] { return stop.load(); });
    });
    clients.emplace_back([&] {
      while (!stop && std::chrono::steady_clock::now() < end)
        sheets_.Import([&stop] { return stop.load(); });
    });
    // A crash point ends the server by itself: nothing more is asked then.
    while (std::chrono::steady_clock::now() < end && !server.IsAtEnd()) server.ReadLine(20);
    if (at_random) server.Kill();
    stop = true;
  }

  // True when it was answered: then the answer is in the record.
  bool Send(const std::string& id, const std::vector<std::string>& words,
            const std::function<bool()>& gives_up = {}) {
    const ToldBy told = folder_.Run(words, gives_up);
    if (told.code != 0) return false;
    const auto positions = told.json()["positions"];
    if (positions.empty()) return false;
    record_.Answer(id, positions[0]["service"].get<std::string>() + "/" +
                           std::to_string(positions[0]["partition"].get<int>()) + " event " +
                           std::to_string(positions[0]["event"].get<uint64_t>()));
    return true;
  }

  // What has no answer is asked again: it is done once, whether it was done before or not.
  void SettleUnknown(CampaignResult& result) {
    for (const auto& [id, asked] : record_.asked()) {
      if (asked.answer.empty() && !Send(id, asked.words))
        Violation(result, "no answer to " + id + ", asked again");
    }
    court_.Settle(result);
    team_.Settle(result);
    sheets_.Settle(result);
  }

  void Judge(CampaignResult& result) {
    std::map<std::string, std::string> acknowledged;
    for (const auto& [id, asked] : record_.asked()) acknowledged[WithoutDashes(id)] = asked.answer;
    std::vector<DoneCommand> found;
    const auto dump = folder_.Start({"journal", "dump", "--service", "cases"}, "");
    while (const auto line = dump->ReadLine(30'000)) Note(nlohmann::json::parse(*line), found);
    if (dump->Wait() != 0) Violation(result, "the journals cannot be read");
    const JudgedLoss judged = JudgeCommands(acknowledged, found);
    for (const auto& id : judged.lost) std::printf("lost: %s\n", id.c_str());
    for (const auto& id : judged.doubled) std::printf("doubled: %s\n", id.c_str());
    result.lost += judged.lost.size();
    result.doubled += judged.doubled.size();
    court_.Judge(result);
    team_.Judge(result);
    sheets_.Judge(result);
    const ToldBy verify = folder_.Run({"journal", "verify"});
    if (verify.code != 0) Violation(result, "journal verify: " + verify.out);
  }

  static void Note(const nlohmann::json& record, std::vector<DoneCommand>& found) {
    if (record["record"] != "batch") return;
    const uint64_t before =
        record["events"].empty() ? 0 : record["events"][0]["event"].get<uint64_t>() - 1;
    for (const auto& outcome : record["outcomes"]) {
      const uint64_t last =
          before + outcome["first_event"].get<uint64_t>() + outcome["events"].get<uint64_t>();
      found.emplace_back(outcome["command_id"], record["service"].get<std::string>() + "/" +
                                                    std::to_string(record["partition"].get<int>()) +
                                                    " event " + std::to_string(last));
    }
  }

  const RealFolder folder_;
  Random random_;
  ClientsRecord record_;
  std::vector<std::string> children_;
  std::mutex mutex_;  // guards next_
  uint64_t next_ = 0;
  FeedingCourt court_;
  TeamAtWork team_;
  ImportedSheets sheets_;
};

// What was done in all folders of a campaign.
struct Tally {
  uint64_t commands = 0;
  uint64_t hearings = 0;
  uint64_t contact_facts = 0;
  uint64_t meetings = 0;
  uint64_t team_commands = 0;
  uint64_t sheets = 0;

  void Add(const RealKiller& killer) {
    commands += killer.acknowledged();
    hearings += killer.court().hearings();
    contact_facts += killer.team().contact_facts();
    meetings += killer.team().meetings();
    team_commands += killer.team().commands();
    sheets += killer.sheets().sheets();
  }
  void Print() const {
    std::printf(
        "the real program: %ju commands acknowledged, %ju hearings of a court, %ju facts of contact "
        "and %ju meetings of two children by %ju commands, %ju tracker sheets\n",
        uintmax_t{commands}, uintmax_t{hearings}, uintmax_t{contact_facts}, uintmax_t{meetings},
        uintmax_t{team_commands}, uintmax_t{sheets});
  }
};

}  // namespace

void KillTheRealProgram(const CampaignOptions& options, uint64_t seed, CampaignResult& result) {
  HOLDFAST_CHECK(sodium_init() >= 0);
  const std::filesystem::path base =
      (options.folder.empty() ? std::filesystem::temp_directory_path() / "holdfast-kill"
                              : std::filesystem::path(options.folder)) /
      "real";
  Tally tally;
  for (uint64_t done = 0; done < options.rounds;) {
    std::filesystem::remove_all(base);
    std::filesystem::create_directories(base);
    RealKiller killer(base, seed + done);
    for (uint64_t i = 0; i < kRoundsAFolder && done < options.rounds; ++i, ++done)
      killer.Round(result);
    tally.Add(killer);
  }
  tally.Print();
  if (result.violations + result.lost + result.doubled == 0) std::filesystem::remove_all(base);
}

}  // namespace holdfast
