#include "libs/testing/child_of_sources.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;
using cases::v1::CasesEvent;

constexpr char kAuthority[] = "S12000901";
constexpr int64_t kDay_us = 86'400'000'000;

int64_t NoonOf(CivilDate day) { return day.days_since_epoch() * kDay_us + kDay_us / 2; }

// HEARING of FEED_KIND_HEARING_SET.
std::string ThingOf(FeedKind kind) {
  if (kind == FEED_KIND_CONTACT_DIRECTION) return "ORDER";
  const std::string name = FeedKind_Name(kind).substr(std::string("FEED_KIND_").size());
  return name.substr(0, name.find('_'));
}

std::string AsBytes(const std::array<uint8_t, 32>& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

ItemInTests::ItemInTests(std::string source, std::string event_id, FeedKind kind,
                         std::string_view on, std::string ref)
    : source_(std::move(source)), event_id_(std::move(event_id)), ref_(std::move(ref)) {
  stated_.set_kind(kind);
  SetDate(Day(on), stated_.mutable_on());
  stated_.set_sent_at_us(NoonOf(Day(on)));
}

ItemInTests ItemInTests::Sent(std::string_view day) const {
  ItemInTests item = *this;
  item.stated_.set_sent_at_us(NoonOf(Day(day)));
  return item;
}

ItemInTests ItemInTests::On(std::string_view day) const {
  ItemInTests item = *this;
  SetDate(Day(day), item.stated_.mutable_on());
  return item;
}

ItemInTests ItemInTests::Code(std::string code) const {
  ItemInTests item = *this;
  item.stated_.set_code(std::move(code));
  return item;
}

ItemInTests ItemInTests::Rate(std::string rate) const {
  ItemInTests item = *this;
  item.stated_.set_rate(std::move(rate));
  return item;
}

ItemInTests ItemInTests::Until(std::string_view day) const {
  ItemInTests item = *this;
  SetDate(Day(day), item.stated_.mutable_until());
  return item;
}

ItemInTests ItemInTests::Withdraws(std::string event_id) const {
  ItemInTests item = *this;
  item.stated_.set_withdraws(
      ItemInTests(source_, std::move(event_id), FEED_KIND_WITHDRAWN, "2000-01-01").item().Bytes());
  return item;
}

std::string ItemInTests::Content() const { return ref_ + stated_.SerializeAsString(); }

ItemId ItemInTests::item() const { return {HashId("item", {source_, event_id_})}; }

FactId ItemInTests::fact() const {
  return {HashId("fact", {source_, ThingOf(stated_.kind()), ref_.empty() ? event_id_ : ref_})};
}

AssertionId ItemInTests::assertion() const {
  return {HashId("assertion", {fact().Bytes(), event_id_, Content()})};
}

ProceedingsEvent ItemInTests::Stated() const {
  ProceedingsEvent event;
  auto& stated = *event.mutable_item_stated();
  stated = stated_;
  stated.set_source(source_);
  stated.set_item(item().Bytes());
  stated.set_fact(fact().Bytes());
  stated.set_assertion(assertion().Bytes());
  stated.set_content_sha256(AsBytes(Sha256(Content())));
  return event;
}

ProceedingsEvent ItemInTests::TakenAway(const SubjectId& of) const {
  ProceedingsEvent event;
  auto& taken = *event.mutable_item_taken_away();
  taken.set_source(source_);
  taken.set_item(item().Bytes());
  taken.set_sent_at_us(stated_.sent_at_us());
  if (of.IsZero()) return event;
  taken.set_child(of.Bytes());
  taken.set_content_sha256(AsBytes(Sha256(Content())));
  return event;
}

RecordedInTests::RecordedInTests(std::string name, cases::v1::FactKind kind, std::string_view on,
                                 std::string code)
    : name_(std::move(name)), reported_(Day(on)) {
  recorded_.set_authority(kAuthority);
  recorded_.set_fact(fact().Bytes());
  recorded_.set_assertion(AssertionId{HashId("assertion", {name_})}.Bytes());
  recorded_.set_kind(kind);
  SetDate(Day(on), recorded_.mutable_on());
  recorded_.set_code(std::move(code));
}

RecordedInTests RecordedInTests::Until(std::string_view day) const {
  RecordedInTests fact = *this;
  SetDate(Day(day), fact.recorded_.mutable_until());
  return fact;
}

RecordedInTests RecordedInTests::Reported(std::string_view day) const {
  RecordedInTests fact = *this;
  fact.reported_ = Day(day);
  return fact;
}

RecordedInTests RecordedInTests::OfEntry(std::vector<FactId> facts) const {
  RecordedInTests fact = *this;
  for (const auto& of : facts) fact.recorded_.add_entry_facts(of.Bytes());
  return fact;
}

RecordedInTests RecordedInTests::Rate(std::string rate) const {
  RecordedInTests fact = *this;
  fact.recorded_.set_rate(std::move(rate));
  return fact;
}

FactId RecordedInTests::fact() const { return {HashId("fact", {"record", name_})}; }

CasesEvent RecordedInTests::Recorded() const {
  CasesEvent event;
  SetDate(reported_, event.mutable_reported_on());
  *event.mutable_fact_recorded() = recorded_;
  return event;
}

CasesEvent RecordedInTests::CorrectedTo(std::string_view on, std::string_view reported) const {
  CasesEvent event;
  SetDate(Day(reported), event.mutable_reported_on());
  auto& corrected = *event.mutable_fact_corrected();
  corrected.set_fact(fact().Bytes());
  corrected.set_assertion(AssertionId{HashId("assertion", {name_, on})}.Bytes());
  SetDate(Day(on), corrected.mutable_on());
  corrected.set_code(recorded_.code());
  if (recorded_.has_until()) *corrected.mutable_until() = recorded_.until();
  return event;
}

CasesEvent RecordedInTests::Withdrawn(std::string_view reported) const {
  CasesEvent event;
  SetDate(Day(reported), event.mutable_reported_on());
  event.mutable_fact_withdrawn()->set_fact(fact().Bytes());
  event.mutable_fact_withdrawn()->set_assertion(
      AssertionId{HashId("assertion", {name_, "withdrawn"})}.Bytes());
  return event;
}

SheetInTests::SheetInTests(std::string_view as_of, uint64_t run_number) : as_of_(Day(as_of)) {
  auto& sheet = *stated_.mutable_sheet();
  sheet.set_authority(kAuthority);
  sheet.set_run(RunId{HashId("run", {std::to_string(run_number)})}.Bytes());
  sheet.set_run_number(run_number);
  SetDate(as_of_, sheet.mutable_as_of());
}

FactId SheetInTests::FactOf(cases::v1::FactKind kind, const std::string& code) {
  return {HashId("fact", {"tracker", FactKind_Name(kind), code})};
}

SheetInTests SheetInTests::Says(cases::v1::FactKind kind, std::string_view on,
                                std::string code) const {
  SheetInTests sheet = *this;
  auto& stated = *sheet.stated_.add_facts();
  const FactId fact = FactOf(kind, code);
  stated.set_fact(fact.Bytes());
  stated.set_assertion(
      AssertionId{HashId("assertion", {fact.Bytes(), stated_.sheet().run()})}.Bytes());
  stated.set_kind(kind);
  stated.set_code(std::move(code));
  SetDate(Day(on), stated.mutable_on());
  return sheet;
}

CasesEvent SheetInTests::Stated() const {
  CasesEvent event;
  SetDate(as_of_, event.mutable_reported_on());
  *event.mutable_tracker_facts_stated() = stated_;
  return event;
}

CasesEvent SheetInTests::Withdrawn() const {
  CasesEvent event;
  SetDate(as_of_, event.mutable_reported_on());
  *event.mutable_run_withdrawn()->mutable_submission() = stated_.sheet();
  return event;
}

CasesEvent Resolved(const Discrepancy& discrepancy, std::string keep, std::string_view reported) {
  CasesEvent event;
  SetDate(Day(reported), event.mutable_reported_on());
  auto& resolved = *event.mutable_discrepancy_resolved();
  resolved.set_discrepancy(discrepancy.id.Bytes());
  resolved.set_kind(discrepancy.kind);
  resolved.set_field(discrepancy.field);
  resolved.set_same(keep.empty());
  resolved.set_keep(std::move(keep));
  for (const auto& version : discrepancy.versions) resolved.add_compared(version.assertion.Bytes());
  for (const auto& fact : discrepancy.facts) resolved.add_facts(fact.Bytes());
  return event;
}

SubjectId ChildOfSources::id() { return {HashId("test", {"child"})}; }

ChildOfSources& ChildOfSources::Told(const ToldEvent& event) {
  const Instant now(std::chrono::microseconds(++recorded_));
  std::visit([&](const auto& said) { Apply(said, now, facts_); }, event);
  facts_.authority = kAuthority;
  return *this;
}

ChildOfSources& ChildOfSources::Told(const Return& submission) {
  returns_.Told(submission);
  facts_.statements = returns_.facts().statements;
  facts_.authority = kAuthority;
  return *this;
}

History ChildOfSources::AsKnown(const View& view) const {
  return BuildHistory(id(), facts_, coverage(), view);
}

Discrepancy ChildOfSources::Only(std::string_view kind) const {
  const History history = AsKnown();
  HOLDFAST_CHECK(std::ranges::count(history.discrepancies, kind, &Discrepancy::kind) == 1);
  return *std::ranges::find(history.discrepancies, kind, &Discrepancy::kind);
}

}  // namespace holdfast
