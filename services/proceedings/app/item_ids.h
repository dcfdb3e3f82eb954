// From a source's words to a command: the ids that need identity keys, and what cannot be read.
#pragma once

#include <optional>

#include "holdfast/proceedings/v1/proceedings_commands.pb.h"
#include "holdfast/proceedings/v1/proceedings_service.pb.h"
#include "libs/base/ids.h"
#include "libs/crypto/keys_folder.h"

namespace holdfast::proceedings {

struct NamedItem {
  SubjectId item;
  std::optional<SubjectId> case_ref;  // that it names
  v1::ReceiveItem command;            // personal data in the open
};

// The item that `said` is a version of. AUTHORITY_UNKNOWN when the source has no keys. A child of
// an authority that has none is not named.
Result<NamedItem> NameItem(KeysFolder& keys, const AuthorityCode& source,
                           const v1::StreamItemsRequest& said);

}  // namespace holdfast::proceedings
