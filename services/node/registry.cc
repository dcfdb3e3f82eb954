#include "services/node/registry.h"

#include <algorithm>

#include "services/alerting/alerting_service.h"
#include "services/audit/audit_service.h"
#include "services/cases/cases_service.h"
#include "services/contact/contact_service.h"
#include "services/national/national_service.h"
#include "services/proceedings/proceedings_service.h"
#include "services/relay/relay_service.h"

namespace holdfast {

const std::vector<ServiceMaker>& AllServices() {
  static const std::vector<ServiceMaker> services{
      {"audit", MakeAuditService},
      {"cases", MakeCasesService},
      {"proceedings", MakeProceedingsService},
      {"contact", MakeContactService},
      {"alerting", MakeAlertingService},
      {"national", MakeNationalService},
      {"relay", MakeRelayService},
  };
  return services;
}

Result<std::vector<ServiceMaker>> ChooseServices(const std::vector<std::string>& names) {
  const auto& all = AllServices();
  for (const std::string& name : names) {
    if (std::ranges::none_of(all, [&](const ServiceMaker& maker) { return maker.name == name; })) {
      std::string known;
      for (const auto& maker : all) known += (known.empty() ? "" : ", ") + maker.name;
      return Fail(StatusCode::kInvalidArgument, "UNKNOWN_SERVICE",
                  "there is no service '" + name + "'; there are: " + known);
    }
  }
  std::vector<ServiceMaker> chosen;
  std::ranges::copy_if(all, std::back_inserter(chosen), [&](const ServiceMaker& maker) {
    return names.empty() || std::ranges::find(names, maker.name) != names.end();
  });
  return chosen;
}

}  // namespace holdfast
