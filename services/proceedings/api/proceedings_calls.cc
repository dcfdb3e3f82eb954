#include "services/proceedings/api/proceedings_calls.h"

#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"
#include "services/proceedings/api/handlers.h"

namespace holdfast::proceedings {
namespace {

// Items of one stream that are worked on side by side.
constexpr size_t kWindow = 512;

// The generated class for each raw method, one on top of the other.
using Service = v1::ProceedingsService;
using WithRegisterSource = Service::WithRawCallbackMethod_RegisterSource<Service::Service>;
using WithStreamItems = Service::WithRawCallbackMethod_StreamItems<WithRegisterSource>;
using WithListUnmatched = Service::WithRawCallbackMethod_ListUnmatched<WithStreamItems>;
using WithMatchItem = Service::WithRawCallbackMethod_MatchItem<WithListUnmatched>;
using WithRematchItem = Service::WithRawCallbackMethod_RematchItem<WithMatchItem>;

class ProceedingsCalls final : public WithRematchItem {
 public:
  ProceedingsCalls(Gate& gate, const ProceedingsParts& parts) : gate_(gate), parts_(parts) {}

  grpc::ServerUnaryReactor* RegisterSource(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return Hand<v1::RegisterSourceRequest, v1::RegisterSourceResponse>(
        {context, "holdfast.proceedings.v1.ProceedingsService/RegisterSource", request, response},
        &proceedings::RegisterSource);
  }
  StreamReactor* StreamItems(grpc::CallbackServerContext* context) override {
    return gate_.Ordered<v1::StreamItemsRequest, v1::StreamItemsResponse>(
        {context, "holdfast.proceedings.v1.ProceedingsService/StreamItems", kWindow},
        [this](const ItemMessage& message) { StreamItem(parts_, message); });
  }
  grpc::ServerUnaryReactor* ListUnmatched(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Hand<v1::ListUnmatchedRequest, v1::ListUnmatchedResponse>(
        {context, "holdfast.proceedings.v1.ProceedingsService/ListUnmatched", request, response},
        &proceedings::ListUnmatched);
  }
  grpc::ServerUnaryReactor* MatchItem(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Hand<v1::MatchItemRequest, v1::MatchItemResponse>(
        {context, "holdfast.proceedings.v1.ProceedingsService/MatchItem", request, response},
        &proceedings::MatchItem);
  }
  grpc::ServerUnaryReactor* RematchItem(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::RematchItemRequest, v1::RematchItemResponse>(
        {context, "holdfast.proceedings.v1.ProceedingsService/RematchItem", request, response},
        &proceedings::RematchItem);
  }

 private:
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Hand(const RawCall& raw,
                                 void (*handle)(const ProceedingsParts&,
                                                const Call<Request, Response>&)) {
    return gate_.Unary<Request, Response>(
        raw, [&](Call<Request, Response> call) { handle(parts_, call); });
  }

  Gate& gate_;
  const ProceedingsParts& parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeProceedingsCalls(Gate& gate, const ProceedingsParts& parts) {
  return std::make_unique<ProceedingsCalls>(gate, parts);
}

}  // namespace holdfast::proceedings
