// The one table of who may call what. What it does not grant is denied.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/status.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/role.h"

namespace google::protobuf {
class ServiceDescriptor;
}  // namespace google::protobuf

namespace holdfast {

enum class Reach {
  kOwnAuthority,  // what concerns the caller's own authority; for a source, what it fed
  kAll,
};

struct Grant {
  Role role;
  Reach reach;
  std::vector<Purpose>
      purposes;  // that may be stated; the first is meant when none is; never empty
};

struct RoleRow {
  std::string method;  // full name, such as "holdfast.cases.v1.CasesService/ShowCase"
  std::vector<Grant> grants;
  size_t max_request_bytes = size_t{1} << 20;
};

// Two rows of one method, two grants of one role in a row, or a grant without purpose are bugs.
class RoleTable {
 public:
  explicit RoleTable(std::vector<RoleRow> rows);

  // Null: nobody may call the method.
  const RoleRow* Find(std::string_view method) const;

  // All rows, by method.
  const std::map<std::string, RoleRow, std::less<>>& rows() const { return rows_; }

 private:
  std::map<std::string, RoleRow, std::less<>> rows_;
};

// A caller who may make the call, and how far the grant reaches.
struct Admission {
  Principal principal;
  Reach reach;

  // Whether what belongs to `authority` is within reach.
  bool Reaches(const AuthorityCode& authority) const {
    return reach == Reach::kAll || principal.authority == authority;
  }
};

// NOT_ALLOWED when `row` is null, grants the role nothing, or not for the stated purpose.
Result<Admission> Authorise(const RoleRow* row, const Authenticated& caller);

// The full names of a service's methods, as rows have them.
std::vector<std::string> MethodsOf(const google::protobuf::ServiceDescriptor& service);

// The table of Holdfast's own services.
const RoleTable& HoldfastRoles();

}  // namespace holdfast
