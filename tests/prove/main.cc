// holdfast-prove: the campaigns behind `tools/prove`.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstring>

#include "tests/prove/campaign.h"

namespace {

void PrintLastLine(const holdfast::CampaignResult& result) {
  const auto number = [](uint64_t value) { return static_cast<unsigned long long>(value); };
  std::printf(
      "{\"campaign\":\"%s\",\"%s\":%llu,\"violations\":%llu,\"lost\":%llu,\"doubled\":%llu,"
      "\"survived\":%llu}\n",
      result.campaign.c_str(), result.counts_rounds ? "rounds" : "seeds", number(result.runs),
      number(result.violations), number(result.lost), number(result.doubled),
      number(result.survived));
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  if (argc > 1 && std::strcmp(argv[1], "victim") == 0) return holdfast::RunVictim(argc, argv);
  CLI::App app("Tries to break what Holdfast promises of its journal.");
  holdfast::CampaignOptions options;
  std::string campaign;
  uint64_t seed = 0;
  app.add_option("campaign", campaign, "sim, mutants, kill or flips")
      ->required()
      ->check(CLI::IsMember({"sim", "mutants", "kill", "flips"}));
  app.add_option("--seeds", options.seeds, "Seeds to simulate");
  app.add_option("--rounds", options.rounds, "Rounds of killing, or of flipping");
  const auto* seed_option = app.add_option("--seed", seed, "The first seed; fresh ones without it");
  app.add_option("--mutant", options.mutant, "Plant this fault, or only this one");
  app.add_option("--profile", options.profile, "swarm, or the mutant against which it is biased");
  app.add_option("--folder", options.folder, "Where data is put");
  app.add_flag("--full", options.full, "flips: one flip every 4 KiB");
  app.footer("Examples:\n  tools/prove sim --seeds 100\n  tools/prove kill --rounds 2");
  CLI11_PARSE(app, argc, argv);
  if (seed_option->count() > 0) options.seed = seed;
  holdfast::CampaignResult result;
  if (campaign == "sim") result = holdfast::ProveBySimulation(options);
  if (campaign == "mutants") result = holdfast::ProveByMutants(options);
  if (campaign == "kill") result = holdfast::ProveByKilling(options, argv[0]);
  if (campaign == "flips") result = holdfast::ProveByFlipping(options, argv[0]);
  PrintLastLine(result);
  const bool bad = result.violations + result.lost + result.doubled + result.survived > 0;
  return bad ? 1 : 0;
}
