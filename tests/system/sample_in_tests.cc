#include "tests/system/sample_in_tests.h"

#include <fstream>

#include "libs/base/check.h"

namespace holdfast::testing {
namespace {

using nlohmann::json;

std::vector<std::string> WordsOf(const json& step, const std::string& code) {
  const std::string what = step["do"];
  if (what == "live") return {"authority", "live", code, "--from", step["from"]};
  if (what == "import") {
    std::vector<std::string> words = {
        "import",        "ssda903",          SampleFolder() / step["folder"], "--authority", code,
        "--year-ending", step["year_ending"]};
    if (step["repair"]) words.emplace_back("--repair");
    return words;
  }
  const std::string command = what == "assign" ? "assign" : "load";
  return {"case", command, "--authority", code, "--file", SampleFolder() / step["file"]};
}

}  // namespace

std::filesystem::path SampleFolder() { return HOLDFAST_SAMPLE_FOLDER; }

void TakeSample(const Deployment& deployment, const std::string& only,
                const std::filesystem::path& rejects) {
  const json sample = json::parse(std::ifstream(SampleFolder() / "sample.json"));
  HOLDFAST_CHECK(
      deployment.Run({"init", "--clock", "manual", "--day", sample["manual_day"]}).exit == 0);
  HOLDFAST_CHECK(deployment.Run({"up", "--detach"}).exit == 0);
  int steps = 0;
  for (const auto& authority : sample["authorities"]) {
    const std::string code = authority["code"];
    if (!only.empty() && code != only) continue;
    HOLDFAST_CHECK(deployment.Run({"authority", "add", code, "--name", authority["name"]}).exit ==
                   0);
    for (const auto& step : authority["steps"]) {
      auto words = WordsOf(step, code);
      if (!rejects.empty() && step["do"] != "live") {
        words.insert(words.end(), {"--rejects", rejects / std::to_string(++steps)});
      }
      const auto done = deployment.Run(words);
      HOLDFAST_CHECK(done.exit == 0 || done.exit == 1);
    }
  }
}

}  // namespace holdfast::testing
