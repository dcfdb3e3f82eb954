// RPC by role. Each RPC of each service that `holdfast up` registers has a row, also one that
// nobody may call.
#include "libs/rpc/role_table.h"

namespace holdfast {

const RoleTable& HoldfastRoles() {
  static const RoleTable table{std::vector<RoleRow>{
      {"holdfast.node.v1.NodeService/ShowStatus",
       {{Role::kOperator, Reach::kAll, {Purpose::kOperation}}}},
      {"holdfast.national.v1.NationalService/ShowYear",
       {{Role::kNational, Reach::kAll, {Purpose::kStatistics}},
        {Role::kData, Reach::kOwnAuthority, {Purpose::kStatistics, Purpose::kDataQuality}},
        {Role::kWorker, Reach::kOwnAuthority, {Purpose::kStatistics, Purpose::kDirectCare}}}},
  }};
  return table;
}

}  // namespace holdfast
