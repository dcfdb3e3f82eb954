// The personal parts of any message, found by their type.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "holdfast/common/v1/common.pb.h"
#include "libs/crypto/sealed_personal.h"

namespace holdfast {

struct FoundField {
  FieldName name;
  common::v1::PersonalField* field;  // within the message
};

// Every PersonalField that is present in `message`, in the order of field numbers, at most 32
// messages deep (deeper: a bug).
std::vector<FoundField> FindPersonalFields(google::protobuf::Message& message);

// True when personal data stands in the open somewhere in `message`: such a message is never
// stored.
bool HasOpenPersonal(const google::protobuf::Message& message);

// What a Personal has, by field name, such as "born": what a record of a read says, never the
// values.
std::vector<std::string> NamesOfPersonal(const common::v1::Personal& personal);

}  // namespace holdfast
