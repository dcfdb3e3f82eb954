#include "libs/permanence/layers.h"

#include <algorithm>
#include <set>

namespace holdfast {
namespace {

std::set<RunId> WithdrawnRuns(const ChildFacts& facts, const View& view) {
  std::set<RunId> runs;
  for (const auto& withdrawal : facts.withdrawals) {
    if (view.Sees(withdrawal.year_end, withdrawal.recorded_at)) runs.insert(withdrawal.run);
  }
  return runs;
}

// The statements that count, in order of submission.
std::vector<const Statement*> Standing(const ChildFacts& facts, const View& view) {
  const auto withdrawn = WithdrawnRuns(facts, view);
  std::vector<const Statement*> standing;
  for (const auto& statement : facts.statements) {
    if (view.Sees(statement.year_end, statement.recorded_at) &&
        !withdrawn.contains(statement.run)) {
      standing.push_back(&statement);
    }
  }
  std::ranges::stable_sort(standing, {},
                           [](const Statement* statement) { return statement->run_number; });
  return standing;
}

// What a row says but its personal data, which is sealed anew each time.
std::string WordsOf(const Statement& statement) {
  cases::v1::ReturnRow row = statement.row;
  row.clear_personal();
  return row.SerializeAsString();
}

void Hear(const Statement& statement, LayerCell& cell) {
  switch (statement.kind) {
    case StatementKind::kStated:
      cell = {.stated = &statement};
      return;
    case StatementKind::kRefused:
      if (!cell.stated) cell.refused = &statement;
      return;
    case StatementKind::kRemoved:
      if (cell.stated) cell.removed = &statement;
      cell.stated = nullptr;
      cell.refused = nullptr;
      return;
  }
}

}  // namespace

Layers::Layers(const ChildFacts& facts, const View& view) {
  for (const auto* statement : Standing(facts, view)) {
    Hear(*statement, cells_[statement->key][statement->year_end]);
  }
}

LayerCell Layers::At(const RowKey& key, CivilDate year_end) const {
  const auto layers = cells_.find(key);
  if (layers == cells_.end()) return {};
  const auto cell = layers->second.find(year_end);
  return cell == layers->second.end() ? LayerCell{} : cell->second;
}

const Statement* Layers::NewestBefore(const RowKey& key, CivilDate year_end) const {
  const auto layers = cells_.find(key);
  if (layers == cells_.end()) return nullptr;
  const Statement* newest = nullptr;
  for (const auto& [year, cell] : layers->second) {
    if (year < year_end && cell.stated) newest = cell.stated;
  }
  return newest;
}

const Statement* Layers::FirstSaying(const FactId& fact) const {
  for (const auto& [key, layers] : cells_) {
    const Statement* first = nullptr;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
      const Statement* stated = layer->second.stated;
      if (!stated) continue;
      if (stated->fact != fact || (first && WordsOf(*stated) != WordsOf(*first))) break;
      first = stated;
    }
    if (first) return first;
  }
  return nullptr;
}

std::vector<const Statement*> Layers::Believed(cases::v1::ReturnTable table) const {
  std::vector<const Statement*> believed;
  for (const auto& [key, layers] : cells_) {
    if (key.table != table) continue;
    const auto newest = std::ranges::find_if(layers.rbegin(), layers.rend(), [](const auto& layer) {
      return layer.second.stated != nullptr;
    });
    if (newest != layers.rend()) believed.push_back(newest->second.stated);
  }
  return believed;
}

std::vector<RowKey> Layers::KeysOf(CivilDate year_end) const {
  std::vector<RowKey> keys;
  for (const auto& [key, layers] : cells_) {
    const auto cell = layers.find(year_end);
    if (cell != layers.end() && (cell->second.stated || cell->second.refused)) keys.push_back(key);
  }
  return keys;
}

std::vector<const Statement*> Layers::Removed() const {
  std::vector<const Statement*> removed;
  for (const auto& [key, layers] : cells_) {
    for (const auto& [year, cell] : layers) {
      if (cell.removed) removed.push_back(cell.removed);
    }
  }
  return removed;
}

}  // namespace holdfast
