#include "tools/holdfast/contact_facts.h"

#include "holdfast/contact/v1/contact_service.grpc.pb.h"
#include "services/contact/domain/contact_kinds.h"

namespace holdfast::cli {
namespace {

using Stub = contact::v1::ContactService::Stub;

// What the options say, but for the kind and the child.
template <typename Request>
Result<void> Say(const FactOptions& options, Request& request) {
  auto& said = *request.mutable_said();
  if (!options.on.empty()) {
    const auto on = ReadDay("--on", options.on);
    if (!on) return tl::unexpected(on.error());
    *said.mutable_on() = *on;
  }
  if (!options.review.empty()) {
    const auto review = ReadDay("--review", options.review);
    if (!review) return tl::unexpected(review.error());
    *said.mutable_review() = *review;
  }
  said.set_party(options.party);
  said.set_way(options.way);
  said.set_purpose(options.purpose);
  said.set_state(options.state);
  said.set_by(options.by);
  said.set_outcome(options.outcome);
  auto& words = *request.mutable_words();
  words.set_text(options.text);
  words.set_party_name(options.party_name);
  words.set_frequency(options.frequency);
  return {};
}

// Of a service that does not run here: what the one that does said.
int ReportInstead(const Status& status, const std::optional<Status>& instead,
                  const GlobalOptions& global) {
  const bool runs = status.reason != "UNIMPLEMENTED";
  return Report(!runs && instead ? *instead : status, global);
}

}  // namespace

void AddContactOptions(CLI::App& command, FactOptions& options) {
  command.add_option("--state", options.state,
                     "Of a hearing: planned held continued cancelled; of an aspect of permanence: "
                     "not_started in_progress reached; of an agreement: proposed agreed; of a "
                     "session: planned held missed cancelled");
  command.add_option("--party", options.party,
                     "With whom contact is: mother father parent step_parent sibling grandparent "
                     "aunt_uncle other_relative former_carer friend other");
  command.add_option("--name", options.party_name, "Their name");
  command.add_option("--way", options.way, "direct indirect online; without it, direct");
  command.add_option("--purpose", options.purpose, "assess_return or sustain_identity");
  command.add_option("--frequency", options.frequency,
                     "How often, in words such as weekly, 'twice a month' or none");
  command.add_option("--review", options.review, "The day by which contact is reviewed next");
  command.add_option("--by", options.by,
                     "Who missed, cancelled, saw or said it: a party, or child carer worker "
                     "authority; of a view: child parent carer");
  command.add_option("--outcome", options.outcome, "Of a contact review: continue vary end");
  command.add_option("--text", options.text,
                     "The words: conditions, the conclusion, what was seen, said or answered");
}

bool IsOfContact(const std::string& kind) { return contact::ContactKindNamed(kind).has_value(); }

bool CorrectsContactAlone(const FactOptions& options) {
  return !options.purpose.empty() || !options.review.empty() || !options.way.empty() ||
         !options.outcome.empty() || !options.text.empty() || !options.party_name.empty();
}

int RecordContactFact(const FactOptions& options, const GlobalOptions& global) {
  contact::v1::RecordContactRequest request;
  const auto child = ReadId("a child", options.child);
  if (!child) return Report(child.error(), global);
  request.set_child(*child);
  if (!options.entry.empty()) {
    const auto entry = ReadId("an entry", options.entry);
    if (!entry) return Report(entry.error(), global);
    request.set_entry(*entry);
  }
  const bool has_more = !options.code.empty() || !options.until.empty() || options.parallel ||
                        !options.how.empty() || !options.done.empty();
  if (has_more)
    return Report(Usage("--code, --until, --parallel, --how and --done are not of contact"), global);
  if (const auto said = Say(options, request); !said) return Report(said.error(), global);
  request.mutable_said()->set_kind(*contact::ContactKindNamed(options.kind));
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  const auto answer = opened->client->Call(&Stub::RecordContact, request);
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

int CorrectContactFact(const FactOptions& options, const GlobalOptions& global,
                       const std::optional<Status>& instead) {
  contact::v1::CorrectContactRequest request;
  const auto fact = ReadId("a fact", options.fact);
  if (!fact) return Report(fact.error(), global);
  request.set_fact(*fact);
  if (const auto said = Say(options, request); !said) return Report(said.error(), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.set_reason(options.reason);
  const auto answer = opened->client->Call(&Stub::CorrectContact, request);
  if (!answer) return ReportInstead(answer.error(), instead, global);
  return AnswerFact(*answer, global);
}

int WithdrawContactFact(const FactOptions& options, const GlobalOptions& global,
                        const std::optional<Status>& instead) {
  contact::v1::WithdrawContactRequest request;
  const auto fact = ReadId("a fact", options.fact);
  if (!fact) return Report(fact.error(), global);
  request.set_fact(*fact);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.set_reason(options.reason);
  const auto answer = opened->client->Call(&Stub::WithdrawContact, request);
  if (!answer) return ReportInstead(answer.error(), instead, global);
  return AnswerFact(*answer, global);
}

}  // namespace holdfast::cli
