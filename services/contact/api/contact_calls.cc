#include "services/contact/api/contact_calls.h"

#include "holdfast/contact/v1/contact_service.grpc.pb.h"
#include "services/contact/api/handlers.h"

namespace holdfast::contact {
namespace {

// The generated class for each raw method, one on top of the other.
using WithRecordContact =
    v1::ContactService::WithRawCallbackMethod_RecordContact<v1::ContactService::Service>;
using WithCorrectContact =
    v1::ContactService::WithRawCallbackMethod_CorrectContact<WithRecordContact>;
using WithWithdrawContact =
    v1::ContactService::WithRawCallbackMethod_WithdrawContact<WithCorrectContact>;
using WithShowContact =
    v1::ContactService::WithRawCallbackMethod_ShowContact<WithWithdrawContact>;
using WithAssemblePack =
    v1::ContactService::WithRawCallbackMethod_AssemblePack<WithShowContact>;

class ContactCalls final : public WithAssemblePack {
 public:
  ContactCalls(Gate& gate, const ContactParts& parts) : gate_(gate), parts_(parts) {}

  grpc::ServerUnaryReactor* RecordContact(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand<v1::RecordContactRequest, v1::RecordContactResponse>(
        {context, "holdfast.contact.v1.ContactService/RecordContact", request, response},
        &contact::RecordContact);
  }
  grpc::ServerUnaryReactor* CorrectContact(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand<v1::CorrectContactRequest, v1::CorrectContactResponse>(
        {context, "holdfast.contact.v1.ContactService/CorrectContact", request, response},
        &contact::CorrectContact);
  }
  grpc::ServerUnaryReactor* WithdrawContact(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand<v1::WithdrawContactRequest, v1::WithdrawContactResponse>(
        {context, "holdfast.contact.v1.ContactService/WithdrawContact", request, response},
        &contact::WithdrawContact);
  }
  grpc::ServerUnaryReactor* ShowContact(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand<v1::ShowContactRequest, v1::ShowContactResponse>(
        {context, "holdfast.contact.v1.ContactService/ShowContact", request, response},
        &contact::ShowContact);
  }
  grpc::ServerUnaryReactor* AssemblePack(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand<v1::AssemblePackRequest, v1::AssemblePackResponse>(
        {context, "holdfast.contact.v1.ContactService/AssemblePack", request, response},
        &contact::AssemblePack);
  }

 private:
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Hand(const RawCall& raw,
                                 void (*handle)(const ContactParts&,
                                                const Call<Request, Response>&)) {
    return gate_.Unary<Request, Response>(
        raw, [&](Call<Request, Response> call) { handle(parts_, call); });
  }

  Gate& gate_;
  const ContactParts& parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeContactCalls(Gate& gate, const ContactParts& parts) {
  return std::make_unique<ContactCalls>(gate, parts);
}

}  // namespace holdfast::contact
