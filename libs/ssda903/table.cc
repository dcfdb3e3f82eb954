#include "libs/ssda903/table.h"

#include <algorithm>
#include <array>
#include <set>

namespace holdfast::ssda903 {
namespace {

using enum ColumnKind;

constexpr std::array kHeaderColumns = std::to_array<Column>({
    {"CHILD", kChild, "1015"},
    {"SEX", kCode, "101"},
    {"DOB", kBorn, "102"},
    {"ETHNIC", kCode, "103"},
    {"UPN", kText, "168"},
    {"MOTHER", kCode, "165"},
    {"MC_DOB", kDay, "171"},
});
constexpr std::array kEpisodesColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DECOM", kKeyDay, "141"},
    {"RNE", kRequiredCode, "143"},
    {"LS", kRequiredCode, "144"},
    {"CIN", kCode, "145"},
    {"PLACE", kRequiredCode, "146"},
    {"PLACE_PROVIDER", kCode, "178"},
    {"DEC", kEndDay, "147"},
    {"REC", kWithEnd, "149"},
    {"REASON_PLACE_CHANGE", kWithEnd, "225"},
    {"HOME_POST", kText, ""},
    {"PL_POST", kText, ""},
    {"URN", kText, ""},
});
constexpr std::array kReviewsColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kBorn, ""},
    {"REVIEW", kKeyDay, "166"},
    {"REVIEW_CODE", kRequiredCode, "167"},
});
constexpr std::array kUascColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"SEX", kCode, ""},
    {"DOB", kBorn, ""},
    {"DUC", kDay, "104"},
});
constexpr std::array kOc2Columns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kText, ""},
    {"SDQ_SCORE", kText, ""},
    {"SDQ_REASON", kText, ""},
    {"CONVICTED", kText, ""},
    {"HEALTH_CHECK", kText, ""},
    {"IMMUNISATIONS", kText, ""},
    {"TEETH_CHECK", kText, ""},
    {"HEALTH_ASSESSMENT", kText, ""},
    {"SUBSTANCE_MISUSE", kText, ""},
    {"INTERVENTION_RECEIVED", kText, ""},
    {"INTERVENTION_OFFERED", kText, ""},
});
constexpr std::array kOc3Columns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kText, ""},
    {"IN_TOUCH", kText, ""},
    {"ACTIV", kText, ""},
    {"ACCOM", kText, ""},
});
constexpr std::array kAd1Columns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kBorn, ""},
    {"DATE_INT", kKeyDay, "112"},
    {"DATE_MATCH", kMatchDay, "113"},
    {"FOSTER_CARE", kCode, "114"},
    {"NB_ADOPTR", kCode, "175"},
    {"SEX_ADOPTR", kCode, "176"},
    {"LS_ADOPTR", kCode, "177"},
});
constexpr std::array kPlacedAdoptionColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kBorn, ""},
    {"DATE_PLACED", kKeyDay, "115"},
    {"DATE_PLACED_CEASED", kEndDay, "116"},
    {"REASON_PLACED_CEASED", kWithEnd, "120"},
});
constexpr std::array kPrevPermColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kBorn, ""},
    {"PREV_PERM", kCode, "631"},
    {"LA_PERM", kText, "633"},
    {"DATE_PERM", kDay, "632"},
});
constexpr std::array kMissingColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kBorn, ""},
    {"MISSING", kRequiredCode, "565"},
    {"MIS_START", kKeyDay, "564"},
    {"MIS_END", kEndDay, "567"},
});
constexpr std::array kSocialWorkerColumns = std::to_array<Column>({
    {"CHILD", kChild, ""},
    {"DOB", kText, ""},
    {"SW_ID", kText, ""},
    {"SW_DECOM", kText, ""},
    {"SW_DEC", kText, ""},
    {"SW_REASON", kText, ""},
});

struct Definition {
  std::string_view name;
  std::span<const Column> columns;
  bool makes_facts;
};

// In the order of the enumeration.
const std::array<Definition, kTableCount>& Definitions() {
  static const std::array<Definition, kTableCount> definitions{{
      {"Header", kHeaderColumns, true},
      {"Episodes", kEpisodesColumns, true},
      {"Reviews", kReviewsColumns, true},
      {"UASC", kUascColumns, true},
      {"OC2", kOc2Columns, false},
      {"OC3", kOc3Columns, false},
      {"AD1", kAd1Columns, true},
      {"PlacedAdoption", kPlacedAdoptionColumns, true},
      {"PrevPerm", kPrevPermColumns, true},
      {"Missing", kMissingColumns, true},
      {"SocialWorker", kSocialWorkerColumns, false},
  }};
  return definitions;
}

const Definition& DefinitionOf(Table table) { return Definitions()[static_cast<size_t>(table)]; }

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

}  // namespace

std::string_view Name(Table table) { return DefinitionOf(table).name; }

std::optional<Table> TableNamed(std::string_view name) {
  const std::string wanted = UpperCase(name);
  for (int i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    if (UpperCase(Name(table)) == wanted) return table;
  }
  return std::nullopt;
}

std::span<const Column> ColumnsOf(Table table) { return DefinitionOf(table).columns; }

bool MakesFacts(Table table) { return DefinitionOf(table).makes_facts; }

std::span<const std::string_view> RejectColumns() {
  static constexpr std::array<std::string_view, 5> kNames{"FILE", "LINE", "FIELD", "RULE",
                                                          "MESSAGE"};
  return kNames;
}

bool IsRejectColumn(std::string_view name) {
  return std::ranges::find(RejectColumns(), UpperCase(name)) != RejectColumns().end();
}

std::optional<Table> Recognise(const std::vector<std::string>& heading) {
  std::multiset<std::string> names;
  for (const auto& cell : heading) {
    if (!IsRejectColumn(cell)) names.insert(UpperCase(cell));
  }
  for (int i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    std::multiset<std::string> columns;
    for (const auto& column : ColumnsOf(table)) columns.emplace(column.name);
    if (columns == names) return table;
  }
  return std::nullopt;
}

}  // namespace holdfast::ssda903
