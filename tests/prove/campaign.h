// The campaigns of `tools/prove`. Each prints what it finds, and as its last line one JSON object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace holdfast {

struct CampaignOptions {
  uint64_t seeds = 2000;
  uint64_t rounds = 30;
  std::optional<uint64_t> seed;   // this one only, told in full; or the first of `seeds`
  std::string mutant;             // this one only
  std::string profile = "swarm";  // or the name of a mutant, for the profile against it
  std::string folder;             // where data is put; made and removed by the campaign when blank
  bool full = false;              // flips: one flip every 4 KiB
};

struct CampaignResult {
  std::string campaign;
  bool counts_rounds = false;  // else seeds
  uint64_t runs = 0;
  uint64_t violations = 0;
  uint64_t lost = 0;      // acknowledged, and not found
  uint64_t doubled = 0;   // found twice
  uint64_t survived = 0;  // mutants not found, or damage not noticed
};

CampaignResult ProveBySimulation(const CampaignOptions& options);
CampaignResult ProveByMutants(const CampaignOptions& options);
CampaignResult ProveByKilling(const CampaignOptions& options, const std::string& program);
CampaignResult ProveByFlipping(const CampaignOptions& options, const std::string& program);

// The same with the real program, all its services, keys and HEAD: parts of the two above.
class Random;
void KillTheRealProgram(const CampaignOptions& options, uint64_t seed, CampaignResult& result);
void FlipTheRealProgram(const CampaignOptions& options, Random& random, CampaignResult& result);

// What ProveByKilling and ProveByFlipping start as a process of its own: a small service under
// load.
int RunVictim(int argc, char** argv);

}  // namespace holdfast
