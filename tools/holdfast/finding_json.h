// What an auditor of journals found, as commands print it.
#pragma once

#include "libs/journal/verify.h"
#include "tools/holdfast/json.h"

namespace holdfast::cli {

inline Json FindingJson(const Finding& finding) {
  const bool is_of_partition = !finding.partition.service.empty();
  return {{"kind", finding.kind},
          {"file", finding.file.empty() ? Json(nullptr) : Json(finding.file)},
          {"service", is_of_partition ? Json(finding.partition.service) : Json(nullptr)},
          {"partition", is_of_partition ? Json(finding.partition.partition) : Json(nullptr)},
          {"offset", is_of_partition ? Json(finding.offset) : Json(nullptr)},
          {"message", finding.message}};
}

}  // namespace holdfast::cli
