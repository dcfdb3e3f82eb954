#include "services/national/api/national_calls.h"

#include "services/national/api/show_year.h"

namespace holdfast::national {

grpc::ServerUnaryReactor* NationalCalls::ShowYear(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) {
  return gate_.Unary<v1::ShowYearRequest, v1::ShowYearResponse>(
      {context, "holdfast.national.v1.NationalService/ShowYear", request, response},
      [this](ShowYearCall call) { national::ShowYear(tables_, today_(), call); });
}

}  // namespace holdfast::national
