// Who may call, and what for.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace holdfast {

enum class Role {
  kWorker,            // of an authority's team
  kData,              // of an authority's data team
  kReviewingOfficer,  // of an authority: chairs reviews; reads
  kLegalAdviser,      // of an authority; reads
  kReporter,          // children's reporter, a source
  kCourt,             // a source
  kSubscriber,        // of a subscriber group: sees no identity
  kNational,          // statistician: sees no identity
  kOperator,
  kAuditor,
  kService,  // another instance of Holdfast, for a caller whom it names
};

enum class Purpose { kDirectCare, kDataQuality, kStatistics, kAudit, kSubjectAccess, kOperation };

inline constexpr std::array kAllRoles = {
    Role::kWorker,   Role::kData,    Role::kReviewingOfficer, Role::kLegalAdviser,
    Role::kReporter, Role::kCourt,   Role::kSubscriber,       Role::kNational,
    Role::kOperator, Role::kAuditor, Role::kService};

inline constexpr std::array kAllPurposes = {Purpose::kDirectCare,    Purpose::kDataQuality,
                                            Purpose::kStatistics,    Purpose::kAudit,
                                            Purpose::kSubjectAccess, Purpose::kOperation};

// As in certificates, metadata and the audit: "worker", "direct_care".
std::string_view Text(Role role);
std::string_view Text(Purpose purpose);

std::optional<Role> RoleFromText(std::string_view text);
std::optional<Purpose> PurposeFromText(std::string_view text);

}  // namespace holdfast
