// NationalService on gRPC: each call passes the gate, then goes to its handler.
#pragma once

#include "holdfast/national/v1/national_service.grpc.pb.h"
#include "libs/rpc/gate.h"
#include "services/national/app/year_tables.h"

namespace holdfast::national {

class NationalCalls final
    : public v1::NationalService::WithRawCallbackMethod_ShowYear<v1::NationalService::Service> {
 public:
  // All outlive it; `today` is the deployment's civil day, thread-safe.
  NationalCalls(Gate& gate, YearTables& tables, std::function<CivilDate()> today)
      : gate_(gate), tables_(tables), today_(std::move(today)) {}

  grpc::ServerUnaryReactor* ShowYear(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;

 private:
  Gate& gate_;
  YearTables& tables_;
  const std::function<CivilDate()> today_;
};

}  // namespace holdfast::national
