#include "tests/prove/kill_sheets.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "libs/base/check.h"
#include "libs/base/civil_date.h"

namespace holdfast {
namespace {

constexpr char kMap[] = R"(dates: iso
child: {local_id: ID, born: Born}
columns:
  - {column: Accommodated, kind: care_start}
  - {column: Hearing, kind: hearing}
)";
constexpr char kInCareSince[] = "2015-10-05";
constexpr size_t kOfEverySheet = 3;
// How long what follows in another journal may take once the program serves again.
constexpr std::chrono::seconds kFollows{20};

std::string DayAfter(CivilDate first, size_t days) {
  return first.PlusDays(static_cast<int>(days)).Iso();
}
std::string AsOf(size_t sheet) { return DayAfter(*CivilDate::FromYmd(2024, 1, 1), sheet); }
// After the campaign's day: in the calendar.
std::string DayOfHearing(size_t sheet) { return DayAfter(*CivilDate::FromYmd(2026, 7, 1), sheet); }
std::string Everys(size_t child) { return "S" + std::to_string(child); }
std::string Broughts(size_t sheet) { return "T" + std::to_string(sheet); }

void Write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  HOLDFAST_CHECK(file.flush().good());
}

}  // namespace

ImportedSheets::ImportedSheets(const RealFolder& folder, const std::filesystem::path& files,
                               std::string authority)
    : folder_(folder), files_(files), record_(files / "sheets"), authority_(std::move(authority)) {
  Write(files_ / "map.yaml", kMap);
}

void ImportedSheets::Import(const std::function<bool()>& gives_up) {
  if (under_way_.empty()) {
    const size_t sheet = sheets_++;
    std::string text = "ID,Born,Accommodated,Hearing\n";
    const std::string rest =
        std::string(",2015-05-05,") + kInCareSince + "," + DayOfHearing(sheet) + "\n";
    for (size_t i = 0; i < kOfEverySheet; ++i) text += Everys(i) + rest;
    text += Broughts(sheet) + rest;
    const auto file = files_ / ("sheet-" + std::to_string(sheet) + ".csv");
    Write(file, text);
    under_way_ = {"import",  "tracker",   file,    "--authority",      authority_,
                  "--as-of", AsOf(sheet), "--map", files_ / "map.yaml"};
    record_.Ask("sheet-" + std::to_string(sheet), under_way_);
  }
  Send(gives_up);
}

bool ImportedSheets::Send(const std::function<bool()>& gives_up) {
  const ToldBy told = folder_.Run(under_way_, gives_up);
  if (told.code != 0) return false;
  record_.Answer("sheet-" + std::to_string(sheets_ - 1), told.json().value("run", ""));
  under_way_.clear();
  return true;
}

void ImportedSheets::Settle(CampaignResult& result) {
  if (under_way_.empty() || Send({})) return;
  std::printf("violation: no answer to sheet %zu, imported again\n", sheets_ - 1);
  ++result.violations;
}

Standing ImportedSheets::LocalIds() const {
  Standing ids;
  std::vector<std::string> words = {"case", "list", "--authority", authority_, "--limit", "1000"};
  for (auto page = folder_.Done(words);; page = folder_.Done(words)) {
    for (const auto& child : page["cases"]) {
      const auto id = child["local_id"].get<std::string>();
      if (id.starts_with('S') || id.starts_with('T')) ids.insert(id);
    }
    if (page["next_page"].is_null()) return ids;
    words.resize(6);
    words.insert(words.end(), {"--page", page["next_page"].get<std::string>()});
  }
}

void ImportedSheets::Judge(CampaignResult& result) const {
  if (sheets_ == 0) return;
  Standing expected;
  for (size_t i = 0; i < kOfEverySheet; ++i) expected.insert(Everys(i));
  for (size_t sheet = 0; sheet < sheets_; ++sheet) expected.insert(Broughts(sheet));
  JudgeStanding("child of a sheet", expected, LocalIds(), result);

  const std::string last = DayOfHearing(sheets_ - 1);
  std::vector<std::string> local_ids = {Broughts(sheets_ - 1)};
  for (size_t i = 0; i < kOfEverySheet; ++i) local_ids.push_back(Everys(i));
  for (const auto& local_id : local_ids) {
    const auto shown =
        folder_.Done({"case", "show", "--local-id", local_id, "--authority", authority_});
    Standing periods;
    Standing hearings;
    for (const auto& period : shown["care_periods"])
      periods.insert(period["start"].get<std::string>());
    for (const auto& hearing : shown["hearings"]) hearings.insert(hearing["on"].get<std::string>());
    JudgeStanding("care period of " + local_id, {kInCareSince}, periods, result);
    JudgeStanding("hearing of " + local_id, {last}, hearings, result);
    JudgeStanding("hearing in the calendar of " + local_id, {last},
                  InCalendar(shown["child"].get<std::string>(), last), result);
  }
}

Standing ImportedSheets::InCalendar(const std::string& child, const std::string& hearing) const {
  const auto end = std::chrono::steady_clock::now() + kFollows;
  while (true) {
    Standing hearings;
    const auto calendar =
        folder_.Done({"case", "calendar", "--child", child, "--authority", authority_});
    for (const auto& item : calendar["items"])
      if (item["what"] == "hearing") hearings.insert(item["on"].get<std::string>());
    if (hearings == Standing{hearing} || std::chrono::steady_clock::now() > end) return hearings;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace holdfast
