// Sends items, and gets a receipt for each: over as many streams as it takes, going on where one
// ended.
#pragma once

#include <functional>
#include <vector>

#include "holdfast/proceedings/v1/proceedings_service.pb.h"
#include "tools/holdfast/client.h"

namespace holdfast::cli {

// The receipts, in the order of the items. While the outcome of some is not known they are sent
// again, which is safe; a status when there was no progress for 30 s. `progress` is told how many
// receipts there are.
Result<std::vector<proceedings::v1::StreamItemsResponse>> StreamAll(
    Client& client, const std::vector<proceedings::v1::StreamItemsRequest>& items,
    const std::function<void(size_t)>& progress);

}  // namespace holdfast::cli
