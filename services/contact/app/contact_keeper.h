// What contact is to its shards. It takes from cases which children there are, and says with cases
// that one's record is erased. A command's request is a ContactCommand; its answer the response
// message of the call, without positions.
#pragma once

#include "holdfast/contact/v1/contact_commands.pb.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/keeper_of.h"
#include "services/contact/app/contact_state.h"

namespace holdfast::contact {

struct ContactKeeperParts {
  PersonalSealer& sealer;
  RequestMacs& macs;
  bool manual_clock = false;
};

class ContactKeeper final : public KeeperOf<ContactState> {
 public:
  // All of `parts` outlives it.
  explicit ContactKeeper(ContactKeeperParts parts) : parts_(parts) {}

  std::string SaveState(const ContactState& state) const override {
    return state.kept.SerializeAsString();
  }
  Result<ContactState> LoadState(const SubjectId& subject, std::string_view bytes) const override;
  Result<void> EvolveState(ContactState& state, const AppliedEvent& event) const override {
    return AddOwnEvent(event, state);
  }
  Result<void> ConsumeInto(ContactState& state, const SourceEvent& event) const override {
    return AddCasesEvent(event.event, state);
  }
  std::vector<IndexRow> IndexState(const SubjectId& subject,
                                   const ContactState& state) const override {
    return IndexRowsOf(subject, state);
  }
  Result<std::vector<NewEvent>> React(Subjects& subjects, const SourceEvent& event,
                                      const DecideContext& context) const override;
  Result<holdfast::Decision> Decide(Subjects& subjects, const Command& command,
                                    const DecideContext& context) const override;
  std::optional<std::string> MacUnder(const KeyId& key, std::string_view request) const override;

 private:
  const ContactKeeperParts parts_;
};

}  // namespace holdfast::contact
