// Which identity of the keys folder gives a command.
#pragma once

#include <string>

#include "libs/rpc/certificates.h"
#include "tools/holdfast/options.h"

namespace holdfast::cli {

// Who gives a command when --as does not say.
struct ActsAs {
  Role role = Role::kOperator;  // the least that may do it
  std::string authority = {};   // --authority, or of a source its name; blank: not given
};

struct ActingIdentity {
  IdentityName name;
  std::string authority;  // acted for; blank: the whole deployment
};

// What a source is here: a court, when KEYS has that identity of it, else a reporter.
Role RoleOfSource(const GlobalOptions& options, const std::string& source);

// The one that --as names; else the role's own, of the authority chosen where the role is an
// authority's or a source's, or of the only authority that has one. NO_IDENTITY (kNotFound); USAGE
// when the choice is not clear.
Result<ActingIdentity> FindActingIdentity(const GlobalOptions& options, const ActsAs& acts_as);

}  // namespace holdfast::cli
