// holdfast-bench: the figures behind `tools/bench`, a JSON object a line.
#include <algorithm>
#include <iostream>
#include <vector>

#include "libs/base/check.h"
#include "tests/bench/figures.h"
#include "tests/bench/kafka_parts.h"

namespace {

struct Bench {
  std::string name;
  void (*run)(const std::filesystem::path&);
};

const std::vector<Bench> kBenches{
    {"rebuild", holdfast::BenchRebuild},
    {"shard_commands", holdfast::BenchShardCommands},
    {"durable_commands", holdfast::BenchDurableCommands},
    {"import", holdfast::BenchImport},
    {"restart", holdfast::BenchRestart},
    {"worklist", holdfast::BenchWorklist},
    {"feed", holdfast::BenchFeed},
    {"fact_to_alert", holdfast::BenchFactToAlert},
    {"childs_page", holdfast::BenchChildsPage},
    {"rebuild_services", holdfast::BenchRebuildServices},
};

int Explain(std::ostream& out, int exit_code) {
  out << "Usage: tools/bench [NAME]\n\nMeasures how fast Holdfast is: a JSON object a figure. NAME "
         "is one of\n";
  for (const Bench& bench : kBenches) out << "  " << bench.name << "\n";
  out << "\nExample:\n  tools/bench rebuild\n";
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string only = argc > 1 ? argv[1] : "";
  if (only == "--serve-echo" && argc == 3) {  // the baseline, in a process of its own
    holdfast::ServeEcho(argv[2]);
    return 0;
  }
  if (only == "--kafka") {  // a part of `tools/bench kafka`
    return holdfast::RunKafkaPart({argv + 2, argv + argc}) ? 0 : 2;
  }
  if (only == "--help" || only == "-h") return Explain(std::cout, 0);
  const bool is_known =
      only.empty() || std::ranges::find(kBenches, only, &Bench::name) != kBenches.end();
  if (!is_known) return Explain(std::cerr, 2);
  const auto folder = std::filesystem::temp_directory_path() / "holdfast-bench";
  for (const Bench& bench : kBenches) {
    if (!only.empty() && only != bench.name) continue;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    bench.run(folder);
    std::filesystem::remove_all(folder);
  }
}
