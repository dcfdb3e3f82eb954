// What has been stated of a child, in the words of each source and in order of arrival. Everything else is derived.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "holdfast/contact/v1/contact_events.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"

namespace holdfast {

// The natural key of a return's row, within its child (import.md rule 12).
struct RowKey {
  cases::v1::ReturnTable table = cases::v1::RETURN_TABLE_UNSPECIFIED;
  std::optional<CivilDate> day;  // none for tables keyed by the child alone

  auto operator<=>(const RowKey&) const = default;
};

enum class StatementKind { kStated, kRemoved, kRefused };

// What one submission of a return says of one key.
struct Statement {
  StatementKind kind = StatementKind::kStated;
  CivilDate year_end;
  RunId run;
  uint64_t run_number = 0;
  RowKey key;
  FactId fact;
  AssertionId assertion;        // of a stated row
  cases::v1::ReturnRow row;     // of a stated row
  Instant recorded_at;
};

// A run that was taken back; reported at its year end, a sheet's on its as-of day.
struct Withdrawal {
  RunId run;
  CivilDate year_end;
  Instant recorded_at;
};

// One assertion of the team's record: a fact as first recorded, as corrected, or withdrawn.
struct RecordedVersion {
  FactId fact;
  AssertionId assertion;
  cases::v1::FactKind kind = cases::v1::FACT_KIND_UNSPECIFIED;
  CivilDate on;
  std::string code;
  std::optional<CivilDate> until;    // the last day, where the kind has one
  bool parallel = false;             // of a plan
  std::string how;                   // of a view
  std::string rate;                  // of a contact direction
  common::v1::PersonalField words;   // of a view, or a contact direction
  AssertionId words_of;              // the assertion that they are sealed to
  bool contingency = false;          // the same
  std::string state;                 // of an aspect of permanence
  std::optional<EntryId> entry;      // that the person named
  std::vector<FactId> entry_facts;   // that this entry then held
  bool withdrawn = false;
  CivilDate reported;
  Instant recorded_at;
};

// What one tracker sheet states of one fact. A later sheet's version counts before an earlier one's.
struct TrackerVersion {
  FactId fact;  // of kind and code: one day of each
  AssertionId assertion;
  cases::v1::FactKind kind = cases::v1::FACT_KIND_UNSPECIFIED;
  std::string code;
  CivilDate on;
  CivilDate as_of;  // the day by whose end the sheet's keeper knew it
  RunId run;
  uint64_t run_number = 0;
  Instant recorded_at;

  // By which of two versions is the later one: of one day, the sheet imported last.
  auto Rank() const { return std::tie(as_of, run_number); }
};

// A sheet, by which of two is the later one.
struct SheetRank {
  CivilDate as_of;
  uint64_t run_number = 0;

  auto operator<=>(const SheetRank&) const = default;
};

// A version of a court's or reporter's item, as it was sent.
struct FeedVersion {
  std::string source;  // its registered name
  ItemId item;
  FactId fact;  // of the thing that it is said of
  AssertionId assertion;
  proceedings::v1::FeedKind kind = proceedings::v1::FEED_KIND_UNSPECIFIED;
  CivilDate on;
  std::string code;
  std::optional<CivilDate> until;
  std::optional<ItemId> withdraws;
  Instant sent_at;
  std::string content_sha256;
  uint64_t source_event = 0;           // the item's event up to which its child was known
  bool passed_on = false;              // only withdraws what is of this child
  bool names_another = false;          // another version, or a person, says that it is of this child
  std::string rate;                    // of a contact direction
  common::v1::PersonalField personal;  // the thing's own ref
  CivilDate reported;                  // civil day of sent_at
  Instant recorded_at;

  // Versions of one item by which of them counts: the later one sent, of one instant the larger hash.
  auto Rank() const { return std::tie(sent_at, content_sha256); }
  // Words on whose an item is, by which of them is the last.
  auto Word() const { return std::tie(source_event, sent_at, content_sha256); }
};

// A source's item is stated of another child from then on, or of none, or (`child` is this one) of
// this one instead of another.
struct ItemDeparture {
  std::string source;
  ItemId item;
  std::optional<SubjectId> child;
  Instant sent_at;
  std::string content_sha256;  // blank: a person said so
  uint64_t source_event = 0;   // the item's event up to which its child was known
  CivilDate reported;
  Instant recorded_at;

  auto Word() const { return std::tie(source_event, sent_at, content_sha256); }
};

// One assertion of the team's record of contact: a fact as first stated, as it went on or was corrected, or withdrawn.
struct ContactVersion {
  FactId fact;
  AssertionId assertion;
  contact::v1::ContactFact said;    // its words are sealed to the assertion
  std::vector<FactId> entry_facts;  // that the entry it belongs to then held
  bool withdrawn = false;
  CivilDate reported;
  Instant recorded_at;
};

// What the child was told of a meeting of several children, from then on.
struct ToldMeeting {
  std::string meeting;  // its 16-byte id
  std::string kind;     // review, plan_meeting, panel, hearing, core_group
  CivilDate on;         // the day it was held, else the day it is planned for
  std::string state;    // planned, held, cancelled, withdrawn
  CivilDate reported;
  Instant recorded_at;
};

// What the child was told of a sibling group, from then on.
struct ToldSiblings {
  std::string group;                // its 16-byte id
  bool left = false;                // the child is not one of it
  std::string decision;             // together, apart: as last decided of the child; blank: nothing was
  std::optional<CivilDate> on;      // the day it was decided
  std::optional<CivilDate> review;  // the day by which it is reviewed; none: none was set
  CivilDate reported;
  Instant recorded_at;
};

// What a person decided about a discrepancy.
struct ResolvedVersion {
  std::string kind;
  std::string field;
  std::string keep;  // the source whose version counts; blank: both are the same
  std::vector<AssertionId> compared;  // ascending
  CivilDate reported;
  Instant recorded_at;
};

struct ChildFacts {
  bool registered = false;
  bool erased = false;  // its record is
  std::string authority;
  KeyId key_id;
  AssertionId registration;
  common::v1::PersonalField personal;  // of the registration
  std::string team;
  std::string worker;
  std::optional<SheetRank> worker_of_sheet;  // the tracker sheet that named the worker; none: a team
  std::vector<Statement> statements;
  std::vector<Withdrawal> withdrawals;
  std::vector<RecordedVersion> record;
  std::vector<TrackerVersion> tracker;
  std::vector<FeedVersion> feed;
  std::vector<ItemDeparture> departures;
  std::vector<ContactVersion> contact;
  std::vector<ToldMeeting> meetings;
  std::vector<ToldSiblings> siblings;
  std::vector<ResolvedVersion> resolved;
};

// The key of `row`; its table is the content that is set.
RowKey KeyOf(const cases::v1::ReturnRow& row);

// The day by whose end the source of `event` knew it.
CivilDate ReportedOn(const cases::v1::CasesEvent& event, Instant recorded_at);

// `facts` after `event`, which was recorded at `recorded_at`. Events of other subjects change nothing.
void Apply(const cases::v1::CasesEvent& event, Instant recorded_at, ChildFacts& facts);
// A version or departure that was heard before changes nothing.
void Apply(const proceedings::v1::ProceedingsEvent& event, Instant recorded_at, ChildFacts& facts);
void Apply(const contact::v1::ContactEvent& event, Instant recorded_at, ChildFacts& facts);

}  // namespace holdfast
