// The codes that a team can state, by nation.
#include "services/cases/domain/fact_kinds.h"

#include <gtest/gtest.h>

namespace holdfast::cases {
namespace {

using namespace v1;

TEST(FactKinds, HaveTheCodesOfTheAuthoritysNation) {
  struct Row {
    FactKind kind;
    const char* code;
    bool england;
    bool scotland;
  };
  const Row rows[] = {
      {FACT_KIND_ORDER, "CSO", false, true},
      {FACT_KIND_ORDER, "ICSO", false, true},
      {FACT_KIND_ORDER, "CARE", true, false},
      {FACT_KIND_ORDER, "ADOPTION", true, true},
      {FACT_KIND_APPLICATION, "PLACEMENT", true, false},
      {FACT_KIND_APPLICATION, "POA", false, true},
      {FACT_KIND_PLACEMENT_START, "U6", true, false},
      {FACT_KIND_PLACEMENT_START, "FOST_LA", false, true},
      {FACT_KIND_LEGAL_STATUS, "C2", true, false},
      {FACT_KIND_LEGAL_STATUS, "S25", false, true},
      {FACT_KIND_PLACED_FOR_ADOPTION, "A3", true, false},
      {FACT_KIND_PLACED_FOR_ADOPTION, "PROSP_ADOPT", false, true},
      {FACT_KIND_HEARING, "held", true, true},
      {FACT_KIND_HEARING, "done", false, false},
      {FACT_KIND_PROOF, "CSO", false, false},
      {FACT_KIND_MISSING_START, "M", true, true},
      {FACT_KIND_APPLICATION_DISPOSED, "SUPERVISION", true, false},
      {FACT_KIND_APPLICATION_DISPOSED, "POA", false, true},
      {FACT_KIND_APPLICATION_ISSUED, "CARE", false, false},
      {FACT_KIND_SERVICE_ASKED, "therapy", true, true},
      {FACT_KIND_SERVICE_REFUSED, "Dr Jones", false, false},
      {FACT_KIND_REVIEW_INTERVAL, "9mo", true, true},
      {FACT_KIND_REVIEW_INTERVAL, "often", false, false},
      {FACT_KIND_PERMANENCE_ASPECT, "emotional", true, true},
      {FACT_KIND_PERMANENCE_ASPECT, "spiritual", false, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(HasCode(row.kind, row.code, Nation::kEngland), row.england) << row.code;
    EXPECT_EQ(HasCode(row.kind, row.code, Nation::kScotland), row.scotland) << row.code;
    EXPECT_EQ(HasCode(row.kind, row.code, std::nullopt), row.england || row.scotland) << row.code;
  }
}

TEST(FactKinds, AreOfTheNationThatTheAuthoritysCodeSays) {
  EXPECT_EQ(NationOf("S12000901"), Nation::kScotland);
  EXPECT_EQ(NationOf("E06000901"), Nation::kEngland);
  EXPECT_EQ(NationOf("W06000001"), std::nullopt);
}

}  // namespace
}  // namespace holdfast::cases
