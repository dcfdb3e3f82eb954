// One function for each call of ProceedingsService: parse, post, render. The answer comes later,
// from any thread.
#pragma once

#include <memory>

#include "holdfast/proceedings/v1/proceedings_service.pb.h"
#include "libs/rpc/ordered_stream.h"
#include "libs/rpc/unary_call.h"
#include "services/proceedings/api/proceedings_parts.h"

namespace holdfast::proceedings {

template <typename Request, typename Response>
using Call = std::shared_ptr<UnaryCall<Request, Response>>;

using RegisterSourceCall = Call<v1::RegisterSourceRequest, v1::RegisterSourceResponse>;
using ListUnmatchedCall = Call<v1::ListUnmatchedRequest, v1::ListUnmatchedResponse>;
using MatchItemCall = Call<v1::MatchItemRequest, v1::MatchItemResponse>;
using RematchItemCall = Call<v1::RematchItemRequest, v1::RematchItemResponse>;
using ItemMessage =
    std::shared_ptr<StreamedMessage<v1::StreamItemsRequest, v1::StreamItemsResponse>>;

void RegisterSource(const ProceedingsParts& parts, const RegisterSourceCall& call);
void StreamItem(const ProceedingsParts& parts, const ItemMessage& message);
void ListUnmatched(const ProceedingsParts& parts, const ListUnmatchedCall& call);
void MatchItem(const ProceedingsParts& parts, const MatchItemCall& call);
void RematchItem(const ProceedingsParts& parts, const RematchItemCall& call);

}  // namespace holdfast::proceedings
