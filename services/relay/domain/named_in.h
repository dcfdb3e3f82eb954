// Whose an event says that it is.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::relay {

struct Named {
  std::string authority;  // its code; blank: none
  std::vector<std::string>
      covers;              // codes of the authorities whose children a source states facts of
  std::string source;      // the name of a court or reporter; blank: none
  bool everybody = false;  // events are gone: it concerns whoever reads on
  bool nobody = false;     // of Holdfast's own running: a day, the files of a policy

  bool operator==(const Named&) const = default;
};

// What a service's event message names itself. What it leaves to its subject is not here.
Named NamedIn(const google::protobuf::Message& event);

// The body by which the event's subject is remembered, where it is the first to name one: an
// authority's code, else a source's name behind '@'; blank: none.
std::string BodyOf(const Named& named);
inline bool IsSource(std::string_view body) { return body.starts_with('@'); }

}  // namespace holdfast::relay
