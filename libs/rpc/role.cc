#include "libs/rpc/role.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {
namespace {

template <typename Value, size_t kCount>
std::optional<Value> FromText(const std::array<Value, kCount>& all, std::string_view text) {
  const auto found = std::ranges::find_if(all, [&](Value value) { return Text(value) == text; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

[[noreturn]] std::string_view NoSuchValue() {
  HOLDFAST_CHECK(false);
  std::abort();
}

}  // namespace

std::string_view Text(Role role) {
  switch (role) {
    case Role::kWorker:
      return "worker";
    case Role::kData:
      return "data";
    case Role::kReviewingOfficer:
      return "reviewing_officer";
    case Role::kLegalAdviser:
      return "legal_adviser";
    case Role::kReporter:
      return "reporter";
    case Role::kCourt:
      return "court";
    case Role::kSubscriber:
      return "subscriber";
    case Role::kNational:
      return "national";
    case Role::kOperator:
      return "operator";
    case Role::kAuditor:
      return "auditor";
    case Role::kService:
      return "service";
  }
  NoSuchValue();
}

std::string_view Text(Purpose purpose) {
  switch (purpose) {
    case Purpose::kDirectCare:
      return "direct_care";
    case Purpose::kDataQuality:
      return "data_quality";
    case Purpose::kStatistics:
      return "statistics";
    case Purpose::kAudit:
      return "audit";
    case Purpose::kSubjectAccess:
      return "subject_access";
    case Purpose::kOperation:
      return "operation";
  }
  NoSuchValue();
}

std::optional<Role> RoleFromText(std::string_view text) { return FromText(kAllRoles, text); }

std::optional<Purpose> PurposeFromText(std::string_view text) {
  return FromText(kAllPurposes, text);
}

}  // namespace holdfast
