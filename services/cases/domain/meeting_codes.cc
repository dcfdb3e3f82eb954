#include "services/cases/domain/meeting_codes.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "services/cases/domain/fact_kinds.h"

namespace holdfast::cases {
namespace {

using std::string_view;

constexpr std::array<string_view, 5> kKinds{"review", "plan_meeting", "panel", "hearing",
                                            "core_group"};
constexpr std::array<string_view, 19> kParts{
    "child",         "parent",        "carer",       "relative",          "advocate",
    "social_worker", "team_manager",  "reviewer",    "independent_chair", "panel_member",
    "legal_adviser", "health",        "education",   "police",            "reporter",
    "safeguarder",   "panel_adviser", "interpreter", "other"};
constexpr std::array<string_view, 5> kDecisions{"recommendation", "agency_decision", "plan",
                                                "match", "service_asked"};

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

}  // namespace

bool IsMeetingKind(string_view kind) { return std::ranges::find(kKinds, kind) != kKinds.end(); }

std::optional<v1::FactKind> FactOfMeeting(string_view kind) {
  if (kind == "review") return v1::FACT_KIND_REVIEW;
  if (kind == "panel") return v1::FACT_KIND_PANEL;
  if (kind == "hearing") return v1::FACT_KIND_HEARING;
  return std::nullopt;
}

bool IsPart(string_view part) { return std::ranges::find(kParts, part) != kParts.end(); }

std::optional<v1::FactKind> FactOfDecision(string_view what) {
  if (std::ranges::find(kDecisions, what) == kDecisions.end()) return std::nullopt;
  return FactKindNamed(what);
}

bool IsTimeOfDay(string_view time) {
  return time.size() == 5 && time[2] == ':' && IsDigit(time[0]) && IsDigit(time[1]) &&
         IsDigit(time[3]) && IsDigit(time[4]) && time.substr(0, 2) < "24" && time[3] < '6';
}

}  // namespace holdfast::cases
