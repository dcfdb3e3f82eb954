#include "libs/permanence/routes.h"

#include <algorithm>

namespace holdfast {
namespace {

constexpr std::string_view kEngland = "england";
constexpr std::string_view kScotland = "scotland";

}  // namespace

const std::vector<Route>& AllRoutes() {
  using enum RouteEnd;
  using enum Lodger;
  static const std::vector<Route> routes{
      {kScotland, "home", false, kNobody, {}, kSupervisionEnds, ""},
      {kScotland, "kinship", false, kFamily, {"KINSHIP"}, kOrder, "KINSHIP"},
      {kScotland, "permanence_order", true, kAuthority, {"PO"}, kOrder, "PO"},
      {kScotland,
       "permanence_order_adoption",
       true,
       kAuthority,
       {"POA", "ADOPTION"},
       kOrder,
       "ADOPTION",
       "POA"},
      {kScotland, "adoption", true, kFamily, {"ADOPTION"}, kOrder, "ADOPTION"},
      {kScotland, "long_term_foster", true, kNobody, {}, kMatch, ""},
      {kScotland, "residential", true, kNobody, {}, kMatch, ""},
      {kScotland, "supported", true, kNobody, {}, kMatch, ""},
      {kEngland, "home", false, kNobody, {}, kSupervisionEnds, ""},
      {kEngland,
       "special_guardianship",
       false,
       kFamily,
       {"SPECIAL_GUARDIANSHIP"},
       kOrder,
       "SPECIAL_GUARDIANSHIP"},
      {kEngland,
       "child_arrangements",
       false,
       kFamily,
       {"CHILD_ARRANGEMENTS"},
       kOrder,
       "CHILD_ARRANGEMENTS"},
      {kEngland, "adoption", true, kAuthority, {"PLACEMENT"}, kOrder, "ADOPTION"},
      {kEngland, "long_term_foster", true, kNobody, {}, kMatch, ""},
      {kEngland, "residential", true, kNobody, {}, kMatch, ""},
      {kEngland, "supported", true, kNobody, {}, kMatch, ""},
  };
  return routes;
}

const Route* FindRoute(std::string_view nation, std::string_view name) {
  const auto& routes = AllRoutes();
  const auto found = std::ranges::find_if(
      routes, [&](const Route& route) { return route.nation == nation && route.name == name; });
  return found == routes.end() ? nullptr : &*found;
}

}  // namespace holdfast
