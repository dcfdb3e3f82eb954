// The routes to a permanent home, as data: which milestones apply, and what reaches them. The table
// of milestones by nation and route of the national permanence data set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast {

// What ends a route.
enum class RouteEnd {
  kOrder,            // the order named is made
  kMatch,            // a match is agreed
  kSupervisionEnds,  // the order at home is ended by hearing or court; without one, care ends
};

// Who lodges the first application of a route.
enum class Lodger { kNobody, kAuthority, kFamily };

struct Route {
  std::string_view nation;  // england or scotland
  std::string_view name;
  bool has_decision;  // M3a and M3; false: they apply only where they happened
  Lodger lodger;      // kNobody: M4 does not apply
  std::vector<std::string_view> applications;  // codes of the orders sought that reach M4
  RouteEnd ends;
  std::string_view order;      // of RouteEnd::kOrder
  std::string_view step = "";  // the order that is made on the way to it
};

// Of both nations; a route with a step before one without that ends with the same order.
const std::vector<Route>& AllRoutes();
// Null when the nation has no such route.
const Route* FindRoute(std::string_view nation, std::string_view name);

}  // namespace holdfast
