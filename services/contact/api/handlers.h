// One function for each call of ContactService: parse, post, render. The call's answer comes later, from any thread.
#pragma once

#include <memory>

#include "holdfast/contact/v1/contact_service.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/contact/api/contact_parts.h"

namespace holdfast::contact {

template <typename Request, typename Response>
using Call = std::shared_ptr<UnaryCall<Request, Response>>;

using RecordContactCall = Call<v1::RecordContactRequest, v1::RecordContactResponse>;
using CorrectContactCall = Call<v1::CorrectContactRequest, v1::CorrectContactResponse>;
using WithdrawContactCall = Call<v1::WithdrawContactRequest, v1::WithdrawContactResponse>;
using ShowContactCall = Call<v1::ShowContactRequest, v1::ShowContactResponse>;
using AssemblePackCall = Call<v1::AssemblePackRequest, v1::AssemblePackResponse>;

void RecordContact(const ContactParts& parts, const RecordContactCall& call);
void CorrectContact(const ContactParts& parts, const CorrectContactCall& call);
void WithdrawContact(const ContactParts& parts, const WithdrawContactCall& call);
void ShowContact(const ContactParts& parts, const ShowContactCall& call);
void AssemblePack(const ContactParts& parts, const AssemblePackCall& call);

}  // namespace holdfast::contact
