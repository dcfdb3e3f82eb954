// Makes a deployment: its keys and certificates, and an empty data folder.
#pragma once

#include <filesystem>
#include <optional>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/crypto/keys_folder.h"
#include "services/node/data_format.h"

namespace holdfast {

struct NewDeployment {
  KeysPaths paths;
  DataFormat format;
  CivilDate day;  // of a manual clock
};

struct CreatedDeployment {
  bool root_key_is_new = false;
};

// Takes up what an earlier call left unfinished; keys that are there stay. ALREADY_MADE when there
// is a data folder; failures of KeysFolder::OpenOrCreate.
Result<CreatedDeployment> CreateDeployment(const NewDeployment& wanted, const Clock& clock);

// Makes the folder of one instance of a deployment whose log is shared: `format` says of which. The
// keys are there already. Failures of KeysFolder::Open; ALREADY_MADE.
Result<void> CreateInstanceFolder(const KeysPaths& paths, const DataFormat& format);

// The nation whose deployment it is: in the certificates of all but authorities.
AuthorityCode CodeOfNationals();

}  // namespace holdfast
