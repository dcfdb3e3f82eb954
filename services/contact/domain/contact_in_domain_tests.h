// A child's contact for tests of the domain: statements are decided, and what they cause is applied.
#pragma once

#include <string>
#include <string_view>

#include "libs/permanence/contact_rate.h"
#include "libs/permanence/dates.h"
#include "libs/testing/day.h"
#include "services/contact/domain/contact_record.h"

namespace holdfast::contact::testing {

inline constexpr char kNorth[] = "S12000901";

// A statement, as in Says(CONTACT_KIND_SESSION, "2026-03-07", "mother").
inline v1::ContactFact Says(v1::ContactKind kind, std::string_view on, std::string party = "") {
  v1::ContactFact said;
  said.set_kind(kind);
  said.set_party(std::move(party));
  SetDate(Day(on), said.mutable_on());
  return said;
}
inline v1::ContactFact Agreement(std::string_view on = "2026-03-01", std::string party = "mother") {
  return Says(v1::CONTACT_KIND_AGREEMENT, on, std::move(party));
}
inline v1::ContactFact WithText(v1::ContactFact said, std::string text) {
  said.mutable_personal()->mutable_open()->set_text(std::move(text));
  return said;
}
inline v1::ContactFact Often(v1::ContactFact said, std::string words) {
  said.set_rate(ReadRate(words));
  said.mutable_personal()->mutable_open()->set_frequency(std::move(words));
  return said;
}

class ChildOfContact {
 public:
  ChildOfContact() {
    facts_.registered = true;
    facts_.authority = kNorth;
  }

  Decided Record(const v1::ContactFact& said, const EntryId& entry = {}) {
    v1::RecordContact command;
    *command.mutable_said() = said;
    if (!entry.IsZero()) command.set_entry(entry.Bytes());
    command.set_fact(FactId{HashId("fact", {std::to_string(++commands_)})}.Bytes());
    command.set_assertion(Assertion());
    return Taken(Decide(At(), command));
  }
  Decided Correct(const FactId& fact, const v1::ContactFact& said, std::string why = "") {
    v1::CorrectContact command;
    command.set_fact(fact.Bytes());
    *command.mutable_said() = said;
    if (!why.empty()) command.mutable_reason()->mutable_open()->set_text(std::move(why));
    ++commands_;
    command.set_assertion(Assertion());
    return Taken(Decide(At(), command));
  }
  Decided Withdraw(const FactId& fact) {
    v1::WithdrawContact command;
    command.set_fact(fact.Bytes());
    ++commands_;
    command.set_assertion(Assertion());
    return Taken(Decide(At(), command));
  }

  static SubjectId id() { return {HashId("test", {"child"})}; }
  ChildFacts& facts() { return facts_; }
  CivilDate today = Day("2026-06-01");

 private:
  std::string Assertion() const {
    return AssertionId{HashId("assertion", {std::to_string(commands_)})}.Bytes();
  }
  Context At() const { return {id(), kNorth, facts_, today, true}; }
  Decided Taken(Decided decided) {
    if (!decided) return decided;
    for (const auto& event : decided->events)
      Apply(event, Instant(std::chrono::microseconds(commands_)), facts_);
    return decided;
  }

  ChildFacts facts_;
  int commands_ = 0;
};

}  // namespace holdfast::contact::testing
