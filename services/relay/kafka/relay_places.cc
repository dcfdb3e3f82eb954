#include "services/relay/kafka/relay_places.h"

namespace holdfast::relay {
namespace {

std::string RowOf(const LinePart& part) {
  return "relay/" + part.first + "/" + part.second.service + "/" +
         std::to_string(part.second.partition);
}

}  // namespace

std::optional<journal::v1::Checkpoint> RelayPlaces::Find(const LinePart& part) const {
  const auto row = table_.Get(RowOf(part));
  journal::v1::Checkpoint place;
  if (!row || !place.ParseFromString(*row)) return std::nullopt;
  return place;
}

Result<void> RelayPlaces::Put(const std::map<LinePart, journal::v1::Checkpoint>& places) {
  std::vector<TableRow> rows;
  for (const auto& [part, place] : places) rows.push_back({RowOf(part), place.SerializeAsString()});
  return table_.Put(rows);
}

}  // namespace holdfast::relay
