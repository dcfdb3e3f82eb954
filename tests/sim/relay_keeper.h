// The small fold with pushes: lists of which some values follow to other lists, most of them in
// another partition, and from there on to a third.
#pragma once

#include <map>

#include "libs/shard/push_rounds.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {

inline constexpr uint8_t kRelaySources = 4;    // subjects 0 to 3, to which clients append
inline constexpr uint8_t kRelaySubjects = 12;  // 4 to 7 are pushed to, and from there 8 to 11

// Subject `number`: even ones and odd ones lie in different partitions when there are two.
SubjectId RelaySubject(uint8_t number);

// To whom an event of a subject follows: of ">v" at a source to one subject, of ">>v" to two, and
// from there to one more.
std::vector<SubjectId> RelayTargets(const SubjectId& subject, std::string_view payload);

// An event at a target, as bytes: '<' number of the source, ' ' number of its event, ' ' payload.
struct Relayed {
  uint8_t source = 0;
  uint64_t number = 0;
  std::string payload;
};
std::optional<Relayed> RelayedIn(std::string_view payload);

struct Relay {
  List list;
  std::map<uint64_t, std::string> untold;  // payloads, by the numbers of their events
  std::map<uint8_t, uint64_t> taken;       // number of the newest event taken, by source
};

// Commands, as bytes: those of ListKeeper; subject(16) '<' source ' ' through, then for each event
// '\n' number ' ' payload, of which the target takes what it lacks; subject(16) '=' through: all up
// to there is told.
class RelayKeeper final : public KeeperOf<Relay> {
 public:
  std::string SaveState(const Relay& relay) const override;
  Result<Relay> LoadState(const SubjectId& subject, std::string_view bytes) const override;
  Result<void> EvolveState(Relay& relay, const AppliedEvent& event) const override;
  // Those of its list, and one while it has something to tell.
  std::vector<IndexRow> IndexState(const SubjectId& subject, const Relay& relay) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override;

 private:
  ListKeeper lists_;
};

// What PushRounds needs to know of relays: only what is untold is pushed.
PusherOptions RelayPushes();
inline constexpr char kRelayPrincipal[] = "holdfast://service/lists";

}  // namespace holdfast
