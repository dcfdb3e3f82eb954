#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

std::string StartOf(CivilDate start, bool known) { return (known ? "" : "~") + start.Iso(); }

std::string EndOf(std::optional<CivilDate> end, std::optional<CivilDate> not_known_since) {
  if (end) return " to " + end->Iso();
  return not_known_since ? " to lost " + not_known_since->Iso() : " to open";
}

std::string NameOf(EndStatus status) {
  switch (status) {
    case EndStatus::kOpen:
      return "open";
    case EndStatus::kStated:
      return "stated";
    case EndStatus::kDisputed:
      return "disputed";
    case EndStatus::kNotStated:
      return "not_stated";
  }
  return "";
}

std::string Labelled(const char* label, std::optional<CivilDate> day) {
  return day ? std::string(" ") + label + " " + day->Iso() : "";
}

// The key day that ChildOfReturns writes into its facts.
std::string DayIn(const FactId& fact) {
  const std::string name = fact.Bytes().substr(1);
  return name.substr(0, name.find_last_not_of(' ') + 1);
}

}  // namespace

Lines CarePeriodsOf(const History& history) {
  Lines lines;
  for (const auto& period : history.care_periods) {
    std::string line = StartOf(period.start, period.start_known);
    if (period.end || period.status == EndStatus::kOpen) {
      line += EndOf(period.end, period.not_known_since);
    } else {
      line += " to unknown by " + period.ended_by->Iso();
    }
    if (period.status != EndStatus::kOpen) line += " " + NameOf(period.status);
    lines.push_back(line + (period.reason.empty() ? "" : " " + period.reason));
  }
  return lines;
}

Lines PlacementsOf(const History& history) {
  Lines lines;
  for (const auto& period : history.care_periods) {
    for (const auto& placement : period.placements) {
      lines.push_back(StartOf(placement.start, placement.start_known) +
                      EndOf(placement.end, placement.not_known_since) + " " + placement.place);
    }
  }
  return lines;
}

Lines LegalStatusesOf(const History& history) {
  Lines lines;
  for (const auto& status : history.legal_statuses) {
    lines.push_back(StartOf(status.start, status.start_known) +
                    EndOf(status.end, status.not_known_since) + " " + status.code);
  }
  return lines;
}

Lines ReviewsOf(const History& history) {
  Lines lines;
  for (const auto& review : history.reviews) {
    lines.push_back(review.on.Iso() + " " + review.code +
                    (review.care_period ? " in period " + std::to_string(*review.care_period + 1)
                                        : " outside care"));
  }
  return lines;
}

Lines HappeningsOf(const History& history) {
  Lines lines;
  for (const auto& happening : history.happenings) {
    lines.push_back(StartOf(happening.on, happening.on_known) + " " + NameOf(happening.kind) +
                    (happening.code.empty() ? "" : " " + happening.code) +
                    (happening.disputed ? " disputed" : ""));
  }
  return lines;
}

Lines DiscrepanciesOf(const History& history) {
  Lines lines;
  for (const auto& discrepancy : history.discrepancies) {
    std::string line = discrepancy.kind;
    for (const auto& fact : discrepancy.facts) line += " " + DayIn(fact);
    lines.push_back(line);
  }
  return lines;
}

Lines OrdersOf(const History& history) {
  Lines lines;
  for (const auto& order : history.happenings) {
    if (order.kind != EntryKind::kOrder) continue;
    lines.push_back(StartOf(order.on, order.on_known) + " order " + order.code +
                    Labelled("until", order.until) + Labelled("ended", order.ended));
  }
  return lines;
}

Lines ProceedingsOf(const History& history) {
  Lines lines;
  for (const auto& p : history.proceedings) {
    std::string line = p.on.Iso() + " " + NameOf(p.kind);
    if (!p.code.empty()) line += " " + p.code;
    if (p.kind == EntryKind::kHearing) line += " " + NameOf(p.state);
    line += Labelled("issued", p.issued) + Labelled("until", p.until) + Labelled("ended", p.ended);
    lines.push_back(line + (p.made.empty() ? "" : " made " + p.made));
  }
  return lines;
}

Lines AgreementsOf(const History& history) {
  Lines lines;
  for (const auto& a : history.agreements) {
    std::string line = a.from.Iso() + " " + a.party + (a.agreed ? "" : " proposed");
    for (const auto& terms : a.terms) {
      line += " [" + terms.from.Iso() + " " + terms.purpose + " " + terms.rate +
              Labelled("review", terms.review) + "]";
    }
    for (const auto& review : a.reviews)
      line += " reviewed " + review.on.Iso() + " " + review.outcome + Labelled("next", review.next);
    lines.push_back(line + Labelled("ended", a.ended));
  }
  return lines;
}

Lines SessionsOf(const History& history) {
  Lines lines;
  for (const auto& s : history.sessions) {
    lines.push_back(s.on.Iso() + " " + s.party + " " + s.state +
                    (s.by.empty() ? "" : " by " + s.by));
  }
  return lines;
}

Lines DisagreementsOf(const History& history) {
  Lines lines;
  for (const auto& d : history.discrepancies) {
    std::string line = d.kind + (d.field.empty() ? "" : " " + d.field);
    for (const auto& version : d.versions) line += " " + version.source + " " + version.value;
    if (!d.counts.empty()) line += " counts " + d.counts;
    lines.push_back(line + " from " + d.opened.Iso() + (d.resolved ? " resolved" : ""));
  }
  return lines;
}

Lines CareDaysOf(const History& history) {
  Lines lines;
  for (const auto& days : history.care_days) {
    lines.push_back(
        days.days.start.Iso() + EndOf(days.days.end, {}) +
        (days.known ? " " + days.legal_status + " " + days.place : " not known: " + days.why));
  }
  return lines;
}

}  // namespace holdfast
