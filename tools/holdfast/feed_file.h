// A file that a court or reporter feeds: CSV with a heading, or one JSON object a line, with the
// same names.
#pragma once

#include <string>
#include <vector>

#include "holdfast/proceedings/v1/proceedings_service.pb.h"
#include "libs/base/status.h"

namespace holdfast::cli {

// What a server takes as one item, with a little for what is added to it.
inline constexpr size_t kLongestItem_bytes = 63 << 10;

struct FeedRow {
  uint64_t line = 0;  // of the file, from 1
  proceedings::v1::StreamItemsRequest item;
  std::string why_not;  // a constant: the line is no item; blank: it is one
  std::string field;    // where it is one column's or key's fault
};

// The items of a file, by its name's end .csv or .ndjson. A day or time that cannot be read is sent
// on as such: the service refuses the item. A line that cannot be read, such as one that was cut
// off, is no item and says why: BAD_ROW (another number of cells, or a value with parts), BAD_CSV
// (a quote that is never closed), BAD_JSON (no JSON object), TOO_LARGE. Of a whole file:
// CANNOT_READ, NOT_A_FEED (another end), BAD_COLUMNS (a name that no feed has, or one that stands
// twice; a CSV without a heading), BAD_CSV (of its heading).
Result<std::vector<FeedRow>> ReadFeedFile(const std::string& path);

// The same of bytes.
Result<std::vector<FeedRow>> ReadFeedCsv(std::string_view bytes);
Result<std::vector<FeedRow>> ReadFeedJson(std::string_view bytes);

}  // namespace holdfast::cli
