#include "tools/holdfast/case_record.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "services/cases/domain/fact_kinds.h"
#include "tools/holdfast/contact_facts.h"
#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

// Whose view it is, or with whom contact is directed, is said by an option of its own; a hearing's
// state is its code.
std::string CodeIn(const FactOptions& options, cases::v1::FactKind kind) {
  if (kind == cases::v1::FACT_KIND_VIEW && !options.by.empty()) return options.by;
  if (kind == cases::v1::FACT_KIND_CONTACT_DIRECTION && !options.party.empty())
    return options.party;
  const bool of_hearing = kind == cases::v1::FACT_KIND_HEARING;
  return of_hearing && !options.state.empty() ? options.state : options.code;
}

// True of what is recommended or decided on the way to a permanent home.
bool IsOfAGate(cases::v1::FactKind kind) {
  return kind == cases::v1::FACT_KIND_RECOMMENDATION || kind == cases::v1::FACT_KIND_PANEL ||
         kind == cases::v1::FACT_KIND_LEGAL_OPINION || kind == cases::v1::FACT_KIND_AGENCY_DECISION;
}

// The first option that is of contact or of gates alone; blank: none is given.
std::string ForeignOption(const FactOptions& options, cases::v1::FactKind kind) {
  const bool is_direction = kind == cases::v1::FACT_KIND_CONTACT_DIRECTION;
  if (!options.party.empty() && !is_direction) return "--party";
  if (!options.by.empty() && kind != cases::v1::FACT_KIND_VIEW) return "--by";
  if (!options.reason.empty() && !IsOfAGate(kind)) return "--reason";
  if (!options.purpose.empty()) return "--purpose";
  if (!options.review.empty()) return "--review";
  if (!options.way.empty()) return "--way";
  if (!options.outcome.empty()) return "--outcome";
  return options.party_name.empty() ? "" : "--name";
}

int RunRecord(const FactOptions& options, const GlobalOptions& global) {
  if (IsOfContact(options.kind)) return RecordContactFact(options, global);
  const auto kind = cases::FactKindNamed(options.kind);
  if (!kind)
    return Report(
        Usage("there is no kind of fact '" + options.kind + "': see holdfast case record --help"),
        global);
  const auto on = ReadDay("--on", options.on);
  if (!on) return Report(on.error(), global);
  const auto child = ReadId("a child", options.child);
  if (!child) return Report(child.error(), global);
  cases::v1::RecordFactRequest request;
  if (!options.entry.empty()) {
    const auto entry = ReadId("an entry", options.entry);
    if (!entry) return Report(entry.error(), global);
    request.set_entry(*entry);
  }
  if (const auto until = SetUntil(options, request); !until) return Report(until.error(), global);
  const bool of_hearing = *kind == cases::v1::FACT_KIND_HEARING;
  if (!options.state.empty() && !of_hearing && !cases::HasState(*kind))
    return Report(Usage("--state is a hearing's, an aspect's of permanence, an agreement's or a "
                        "session's"),
                  global);
  if (const auto foreign = ForeignOption(options, *kind); !foreign.empty())
    return Report(Usage(foreign + " is not of a " + options.kind), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.mutable_child()->set_child(*child);
  request.set_kind(*kind);
  *request.mutable_on() = *on;
  request.set_code(CodeIn(options, *kind));
  if (!of_hearing) request.set_state(options.state);
  request.set_parallel(options.parallel);
  request.set_contingency(options.contingency);
  request.set_how(options.how);
  request.set_text(options.reason.empty() ? options.text : options.reason);
  request.set_done(options.done);
  request.set_frequency(options.frequency);
  const auto answer = opened->client->Call(&Stub::RecordFact, request);
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

}  // namespace

void AddCaseRecordCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("record", "State a fact of a child");
  auto options = NewOptions(*command);
  command
      ->add_option("kind", options->kind,
                   "care_start care_end legal_status placement_start placement_end review "
                   "agency_decision register_referral "
                   "match placed_for_adoption order decision_reversed missing_start missing_end "
                   "hearing application proof appeal safeguarder "
                   "involvement recommendation panel_papers panel legal_papers legal_opinion plan "
                   "service_asked service_started service_refused review_interval "
                   "permanence_aspect application_issued application_extended "
                   "application_disposed proof_determined appeal_disposed safeguarder_reported "
                   "view contact_direction; of contact: agreement agreement_end session "
                   "observation contact_view contact_review")
      ->required();
  command->add_option("--child", options->child, "Id of the child")->required();
  command->add_option("--on", options->on, "The day it happened")->required();
  command->add_option(
      "--code", options->code,
      "Code of England's return or of Scotland's placements and statuses; of an "
      "order or application in England: CARE INTERIM_CARE SUPERVISION EMERGENCY "
      "PLACEMENT SPECIAL_GUARDIANSHIP CHILD_ARRANGEMENTS ADOPTION; in Scotland: CSO "
      "ICSO IVCSO CPO MEO WARRANT CHILD_ASSESSMENT PO POA KINSHIP ADOPTION; of a plan, "
      "recommendation, panel, opinion or decision the route: home kinship permanence_order "
      "permanence_order_adoption adoption special_guardianship child_arrangements "
      "long_term_foster residential supported; of a service: assessment therapy family_support "
      "respite advocacy life_story education housing other; of an interval of reviews at home, as "
      "agreed with child and carer: 6mo 10wk 90d and so on; of an aspect of permanence: legal "
      "physical emotional");
  command->add_flag("--parallel", options->parallel, "Of a plan: it stands beside another");
  command->add_flag("--contingency", options->contingency,
                    "Of a plan: it takes the place of another if that fails");
  AddContactOptions(*command, *options);
  command->add_option("--how", options->how,
                      "Of a view: in_person written through_advocate drawn_or_played other");
  command->add_option("--done", options->done, "Of a view: what was done about it");
  command->add_option("--reason", options->reason,
                      "Of a recommendation, panel, opinion or decision: why, kept sealed; what is "
                      "stated already keeps its own");
  command->add_option("--until", options->until,
                      "The last day of an order or application, the day a hearing was continued "
                      "to, or the day an application was extended to");
  command->add_option("--entry", options->entry,
                      "Id of the entry that it belongs to; without it, found by the rules");
  command->footer(
      "Examples:\n"
      "  holdfast case record care_start --child 8d3e... --on 2026-04-07\n"
      "  holdfast case record placement_start --child 8d3e... --on 2026-04-07 --code U6\n"
      "  holdfast case record review --child 8d3e... --on 2026-04-28 --code PN1\n"
      "  holdfast case record order --child 8d3e... --on 2026-04-07 --code INTERIM_CARE --until "
      "2026-04-28\n"
      "  holdfast case record plan --child 8d3e... --on 2026-04-20 --code special_guardianship "
      "--parallel\n"
      "  holdfast case record plan --child 8d3e... --on 2026-04-20 --code long_term_foster "
      "--contingency\n"
      "  holdfast case record permanence_aspect --child 8d3e... --on 2026-04-20 --code legal "
      "--state "
      "in_progress\n"
      "  holdfast case record service_asked --child 8d3e... --on 2026-04-21 --code therapy\n"
      "  holdfast case record panel_papers --child 8d3e... --on 2026-04-22\n"
      "  holdfast case record panel --child 8d3e... --on 2026-04-22 --code adoption --reason 'kin "
      "came forward too late'\n"
      "  holdfast case record application --child 8d3e... --on 2026-04-23 --code CARE\n"
      "  holdfast case record application_issued --child 8d3e... --on 2026-04-24\n"
      "  holdfast case record application_extended --child 8d3e... --on 2026-04-25 --until "
      "2026-12-01\n"
      "  holdfast case record review_interval --child 8d3e... --on 2026-04-26 --code 9mo\n"
      "  holdfast case record hearing --child 8d3e... --on 2026-04-27 --state planned\n"
      "  holdfast case record view --child 8d3e... --on 2026-04-27 --by child --text 'I want to "
      "stay here'\n"
      "  holdfast case record agreement --child 8d3e... --on 2026-05-01 --party mother --purpose "
      "assess_return --frequency weekly --review 2026-08-01\n"
      "  holdfast case record session --child 8d3e... --on 2026-05-09 --party mother --state "
      "planned\n"
      "  holdfast case record contact_review --child 8d3e... --on 2026-05-10 --party mother --text "
      "'she asks for it' --outcome continue --review 2026-08-10\n"
      "  holdfast case record contact_direction --child 8d3e... --on 2026-04-07 --entry 77c0... "
      "--party father --frequency none");
  RunsWhenChosen(*command, options, global, run, RunRecord);
}

}  // namespace holdfast::cli
