#include "libs/ssda903/codes.h"

#include <array>
#include <span>

namespace holdfast::ssda903 {
namespace {

// The codes of a column from the return ending in March of `from_year` until the next set;
// separated by spaces.
struct CodeSet {
  std::string_view column;
  int from_year;
  std::string_view codes;
};

constexpr std::array kCodeSets = std::to_array<CodeSet>({
    {"SEX", 2017, "M F"},
    {"SEX", 2025, "M F U"},
    {"ETHNIC", 2017,
     "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH "
     "REFU NOBT"},
    {"MOTHER", 2017, "0 1"},
    {"RNE", 2017, "S L P T B U"},
    {"LS", 2017, "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"},
    {"CIN", 2017, "N1 N2 N3 N4 N5 N6 N7 N8"},
    {"PLACE", 2017,
     "A3 A4 A5 A6 H5 K1 K2 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1"},
    {"PLACE", 2025,
     "A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1"},
    {"PLACE", 2026,
     "A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 "
     "Z14"},
    {"PLACE_PROVIDER", 2017, "PR0 PR1 PR2 PR3 PR4 PR5"},
    {"REC", 2017, "X1 E11 E12 E2 E3 E4A E4B E13 E41 E43 E44 E5 E6 E7 E9 E14 E15 E16 E17 E8"},
    {"REC", 2019,
     "X1 E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E9 E14 E15 E16 E17 E8"},
    {"REASON_PLACE_CHANGE", 2017,
     "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE OTHER"},
    {"REASON_PLACE_CHANGE", 2019,
     "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER"},
    {"REVIEW_CODE", 2017, "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"},
    {"FOSTER_CARE", 2017, "0 1"},
    {"NB_ADOPTR", 2017, "1 2"},
    {"SEX_ADOPTR", 2017, "M1 F1 MM FF MF"},
    {"LS_ADOPTR", 2017, "L0 L11 L12 L2 L3 L4"},
    {"REASON_PLACED_CEASED", 2017, "RD1 RD2 RD3 RD4"},
    {"PREV_PERM", 2017, "P1 P2 P3 P4 Z1"},
    {"MISSING", 2017, "M A"},
});

bool Holds(std::string_view codes, std::string_view code) {
  while (!codes.empty()) {
    const size_t size = std::min(codes.find(' '), codes.size());
    if (codes.substr(0, size) == code) return true;
    codes.remove_prefix(std::min(size + 1, codes.size()));
  }
  return false;
}

}  // namespace

std::string CanonicalCode(std::string_view column, std::string_view code) {
  if (code.size() > 2 && code.ends_with(".0") &&
      code.substr(0, code.size() - 2).find_first_not_of("0123456789") == std::string_view::npos) {
    code.remove_suffix(2);
  }
  if (column == "SEX" && code == "1") return "M";
  if (column == "SEX" && code == "2") return "F";
  return std::string(code);
}

Standing StandingOf(std::string_view column, std::string_view code, int year) {
  bool known = false;
  std::string_view in_force;
  for (const auto& set : kCodeSets) {
    if (set.column != column) continue;
    known = known || Holds(set.codes, code);
    if (in_force.empty() || set.from_year <= year) in_force = set.codes;
  }
  if (Holds(in_force, code)) return Standing::kInForce;
  return known ? Standing::kOtherYear : Standing::kNone;
}

}  // namespace holdfast::ssda903
