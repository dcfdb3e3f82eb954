// Damage to every kind of file that the real program keeps in its data folder: start-up or `journal
// verify` says so, or every answer is as before.
#include <cstdio>
#include <map>

#include "libs/base/check.h"
#include "tests/prove/campaign.h"
#include "tests/prove/damage.h"
#include "tests/prove/real_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr char kAuthority[] = "E06000901";
constexpr int kChildren = 3;

// All that users are told, in one text.
std::string AnswersOf(const RealFolder& folder) {
  std::string answers;
  for (int i = 0; i < kChildren; ++i) {
    answers +=
        folder
            .Run({"case", "show", "--authority", kAuthority, "--local-id", "L" + std::to_string(i)})
            .out;
  }
  answers += folder.Run({"alerts", "list", "--authority", kAuthority}).out;
  answers += folder.Run({"national", "--authority", kAuthority, "--year-ending", "2026-03-31"}).out;
  return answers + folder.Run({"authority", "list"}).out;
}

void Work(const RealFolder& folder, int from, int to) {
  for (int i = from; i < to; ++i) {
    const std::string child =
        folder.Done({"case", "register", "--authority", kAuthority, "--local-id",
                     "L" + std::to_string(i), "--born", "2015-05-05", "--name", "Canary"})["child"];
    folder.Done({"case", "record", "care_start", "--child", child, "--on",
                 "2026-01-1" + std::to_string(i)});
    folder.Done({"case", "record", "agency_decision", "--child", child, "--on",
                 "2026-03-1" + std::to_string(i)});
    folder.Done({"case", "show", "--child", child});
  }
  folder.Done({"alerts", "list", "--authority", kAuthority});
}

// Three runs of the server, so that every database has tables and a write-ahead log; the last one
// ends as told.
void MakeData(const RealFolder& folder, bool clean) {
  folder.Done({"init", "--clock", "manual", "--day", "2026-06-01", "--partitions", "2"});
  for (int run = 0; run < 3; ++run) {
    const auto server = folder.Serve();
    HOLDFAST_CHECK(server != nullptr);
    if (run == 0) {
      folder.Done({"authority", "add", kAuthority, "--name", "Northshire"});
      folder.Done({"authority", "live", kAuthority, "--from", "2025-04-01"});
    }
    Work(folder, run, run + 1);
    if (run < 2 || clean) {
      folder.Done({"down"});
    } else {
      server->ReadLine(1500);  // until HEAD is a witness of all that was acknowledged
      server->Kill();
    }
    server->Wait();
  }
}

class RealFlips {
 public:
  RealFlips(const fs::path& base, bool clean, bool full, Random& random)
      : base_(base),
        clean_(clean),
        full_(full),
        random_(random),
        copy_(HoldfastBesideThis(), base / "copy") {}

  void Run(CampaignResult& result) {
    MakeData(RealFolder(HoldfastBesideThis(), base_ / "pristine"), clean_);
    ReplaceFolder(base_ / "copy", base_ / "pristine");
    HOLDFAST_CHECK(Look() == "serves");
    truth_ = answers_;
    for (const auto& entry : fs::recursive_directory_iterator(base_ / "pristine" / "data")) {
      if (!entry.is_regular_file()) continue;
      const fs::path name = fs::relative(entry.path(), base_ / "pristine");
      for (const Damage& damage : Chosen(entry.path())) Try(name, damage, result);
    }
    for (const char* service : {"cases", "proceedings", "contact", "alerting", "audit", "national"}) {
      Try(fs::path("data/state") / service,
          {"wiped", [](const fs::path& state) { fs::remove_all(state); }}, result);
    }
    for (const auto& [verdict, count] : counts_) {
      std::printf("the real program, after a %s: %llu times %s\n", clean_ ? "clean stop" : "kill",
                  static_cast<unsigned long long>(count), verdict.c_str());
    }
  }

 private:
  // All, or a sample: removed, and one of the others; of files that RocksDB writes for people, one.
  std::vector<Damage> Chosen(const fs::path& file) {
    std::vector<Damage> all = DamagesOf(file, full_, random_);
    if (full_ || all.size() == 1) return all;
    const Damage other = all[1 + random_.Below(all.size() - 1)];
    const std::string name = file.filename();
    const bool is_for_people =
        name.starts_with("LOG") || name.starts_with("OPTIONS") || name == "IDENTITY";
    if (is_for_people) return {random_.Chance(500) ? all.front() : other};
    return {all.front(), other};
  }

  // What the copy says of itself: "reported", or "serves", with its answers. After a start the
  // state was mended, or not: it is verified once more.
  std::string Look() {
    if (copy_.Run({"journal", "verify"}).code != 0) return "reported";
    const auto server = copy_.Serve();
    if (!server) return "reported";
    answers_ = AnswersOf(copy_);
    const bool whole = copy_.Run({"journal", "verify"}).code == 0;
    server->Kill();
    server->Wait();
    return whole ? "serves" : "reported";
  }

  void Try(const fs::path& name, const Damage& damage, CampaignResult& result) {
    ReplaceFolder(base_ / "copy", base_ / "pristine");
    damage.apply(base_ / "copy" / name);
    std::string verdict = Look();
    if (verdict == "serves") verdict = answers_ == truth_ ? "changed no answer" : "SILENT";
    ++counts_[verdict];
    ++result.runs;
    if (verdict != "SILENT") return;
    ++result.survived;
    std::printf("SILENT: %s %s (after a %s)\n", name.c_str(), damage.name.c_str(),
                clean_ ? "clean stop" : "kill");
  }

  const fs::path base_;
  const bool clean_;
  const bool full_;
  Random& random_;
  const RealFolder copy_;
  std::string truth_;
  std::string answers_;
  std::map<std::string, uint64_t> counts_;
};

}  // namespace

void FlipTheRealProgram(const CampaignOptions& options, Random& random, CampaignResult& result) {
  const fs::path memory = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
  const fs::path base =
      options.folder.empty() ? memory / "holdfast-flips-real" : fs::path(options.folder) / "real";
  for (const bool clean : {true, false}) {
    fs::remove_all(base);
    fs::create_directories(base / "pristine");
    RealFlips(base, clean, options.full, random).Run(result);
  }
  fs::remove_all(base);
}

}  // namespace holdfast
