// The process that is killed. `serve` reads commands from its input and writes their answers;
// `check` prints what it finds.
//
//   command = id(32 hex) SP subject SP value LF        answer = id SP ("ok" SP first SP last |
//   reason) LF
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <sstream>

#include "tests/prove/campaign.h"
#include "tests/prove/small_service.h"

namespace holdfast {
namespace {

constexpr int kRefused = 3;

void Serve(SmallService& service) {
  std::mutex mutex;
  std::puts("serving");
  std::fflush(stdout);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string id, value;
    int subject = 0;
    words >> id >> subject >> value;
    const SubjectId child = SmallSubject(static_cast<uint8_t>(subject));
    service.Submit(child,
                   {.authority = "A",
                    .id = CommandId::FromHexText(id).value_or(CommandId{}),
                    .of_service = true,
                    .principal = "killer",
                    .request = AppendRequest(child, value),
                    .request_mac = value},
                   [&mutex, id](const Result<Answer>& answer) {
                     std::lock_guard lock(mutex);
                     if (answer) {
                       std::printf("%s ok %llu %llu\n", id.c_str(),
                                   static_cast<unsigned long long>(answer->first_event),
                                   static_cast<unsigned long long>(answer->last_event));
                     } else {
                       std::printf("%s %s\n", id.c_str(), answer.error().reason.c_str());
                     }
                     std::fflush(stdout);
                   });
  }
}

int Check(SmallService& service) {
  for (const Finding& finding : service.audit().findings) {
    std::printf("finding %s %s %s\n", finding.kind.c_str(), finding.file.c_str(),
                finding.message.c_str());
  }
  for (const PartitionAudit& partition : service.audit().partitions) {
    std::printf("partition %s %u %llu %s\n", partition.partition.service.c_str(),
                partition.partition.partition,
                static_cast<unsigned long long>(partition.state.valid_records),
                Hex(AsBytes(partition.state.chain)).c_str());
  }
  const auto all = service.ReadAll();
  if (!all) {
    std::printf("refused %s %s\n", all.error().reason.c_str(), all.error().message.c_str());
    return kRefused;
  }
  std::printf("digest %s\n", Hex(AsBytes(Sha256(*all))).c_str());
  return 0;
}

}  // namespace

int RunVictim(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto service = SmallService::Start(argv[3]);
  if (!service) {
    std::printf("refused %s %s\n", service.error().reason.c_str(), service.error().message.c_str());
    return kRefused;
  }
  if (std::string_view(argv[2]) == "check") {
    const int code = Check(**service);
    std::fflush(stdout);
    std::_Exit(code);  // the folder is a copy: nobody needs a clean stop of it
  }
  Serve(**service);
  return 0;
}

}  // namespace holdfast
