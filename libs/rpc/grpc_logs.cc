#include "libs/rpc/grpc_logs.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>

#include <utility>

#include "libs/base/check.h"

namespace holdfast {
namespace {

// Never destroyed: gRPC's threads may outlive other static objects.
std::function<void(const std::string&)>* the_sink = nullptr;

}  // namespace

void SendGrpcLogsTo(std::function<void(const std::string& line)> sink) {
  HOLDFAST_CHECK(the_sink == nullptr);
  the_sink = new std::function<void(const std::string&)>(std::move(sink));
  google::protobuf::SetLogHandler(nullptr);
  gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
  gpr_set_log_function([](gpr_log_func_args* line) { (*the_sink)(line->message); });
}

}  // namespace holdfast
