// For tests: every call of every contract, read from what protoc makes of all .proto files, so that
// none is forgotten; and the messages of calls, made without generated code.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::testing {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

class EveryCall {
 public:
  // `descriptors`: a file with the FileDescriptorSet of all contracts.
  explicit EveryCall(const std::string& descriptors);

  // By full name, as rows of the role table have them. Without those of the contracts that only
  // tests have.
  const std::map<std::string, const MethodDescriptor*>& methods() const { return methods_; }

  std::unique_ptr<Message> New(const Descriptor& type) {
    return std::unique_ptr<Message>(factory_.GetPrototype(&type)->New());
  }

 private:
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  std::map<std::string, const MethodDescriptor*> methods_;
};

// Sets every singular text or bytes field of that name, in `message` and in the messages in it. How
// many there are.
int SetEach(Message& message, const std::string& field, const std::string& value);

// The paths of all fields of that name, such as "header.authority"; within a repeated message as
// "rows[].authority".
std::vector<std::string> PathsTo(const Descriptor& type, const std::string& field);

}  // namespace holdfast::testing
