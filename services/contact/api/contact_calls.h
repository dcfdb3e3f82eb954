// ContactService on gRPC: each call passes the gate, then goes to its handler.
#pragma once

#include <memory>

#include "libs/rpc/gate.h"
#include "services/contact/api/contact_parts.h"

namespace grpc {
class Service;
}

namespace holdfast::contact {

// `gate` and `parts` outlive it.
std::unique_ptr<grpc::Service> MakeContactCalls(Gate& gate, const ContactParts& parts);

}  // namespace holdfast::contact
