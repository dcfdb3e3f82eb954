// The table behind field_classes.h, as it is written.
#pragma once

#include <vector>

namespace holdfast::relay {

struct MessageFields {
  const char* message;  // full name
  const char* fields;   // NAME:CLASS, with a space between two
};

const std::vector<MessageFields>& FieldTable();

}  // namespace holdfast::relay
