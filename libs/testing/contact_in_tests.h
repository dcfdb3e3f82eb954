// What a team states about contact, for tests: as in
// ContactInTests("a", CONTACT_KIND_AGREEMENT, "2026-03-01", "mother").Purpose("assess_return").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "holdfast/contact/v1/contact_events.pb.h"
#include "libs/base/ids.h"
#include "libs/permanence/dates.h"
#include "libs/testing/day.h"

namespace holdfast {

class ContactInTests {
 public:
  // `name` stands for the command that states it.
  ContactInTests(std::string name, contact::v1::ContactKind kind, std::string_view on,
                 std::string party = "")
      : name_(std::move(name)), reported_(Day(on)) {
    said_.set_kind(kind);
    said_.set_party(std::move(party));
    SetDate(Day(on), said_.mutable_on());
    if (kind == contact::v1::CONTACT_KIND_AGREEMENT) said_.set_state("agreed");
    if (kind == contact::v1::CONTACT_KIND_SESSION) said_.set_state("planned");
  }

  ContactInTests On(std::string_view day) const {
    return With([&](auto& said) { SetDate(Day(day), said.mutable_on()); });
  }
  ContactInTests Purpose(std::string purpose) const {
    return With([&](auto& said) { said.set_purpose(std::move(purpose)); });
  }
  ContactInTests Rate(std::string rate) const {
    return With([&](auto& said) { said.set_rate(std::move(rate)); });
  }
  ContactInTests Review(std::string_view day) const {
    return With([&](auto& said) { SetDate(Day(day), said.mutable_review()); });
  }
  ContactInTests State(std::string state) const {
    return With([&](auto& said) { said.set_state(std::move(state)); });
  }
  ContactInTests By(std::string by) const {
    return With([&](auto& said) { said.set_by(std::move(by)); });
  }
  ContactInTests Outcome(std::string outcome) const {
    return With([&](auto& said) { said.set_outcome(std::move(outcome)); });
  }
  ContactInTests Of(const ContactInTests& entry) const {
    ContactInTests fact = *this;
    fact.entry_facts_ = {entry.fact()};
    return fact;
  }
  ContactInTests Reported(std::string_view day) const {
    ContactInTests fact = *this;
    fact.reported_ = Day(day);
    return fact;
  }

  FactId fact() const { return {HashId("fact", {"contact", name_})}; }

  contact::v1::ContactEvent Recorded() const {
    auto event = NewEvent();
    auto& recorded = *event.mutable_contact_recorded();
    recorded.set_fact(fact().Bytes());
    recorded.set_assertion(Assertion().Bytes());
    *recorded.mutable_said() = said_;
    for (const auto& of : entry_facts_) recorded.add_entry_facts(of.Bytes());
    return event;
  }
  // A version of the fact of the same name: what this one says.
  contact::v1::ContactEvent Corrected() const {
    auto event = NewEvent();
    auto& corrected = *event.mutable_contact_corrected();
    corrected.set_fact(fact().Bytes());
    corrected.set_assertion(Assertion().Bytes());
    *corrected.mutable_said() = said_;
    return event;
  }
  contact::v1::ContactEvent Withdrawn(std::string_view reported) const {
    auto event = Reported(reported).NewEvent();
    event.mutable_contact_withdrawn()->set_fact(fact().Bytes());
    event.mutable_contact_withdrawn()->set_assertion(
        AssertionId{HashId("assertion", {name_, "withdrawn"})}.Bytes());
    return event;
  }

 private:
  template <typename Set>
  ContactInTests With(Set set) const {
    ContactInTests fact = *this;
    set(fact.said_);
    return fact;
  }
  AssertionId Assertion() const {
    return {HashId("assertion", {name_, said_.SerializeAsString()})};
  }
  contact::v1::ContactEvent NewEvent() const {
    contact::v1::ContactEvent event;
    SetDate(reported_, event.mutable_reported_on());
    return event;
  }

  std::string name_;
  CivilDate reported_;
  contact::v1::ContactFact said_;
  std::vector<FactId> entry_facts_;
};

}  // namespace holdfast
