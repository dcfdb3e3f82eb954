#include <algorithm>
#include <cstdio>
#include <random>

#include "tests/prove/campaign.h"
#include "tests/sim/mutants.h"
#include "tests/sim/world.h"

namespace holdfast {
namespace {

// What a number of seeds holds when not given: fresh ones each time.
uint64_t FreshSeed() {
  std::random_device device;
  return static_cast<uint64_t>(device()) << 20;
}

std::optional<Mutant> MutantNamed(const std::string& name) {
  for (const auto& [mutant, known] : kMutants) {
    if (known == name) return mutant;
  }
  return std::nullopt;
}

Profile ProfileNamed(const std::string& name, uint64_t seed) {
  const auto mutant = MutantNamed(name);
  return mutant ? ProfileAgainst(*mutant) : SwarmProfile(seed);
}

void Tell(uint64_t seed, const CampaignOptions& options, const RunResult& result) {
  for (const std::string& violation : result.violations) {
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), violation.c_str());
  }
  const std::string mutant = options.mutant.empty() ? "" : " --mutant " + options.mutant;
  std::printf("reproduce: tools/prove sim --seed %llu --seeds 1 --profile %s%s\n",
              static_cast<unsigned long long>(seed), options.profile.c_str(), mutant.c_str());
}

// One run in a hundred is run twice, and must be the same.
bool IsRepeatable(uint64_t seed, const Profile& profile, Mutant mutant, const RunResult& first) {
  return seed % 100 != 0 || RunSeed(seed, profile, mutant).digest == first.digest;
}

}  // namespace

CampaignResult ProveBySimulation(const CampaignOptions& options) {
  CampaignResult result{.campaign = "sim"};
  const Mutant mutant = MutantNamed(options.mutant).value_or(Mutant::kNone);
  const uint64_t first = options.seed.value_or(FreshSeed());
  uint64_t answered = 0, pushed = 0;
  for (uint64_t seed = first; seed < first + options.seeds; ++seed) {
    const Profile profile = ProfileNamed(options.profile, seed);
    RunResult run = RunSeed(seed, profile, mutant);
    if (!IsRepeatable(seed, profile, mutant, run)) {
      run.violations.push_back("the same seed gave another run");
    }
    ++result.runs;
    answered += run.answered;
    pushed += run.pushed;
    if (run.violations.empty()) continue;
    ++result.violations;
    Tell(seed, options, run);
  }
  std::printf("%llu seeds from %llu, %llu commands answered, %llu pushes told\n",
              static_cast<unsigned long long>(result.runs), static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(answered), static_cast<unsigned long long>(pushed));
  return result;
}

CampaignResult ProveByMutants(const CampaignOptions& options) {
  CampaignResult result{.campaign = "mutants"};
  const uint64_t limit = std::min(options.seeds, kMutantSeeds);
  for (const auto& [mutant, name] : kMutants) {
    if (!options.mutant.empty() && options.mutant != name) continue;
    const Profile profile = ProfileAgainst(mutant);
    uint64_t seed = 1;
    std::string found;
    for (; seed <= limit && found.empty(); ++seed) {
      const RunResult run = RunSeed(seed, profile, mutant);
      if (!run.violations.empty()) found = run.violations.front();
      ++result.runs;
    }
    if (found.empty()) ++result.survived;
    std::printf("%-28s %s after %llu seeds of profile \"%s\": %s\n", std::string(name).c_str(),
                found.empty() ? "SURVIVED" : "killed", static_cast<unsigned long long>(seed - 1),
                profile.name.c_str(), found.c_str());
  }
  return result;
}

}  // namespace holdfast
