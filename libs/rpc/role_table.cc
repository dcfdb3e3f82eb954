#include "libs/rpc/role_table.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <set>

#include "libs/base/check.h"

namespace holdfast {

RoleTable::RoleTable(std::vector<RoleRow> rows) {
  for (auto& row : rows) {
    std::set<Role> roles;
    for (const auto& grant : row.grants) {
      HOLDFAST_CHECK(!grant.purposes.empty());
      HOLDFAST_CHECK(roles.insert(grant.role).second);
    }
    const std::string method = row.method;
    HOLDFAST_CHECK(rows_.emplace(method, std::move(row)).second);
  }
}

const RoleRow* RoleTable::Find(std::string_view method) const {
  const auto found = rows_.find(method);
  return found == rows_.end() ? nullptr : &found->second;
}

Result<Admission> Authorise(const RoleRow* row, const Authenticated& caller) {
  const auto denied = [](const char* message) {
    return Fail(StatusCode::kPermissionDenied, "NOT_ALLOWED", message);
  };
  if (row == nullptr) return denied("no role may call this");
  const auto grant = std::ranges::find(row->grants, caller.identity.role, &Grant::role);
  if (grant == row->grants.end()) return denied("this role may not call this");
  const Purpose purpose = caller.purpose.value_or(grant->purposes.front());
  if (std::ranges::find(grant->purposes, purpose) == grant->purposes.end()) {
    return denied("this role may not call this for this purpose");
  }
  return Admission{
      {caller.identity.body, caller.identity.role, caller.identity.name, purpose, caller.via},
      grant->reach};
}

std::vector<std::string> MethodsOf(const google::protobuf::ServiceDescriptor& service) {
  std::vector<std::string> methods;
  for (int i = 0; i < service.method_count(); ++i) {
    methods.push_back(service.full_name() + "/" + service.method(i)->name());
  }
  return methods;
}

}  // namespace holdfast
