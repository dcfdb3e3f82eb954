#include "libs/rpc/principal.h"

#include <algorithm>

namespace holdfast {
namespace {

constexpr std::string_view kScheme = "holdfast://";

bool IsNameCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '-' || c == '_';
}

tl::unexpected<Status> NotAuthenticated(std::string message) {
  return Fail(StatusCode::kPermissionDenied, "NOT_AUTHENTICATED", std::move(message));
}

// The only element, none, or a failure.
Result<std::optional<std::string_view>> AtMostOne(const std::vector<std::string>& values,
                                                  const char* what) {
  if (values.size() > 1) return NotAuthenticated(std::string(what) + " stated more than once");
  if (values.empty()) return std::nullopt;
  return values.front();
}

}  // namespace

bool IsIdentityName(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, IsNameCharacter);
}

std::string IdentityUri(const Identity& identity) {
  return std::string(kScheme) + identity.body.text() + "/" + std::string(Text(identity.role)) +
         "/" + identity.name;
}

std::optional<Identity> IdentityFromUri(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return std::nullopt;
  uri.remove_prefix(kScheme.size());
  const size_t first = uri.find('/');
  const size_t second = uri.find('/', first == uri.npos ? first : first + 1);
  if (second == uri.npos) return std::nullopt;
  auto body = AuthorityCode::FromText(uri.substr(0, first));
  const auto role = RoleFromText(uri.substr(first + 1, second - first - 1));
  const auto name = uri.substr(second + 1);
  if (!body || !role || !IsIdentityName(name)) return std::nullopt;
  return Identity{std::move(*body), *role, std::string(name)};
}

Result<Authenticated> Authenticate(const Claims& claims) {
  const auto uri = AtMostOne(claims.certificate_uris, "the certificate's URI");
  if (!uri) return tl::unexpected(uri.error());
  auto identity = *uri ? IdentityFromUri(**uri) : std::nullopt;
  if (!identity) return NotAuthenticated("the certificate names no identity of Holdfast");

  const auto purpose_text = AtMostOne(claims.purposes, "the purpose");
  if (!purpose_text) return tl::unexpected(purpose_text.error());
  const auto purpose = *purpose_text ? PurposeFromText(**purpose_text) : std::nullopt;
  if (*purpose_text && !purpose) return NotAuthenticated("the purpose is not one of Holdfast's");

  const auto caller_uri = AtMostOne(claims.callers, "the caller");
  if (!caller_uri) return tl::unexpected(caller_uri.error());
  if (!*caller_uri) return Authenticated{std::move(*identity), purpose, {}};
  auto caller = IdentityFromUri(**caller_uri);
  if (identity->role != Role::kService || !caller || caller->role == Role::kService) {
    return NotAuthenticated("only a service may speak for a caller, who is not a service");
  }
  return Authenticated{std::move(*caller), purpose, identity->name};
}

}  // namespace holdfast
