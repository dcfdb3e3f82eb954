#include "tests/bench/kafka_parts.h"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "libs/base/ids.h"
#include "tests/bench/served.h"

namespace holdfast {
namespace {

using Words = std::vector<std::string>;

void RegisterForLoad(const Words& words) {
  const Served served(words[0], words[1]);
  const auto children = RegisterChildren(served, std::stoull(words[2]));
  RecordFacts(served, children, 1, [](const std::string& child, uint64_t) {
    return Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2012, 6, 1), "");
  });
  std::ofstream file(words[3]);
  for (const auto& child : children) file << Hex(child) << "\n";
  std::cout << nlohmann::json{{"count", children.size()}} << std::endl;
}

std::vector<SubjectId> ChildrenIn(const std::string& path) {
  std::vector<SubjectId> children;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    children.push_back(*SubjectId::FromHexText(line));
  return children;
}

// Fact number FIRST + i is of child i modulo their count, on a day that this child has none of.
void SendCommands(const Words& words) {
  const auto children = ChildrenIn(words[1]);
  const uint64_t first = std::stoull(words[2]);
  const Words endpoints(words.begin() + 5, words.end());
  const auto worker = *LoadIdentity(
      words[0], NameOfRoleAt(Role::kWorker, *AuthorityCode::FromText(kBenchAuthority)));
  const Recording::Method record_fact =
      &cases::v1::CasesService::StubInterface::async_interface::RecordFact;
  std::map<std::string, std::unique_ptr<Recording>> owners;
  for (const auto& endpoint : endpoints) {
    auto& owner = owners[endpoint];
    if (owner) continue;
    owner = std::make_unique<Recording>(endpoint, worker, record_fact);
  }
  const auto loop =
      TimedLoop(std::stod(words[4]), std::stoll(words[3]), [&](uint64_t i, auto done) {
        const uint64_t number = first + i;
        const SubjectId& child = children[number % children.size()];
        const auto partition = PartitionOf(child, static_cast<uint32_t>(endpoints.size()));
        const auto on =
            CivilDate::FromYmd(2012, 7, 1)->PlusDays(static_cast<int>(number / children.size()));
        owners[endpoints[partition]]->Send(
            i, Fact(child.Bytes(), cases::v1::FACT_KIND_REVIEW, AsDate(on), "PN1"),
            [done](const auto&) { done(); });
      });
  std::cout << nlohmann::json{{"count", loop.count},
                              {"per_s", loop.per_s},
                              {"p50", Quantile(loop.took_ms, 0.5)},
                              {"p99", Quantile(loop.took_ms, 0.99)}}
            << std::endl;
}

void FeedToAlerts(const Words& words) {
  const Served served(words[0], words[1]);
  const auto took_ms = FactsToAlerts(served, std::stoull(words[2]), std::stoull(words[3]));
  std::cout << nlohmann::json{{"count", took_ms.size()},
                              {"p50", Quantile(took_ms, 0.5)},
                              {"p99", Quantile(took_ms, 0.99)}}
            << std::endl;
}

}  // namespace

bool RunKafkaPart(const Words& words) {
  struct Part {
    void (*run)(const Words&);
    size_t least_words;
  };
  const std::map<std::string, Part> parts{{"produce", {ProduceAndReadBack, 6}},
                                          {"read", {ReadTopic, 3}},
                                          {"register", {RegisterForLoad, 4}},
                                          {"commands", {SendCommands, 6}},
                                          {"alerts", {FeedToAlerts, 4}}};
  const auto part = words.empty() ? parts.end() : parts.find(words.front());
  if (part == parts.end() || words.size() <= part->second.least_words) return false;
  part->second.run(Words(words.begin() + 1, words.end()));
  return true;
}

}  // namespace holdfast
