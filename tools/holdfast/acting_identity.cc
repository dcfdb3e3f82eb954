#include "tools/holdfast/acting_identity.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Status> Usage(std::string message) {
  return Fail(StatusCode::kInvalidArgument, "USAGE", std::move(message));
}

tl::unexpected<Status> NoIdentity(const std::string& name, const GlobalOptions& options) {
  return Fail(StatusCode::kNotFound, "NO_IDENTITY",
              "there is no identity " + name + " in " + options.keys + "/id");
}

// Of an authority or a source, not of the deployment.
bool IsOfABody(Role role) {
  return role == Role::kWorker || role == Role::kData || role == Role::kReviewingOfficer ||
         role == Role::kLegalAdviser || role == Role::kCourt || role == Role::kReporter ||
         role == Role::kSubscriber;
}

bool IsThere(const GlobalOptions& options, const std::string& name) {
  std::error_code ignored;
  return fs::exists(fs::path(options.keys) / "id" / name / "cert.pem", ignored);
}

// The authorities that have an identity of `role`, in order.
std::vector<std::string> AuthoritiesWith(Role role, const GlobalOptions& options) {
  std::vector<std::string> found;
  const std::string prefix = std::string(Text(role)) + "@";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(options.keys) / "id", error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && IsThere(options, name))
      found.push_back(name.substr(prefix.size()));
  }
  std::ranges::sort(found);
  return found;
}

// The authority whose identity it is; blank when it is the deployment's.
std::string AuthorityOf(const std::string& name) {
  const size_t at = name.find('@');
  return at == std::string::npos ? "" : name.substr(at + 1);
}

}  // namespace

Role RoleOfSource(const GlobalOptions& options, const std::string& source) {
  const std::string court = std::string(Text(Role::kCourt)) + "@" + source;
  return IsThere(options, court) ? Role::kCourt : Role::kReporter;
}

Result<ActingIdentity> FindActingIdentity(const GlobalOptions& options, const ActsAs& acts_as) {
  if (!acts_as.authority.empty() && !AuthorityCode::FromText(acts_as.authority)) {
    return Usage("'" + acts_as.authority + "' is not the code of an authority, such as E06000001");
  }
  std::string name = options.as;
  if (!name.empty()) {
    if (name.find('/') != std::string::npos || name.starts_with('.')) {
      return Usage("--as takes ROLE or ROLE@AUTHORITY, such as worker@E06000001");
    }
  } else if (!IsOfABody(acts_as.role)) {
    name = Text(acts_as.role);
  } else if (!acts_as.authority.empty()) {
    name = NameOfRoleAt(acts_as.role, *AuthorityCode::FromText(acts_as.authority)).text;
  } else {
    const auto authorities = AuthoritiesWith(acts_as.role, options);
    if (authorities.empty())
      return NoIdentity(std::string(Text(acts_as.role)) + "@AUTHORITY", options);
    if (authorities.size() > 1)
      return Usage("there are several authorities here: say whose with --authority CODE");
    name = std::string(Text(acts_as.role)) + "@" + authorities.front();
  }
  if (!IsThere(options, name)) return NoIdentity(name, options);
  return ActingIdentity{{name}, acts_as.authority.empty() ? AuthorityOf(name) : acts_as.authority};
}

}  // namespace holdfast::cli
