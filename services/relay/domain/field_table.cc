// A line for each message of the published events, with what each of its fields is (field_classes.h). An authority's code, a kind,
// an order, a route: codes. Counts, versions and positions are the same in every group's copy, and are left out.
#include "services/relay/domain/field_table.h"

namespace holdfast::relay {

const std::vector<MessageFields>& FieldTable() {
  static const std::vector<MessageFields> table{
    {"holdfast.cases.v1.CasesEvent",
     "reported_on:day source_event:drop child_registered:part case_assigned:part "
     "row_stated:part row_removed:part row_refused:part run_withdrawn:part "
     "fact_recorded:part fact_corrected:part fact_withdrawn:part "
     "discrepancy_resolved:part tracker_facts_stated:part authority_registered:part "
     "authority_live:part return_covered:part import_run_started:part "
     "import_run_finished:part aim_stated:part meeting_planned:part meeting_held:part "
     "meeting_corrected:part meeting_cancelled:part meeting_withdrawn:part "
     "meeting_told:part sibling_group_created:part sibling_joined:part "
     "sibling_left:part siblings_decided:part siblings_told:part all_told:part "
     "child_erased:part erasure_step_done:part history_lost:part"},
    {"holdfast.cases.v1.ChildRegistered",
     "authority:code key_id:drop assertion:id personal:drop"},
    {"holdfast.cases.v1.ChildErased",
     "authority:code asked_by:drop approved_by:drop key_id:drop assertion:id "
     "instance:drop personal:drop"},
    {"holdfast.cases.v1.ErasureStepDone",
     "authority:code step:code instance:drop keys:drop of:drop version:drop"},
    {"holdfast.cases.v1.CaseAssigned",
     "team:name worker:name sheet:part"},
    {"holdfast.cases.v1.Submission",
     "authority:code year_end:day run:id run_number:drop as_of:day"},
    {"holdfast.cases.v1.RowStated",
     "submission:part fact:id assertion:id row:part"},
    {"holdfast.cases.v1.ReturnRow",
     "header:part episode:part review:part uasc:part ad1:part placed_adoption:part "
     "previous_permanence:part missing:part personal:drop"},
    {"holdfast.cases.v1.HeaderRow",
     "sex:code ethnic:code mother:code"},
    {"holdfast.cases.v1.EpisodeRow",
     "decom:day rne:code ls:code cin:code place:code place_provider:code dec:day "
     "rec:code reason_place_change:code urn:name"},
    {"holdfast.cases.v1.ReviewRow",
     "review:day review_code:code"},
    {"holdfast.cases.v1.UascRow",
     "sex:code"},
    {"holdfast.cases.v1.Ad1Row",
     "date_int:day date_match:day foster_care:code nb_adoptr:code sex_adoptr:code "
     "ls_adoptr:code"},
    {"holdfast.cases.v1.PlacedAdoptionRow",
     "date_placed:day date_placed_ceased:day reason_placed_ceased:code"},
    {"holdfast.cases.v1.PreviousPermanenceRow",
     "prev_perm:code la_perm:code date_perm:day"},
    {"holdfast.cases.v1.MissingRow",
     "mis_start:day missing:code mis_end:day"},
    {"holdfast.cases.v1.RowRemoved",
     "submission:part fact:id table:code key_day:day"},
    {"holdfast.cases.v1.RowRefused",
     "submission:part fact:id table:code key_day:day rule:code"},
    {"holdfast.cases.v1.RunWithdrawn",
     "submission:part"},
    {"holdfast.cases.v1.FactRecorded",
     "authority:code fact:id assertion:id kind:code on:day code:code entry:id "
     "entry_facts:id until:day parallel:code how:code rate:code personal:drop "
     "contingency:code state:code"},
    {"holdfast.cases.v1.FactCorrected",
     "authority:code fact:id assertion:id on:day code:code until:day rate:code "
     "state:code personal:drop"},
    {"holdfast.cases.v1.FactWithdrawn",
     "authority:code fact:id assertion:id personal:drop"},
    {"holdfast.cases.v1.DiscrepancyResolved",
     "authority:code discrepancy:id kind:code field:code keep:name same:code "
     "compared:id facts:id assertion:id personal:drop"},
    {"holdfast.cases.v1.TrackerFactsStated",
     "sheet:part facts:part"},
    {"holdfast.cases.v1.TrackerFact",
     "fact:id assertion:id kind:code code:code on:day"},
    {"holdfast.cases.v1.AuthorityRegistered",
     "authority:code name:drop"},
    {"holdfast.cases.v1.AuthorityLive",
     "authority:code from:day"},
    {"holdfast.cases.v1.ReturnCovered",
     "submission:part tables:code whole:code"},
    {"holdfast.cases.v1.ImportRunStarted",
     "submission:part repair:code files:part by:drop"},
    {"holdfast.cases.v1.ImportFile",
     "name:drop sha256:drop table:code set_aside:drop rows:drop"},
    {"holdfast.cases.v1.ImportRunFinished",
     "submission:part totals:part duration_ms:drop report:drop"},
    {"holdfast.cases.v1.ImportTotals",
     "table:code read:drop refused:drop set_aside:drop corrected:drop facts:drop "
     "unchanged:drop"},
    {"holdfast.cases.v1.AimStated",
     "authority:code clock:code limit:code lead_days:drop from:day reason:drop"},
    {"holdfast.cases.v1.MeetingPlanned",
     "authority:code key_id:drop assertion:id said:part"},
    {"holdfast.cases.v1.MeetingSaid",
     "kind:code planned:day time:drop held:day chair:code chair_independent:code "
     "invited:code came:code children:part decisions:part place:drop notes:drop"},
    {"holdfast.cases.v1.MeetingChild",
     "child:id code:code"},
    {"holdfast.cases.v1.MeetingDecision",
     "child:id what:code code:code by:code due:day"},
    {"holdfast.cases.v1.MeetingHeld",
     "authority:code key_id:drop assertion:id said:part"},
    {"holdfast.cases.v1.MeetingCorrected",
     "authority:code assertion:id said:part personal:drop"},
    {"holdfast.cases.v1.MeetingCancelled",
     "authority:code assertion:id personal:drop"},
    {"holdfast.cases.v1.MeetingWithdrawn",
     "authority:code assertion:id personal:drop"},
    {"holdfast.cases.v1.MeetingTold",
     "authority:code meeting:id version:drop kind:code on:day state:code facts:part"},
    {"holdfast.cases.v1.MeetingFact",
     "fact:id kind:code on:day code:code"},
    {"holdfast.cases.v1.SiblingGroupCreated",
     "authority:code"},
    {"holdfast.cases.v1.SiblingJoined",
     "authority:code child:id"},
    {"holdfast.cases.v1.SiblingLeft",
     "authority:code child:id"},
    {"holdfast.cases.v1.SiblingsDecided",
     "authority:code decision:code on:day review:day children:id key_id:drop "
     "assertion:id personal:drop"},
    {"holdfast.cases.v1.SiblingsTold",
     "authority:code group:id version:drop children:part decision:code on:day "
     "review:day"},
    {"holdfast.cases.v1.Sibling",
     "child:id authority:code"},
    {"holdfast.cases.v1.AllTold",
     "version:drop"},
    {"holdfast.journal.v1.HistoryLost",
     "service:code partition:drop from:drop to:drop chain:drop"},
    {"holdfast.proceedings.v1.ProceedingsEvent",
     "item_stated:part item_taken_away:part item_waits:part item_received:part "
     "item_matched:part item_sent:part case_ref_named:part case_ref_learnt:part "
     "case_ref_sent:part source_registered:part source_heard_from:part "
     "source_sent:part child_erased:part item_erased:part withdrawal_heard:part "
     "history_lost:part"},
    {"holdfast.proceedings.v1.ItemStated",
     "source:name item:id fact:id assertion:id kind:code on:day code:code until:day "
     "withdraws:id sent_at_us:time content_sha256:drop source_event:drop "
     "authority:code names_another_child:code personal:drop rate:code passed_on:code"},
    {"holdfast.proceedings.v1.ItemTakenAway",
     "source:name item:id child:id sent_at_us:time content_sha256:drop "
     "source_event:drop authority:code"},
    {"holdfast.proceedings.v1.WithdrawalHeard",
     "statement:part"},
    {"holdfast.proceedings.v1.ItemWaits",
     "statement:part authority:code"},
    {"holdfast.proceedings.v1.ItemReceived",
     "source:name kind:code on:day code:code until:day withdraws:id sent_at_us:time "
     "content_sha256:drop fact:id assertion:id authority:code child:id case_ref:id "
     "key_id:drop personal:drop rate:code"},
    {"holdfast.proceedings.v1.ItemMatched",
     "kind:code child:id authority:code at_us:time instead_of:id case_ref:id "
     "assertion:id personal:drop"},
    {"holdfast.proceedings.v1.ItemSent",
     "through:drop waits:code"},
    {"holdfast.proceedings.v1.CaseRefNamed",
     "source:name item:id"},
    {"holdfast.proceedings.v1.CaseRefLearnt",
     "source:name child:id authority:code at_us:time"},
    {"holdfast.proceedings.v1.CaseRefSent",
     "through:drop"},
    {"holdfast.proceedings.v1.SourceRegistered",
     "source:name kind:code nation:code covers:code states:code silent_after_days:drop "
     "source_event:drop"},
    {"holdfast.proceedings.v1.SourceHeardFrom",
     "source:name sent_on:day covered_through:day source_event:drop"},
    {"holdfast.proceedings.v1.SourceSent",
     "through:drop"},
    {"holdfast.proceedings.v1.ChildErased",
     "authority:code"},
    {"holdfast.proceedings.v1.ItemErased",
     "child:id"},
    {"holdfast.contact.v1.ContactEvent",
     "reported_on:day contact_recorded:part contact_corrected:part "
     "contact_withdrawn:part child_erased:part history_lost:part"},
    {"holdfast.contact.v1.ChildErased",
     "authority:code"},
    {"holdfast.contact.v1.ContactRecorded",
     "authority:code fact:id assertion:id said:part entry_facts:id"},
    {"holdfast.contact.v1.ContactFact",
     "kind:code on:day party:code way:code purpose:code rate:code review:day "
     "state:code by:code outcome:code personal:drop"},
    {"holdfast.contact.v1.ContactCorrected",
     "authority:code fact:id assertion:id said:part personal:drop"},
    {"holdfast.contact.v1.ContactWithdrawn",
     "authority:code fact:id assertion:id personal:drop"},
    {"holdfast.alerting.v1.AlertingEvent",
     "alert_raised:part alert_moved:part alert_state_changed:part alert_resolved:part "
     "alert_withdrawn:part alert_acknowledged:part alert_snoozed:part "
     "alert_handling_undone:part alert_handling_followed:part clocks_scheduled:part "
     "feed_watched:part feed_counts:part policy_in_force:part day_started:part "
     "children_computed:part child_erased:part history_lost:part"},
    {"holdfast.alerting.v1.ChildErased",
     "authority:code"},
    {"holdfast.alerting.v1.AlertRaised",
     "alert:id clock:part state:code"},
    {"holdfast.alerting.v1.AlertClock",
     "clock:code entry:id occurrence:drop started_on:day due_on:day "
     "not_known_since:day confidence:code facts:id"},
    {"holdfast.alerting.v1.AlertMoved",
     "alert:id from:day started_on_before:day clock:part reason:code state:code"},
    {"holdfast.alerting.v1.AlertStateChanged",
     "alert:id from:code to:code clock:part"},
    {"holdfast.alerting.v1.AlertResolved",
     "alert:id stop:code on:day facts:id clock:part"},
    {"holdfast.alerting.v1.AlertWithdrawn",
     "alert:id reason:code same_as:id"},
    {"holdfast.alerting.v1.AlertAcknowledged",
     "alert:id entry_facts:id"},
    {"holdfast.alerting.v1.AlertSnoozed",
     "alert:id until:day entry_facts:id personal:drop"},
    {"holdfast.alerting.v1.AlertHandlingUndone",
     "alert:id state:code"},
    {"holdfast.alerting.v1.AlertHandlingFollowed",
     "alert:id from:id"},
    {"holdfast.alerting.v1.ClocksScheduled",
     "next:day"},
    {"holdfast.alerting.v1.FeedWatched",
     "source:name authority:code"},
    {"holdfast.alerting.v1.FeedCounts",
     "source:name"},
    {"holdfast.alerting.v1.PolicyInForce",
     "files:part"},
    {"holdfast.alerting.v1.PolicyFile",
     "name:drop sha256:drop yaml:drop"},
    {"holdfast.alerting.v1.DayStarted",
     "day:day"},
    {"holdfast.alerting.v1.ChildrenComputed",
     "through:drop"},
  };
  return table;
}

}  // namespace holdfast::relay
