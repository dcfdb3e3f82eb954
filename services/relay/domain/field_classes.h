// What each field of the published events is to those who may know nobody. What is not written here
// is left out of pseudonymised events: a new field stays private until somebody says what it is.
#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <optional>
#include <string>

namespace holdfast::relay {

enum class FieldClass {
  kCode,  // of a code set, yes or no: stays
  kDay,   // a civil day: stays
  kTime,  // microseconds since 1970-01-01 UTC: becomes the start of its day
  kId,    // replaced by a pseudonym of the group
  kName,  // of a team, worker, source or provider: replaced by a pseudonym of the group
  kPart,  // a message, whose own fields are looked up
  kDrop,  // left out: sealed, free text, numbers and hashes that are the same for everybody
};

// Nothing for a field that nobody classified.
std::optional<FieldClass> ClassOf(const google::protobuf::FieldDescriptor& field);

// All that is written down, by full name, for the test that walks the events.
const std::map<std::string, FieldClass>& AllFieldClasses();

}  // namespace holdfast::relay
