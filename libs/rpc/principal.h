// Who calls: what a certificate says, and what the caller says beside it.
//
//   identity_uri := "holdfast://" body "/" role "/" name
//     body    an authority's or source's code, or a nation, such as "england"
//     role    as libs/rpc/role.h writes it
//     name    1 to 64 letters, digits, '.', '-' or '_'
//
// It is the certificate's only URI among its alternative names. Metadata of a call:
//
//   holdfast-purpose   the purpose of the call; without it, the default of role and method
//   holdfast-caller    from role service alone: the identity_uri of the caller it speaks for
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/authority_code.h"
#include "libs/base/status.h"
#include "libs/rpc/role.h"

namespace holdfast {

inline constexpr char kPurposeMetadata[] = "holdfast-purpose";
inline constexpr char kCallerMetadata[] = "holdfast-caller";

struct Identity {
  AuthorityCode body;
  Role role;
  std::string name;

  auto operator<=>(const Identity&) const = default;
};

// True for a name that an identity can have.
bool IsIdentityName(std::string_view name);

std::string IdentityUri(const Identity& identity);
std::optional<Identity> IdentityFromUri(std::string_view uri);

// A caller who was let in.
struct Principal {
  AuthorityCode authority;
  Role role;
  std::string name;
  Purpose purpose;
  std::string via;  // name of the service that speaks for the caller; blank: none
};

// What a connection and its metadata say, before it is judged.
struct Claims {
  std::vector<std::string> certificate_uris;
  std::vector<std::string> purposes;
  std::vector<std::string> callers;
};

// A caller whose identity is certain and whose purpose, if stated, exists.
struct Authenticated {
  Identity identity;
  std::optional<Purpose> purpose;
  std::string via;
};

// Refuses (NOT_AUTHENTICATED) all but one URI of the form above; twice stated or unknown purposes;
// a caller named by anybody but a service, named twice or not readable; a service speaking for a
// service.
Result<Authenticated> Authenticate(const Claims& claims);

}  // namespace holdfast
