#include "tools/holdfast/text.h"

#include <fmt/format.h>

#include "libs/permanence/dates.h"
#include "tools/holdfast/contact_json.h"
#include "tools/holdfast/meeting_json.h"

namespace holdfast::cli {
namespace {

std::string RowText(std::string_view name, const import::Totals& totals) {
  return fmt::format("  {:<16}{:>8}{:>9}{:>11}{:>11}{:>8}{:>11}\n", name, totals.read, totals.refused, totals.set_aside,
                     totals.corrected, totals.facts, totals.unchanged);
}

std::string StartText(bool known, const common::v1::Date& date) {
  return (known ? "" : "on or before ") + IsoOf(date);
}

std::string ValueText(const std::optional<double>& value) {
  if (!value) return "-";
  return *value == static_cast<double>(static_cast<int64_t>(*value)) ? fmt::format("{}", static_cast<int64_t>(*value))
                                                                      : fmt::format("{:.4g}", *value);
}

// A line for each figure within a figure; those of one route or gate share theirs.
std::string PartsText(const std::vector<MeasurePart>& parts) {
  std::string text;
  std::string line;  // whose figures the last line has; blank: of one figure alone
  for (const auto& part : parts) {
    const bool shares = part.path.size() > 2;
    const std::string whose = shares ? part.path[0] + " " + part.path[1] : "";
    if (!line.empty() && whose != line) text += "\n";
    if (shares) {
      if (whose != line) text += fmt::format("      {:<32}", whose);
      text += fmt::format("  {} {}", part.path[2], ValueText(part.value));
    } else {
      const std::string name = fmt::format("{}", fmt::join(part.path, " "));
      text += fmt::format("      {:<32}{:>10}\n", name, ValueText(part.value));
    }
    line = whose;
  }
  return line.empty() ? text : text + "\n";
}

}  // namespace

std::string ImportText(const import::Report& report) {
  std::string text = fmt::format("Return of {} for the year ending {}{}\n", report.authority, report.year_end.Iso(),
                                 report.dry_run ? " (dry run: nothing stored)" : "");
  text += fmt::format("  {:<16}{:>8}{:>9}{:>11}{:>11}{:>8}{:>11}\n", "table", "read", "refused", "set aside", "corrected", "facts",
                      "unchanged");
  for (const auto& [table, totals] : report.tables) {
    if (totals.read > 0) text += RowText(ssda903::Name(table), totals);
  }
  text += RowText("total", report.total);
  std::string taken;
  for (const auto& file : report.files) {
    if (file.set_aside) text += fmt::format("  set aside: {} ({})\n", file.name, *file.set_aside);
    if (file.table) taken += fmt::format("{}{} ({})", taken.empty() ? "" : ", ", file.name, ssda903::Name(*file.table));
  }
  if (!taken.empty()) text += fmt::format("  taken: {}\n", taken);
  const auto& found = report.open;
  text += fmt::format("  notes {}, fields aside {}, vanished {}, returned {}, late {}, moved? {}, removed {}\n", report.notes.size(),
                      report.fields_aside.size(), report.vanished, report.returned, report.late, report.moved, report.removed);
  text += fmt::format("  open discrepancies: overlap {}, two open {}, 388 {}, after died {}, not in next return {}, removed {}\n",
                      found.overlap, found.two_open, found.lacks_continuation, found.after_died,
                      found.not_in_next_return, found.removed_in_resubmission);
  return text;
}

std::string NationalText(const std::string& authority, CivilDate year_end, CivilDate known_at,
                         const std::vector<Measure>& measures) {
  std::string text = fmt::format("National figures of {}, year ending {}, as known at {} (not disclosure-controlled)\n", authority,
                                 year_end.Iso(), known_at.Iso());
  for (const auto& measure : measures) {
    text += fmt::format("  {:<36}{:>10}", measure.id, ValueText(measure.value));
    if (measure.denominator) text += fmt::format("  of {}", *measure.denominator);
    if (measure.excluded) text += fmt::format("  excluded {}", measure.excluded);
    if (measure.unknown) text += fmt::format("  unknown {}", measure.unknown);
    if (measure.disputed) text += fmt::format("  disputed {}", measure.disputed);
    text += "\n";
    for (const auto& [name, count] : measure.by) text += fmt::format("      {:<32}{:>10}\n", name, count);
    text += PartsText(measure.parts);
  }
  return text;
}

std::string CaseText(const cases::v1::CaseView& view) {
  std::string text = fmt::format("Child {} of {}, local id {}\n", Hex(view.child()), view.authority(),
                                 view.erased() ? "erased" : view.personal().local_id());
  for (const auto& period : view.care_periods()) {
    text += fmt::format(
        "  in care {} to {} ({}{})\n", StartText(period.start_known(), period.start()),
        period.has_end() ? IsoOf(period.end()) : "...", period.status(),
        period.has_not_known_since() ? ", not known since " + IsoOf(period.not_known_since()) : "");
    for (const auto& placement : period.placements()) {
      text += fmt::format("    placed {} {} to {}\n", placement.place(),
                          StartText(placement.start_known(), placement.start()),
                          placement.has_end() ? IsoOf(placement.end()) : "...");
    }
  }
  for (const auto& status : view.legal_statuses()) {
    text += fmt::format("  legal status {} {} to {}\n", status.code(),
                        StartText(status.start_known(), status.start()),
                        status.has_end() ? IsoOf(status.end()) : "...");
  }
  for (const auto& review : view.reviews()) {
    text += fmt::format("  review {} {}{}\n", IsoOf(review.on()), review.code(),
                        review.in_care() ? "" : " (outside care)");
  }
  for (const auto& order : view.orders()) {
    text += fmt::format("  order {} {}{}\n", order.code(), IsoOf(order.on()),
                        order.disputed() ? " (disputed)" : "");
  }
  for (const auto& hearing : view.hearings()) {
    text += fmt::format("  hearing {} {}\n", IsoOf(hearing.on()), hearing.state());
  }
  for (const auto& application : view.applications()) {
    text += fmt::format(
        "  application {} lodged {}{}\n", application.code(), IsoOf(application.lodged()),
        application.has_disposed() ? " disposed " + IsoOf(application.disposed()) : "");
  }
  for (const auto& plan : view.plans()) {
    const char* sort = plan.parallel() ? " (parallel)" : plan.contingency() ? " (contingency)" : "";
    text += fmt::format("  plan {}{} from {}{}\n", plan.route(), sort, IsoOf(plan.since()),
                        plan.has_ended() ? " to " + IsoOf(plan.ended()) : "");
  }
  if (!view.milestones().empty()) text += "  milestones";
  for (const auto& at : view.milestones()) {
    text += fmt::format("  {} {}", at.milestone(), at.has_on() ? IsoOf(at.on()) : at.state());
  }
  if (!view.milestones().empty()) text += "\n";
  for (const auto& at : view.aspects()) {
    if (at.has_since())
      text += fmt::format("  permanence, {}: {} since {}\n", at.aspect(), at.state(),
                          IsoOf(at.since()));
  }
  if (!view.holders().empty()) {
    const auto& last = *view.holders().rbegin();
    text += fmt::format("  next step: {} since {}\n", last.has_to() ? "nobody's" : last.body(),
                        IsoOf(last.has_to() ? last.to() : last.from()));
  }
  for (const auto& gate : view.gates()) {
    if (!gate.has_agrees() || gate.agrees()) continue;
    text += fmt::format("  {} {}: {} recommended, {} decided{}\n", gate.gate(),
                        IsoOf(gate.decided_on()), gate.recommended(), gate.decided(),
                        gate.why().empty() ? "" : " (" + gate.why() + ")");
  }
  text += ContactOfCaseText(view);
  text += MeetingsText(view.meetings());
  text += SiblingsOfCaseText(view);
  for (const auto& discrepancy : view.discrepancies()) {
    text += fmt::format("  disagreement: {} {}\n", discrepancy.kind(), discrepancy.detail());
  }
  return text;
}

}  // namespace holdfast::cli
