#include "services/alerting/app/alerting_keeper.h"

#include <algorithm>
#include <set>

#include "libs/base/check.h"
#include "libs/crypto/personal_fields.h"
#include "services/alerting/app/alerting_index.h"
#include "services/alerting/app/own_decisions.h"
#include "services/alerting/domain/handle_alert.h"
#include "services/proceedings/domain/source_coverage.h"

namespace holdfast::alerting {
namespace {

tl::unexpected<Status> Malformed(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "MALFORMED", message);
}

Decision Refused(std::string_view reason) {
  return {.kind = journal::v1::OUTCOME_KIND_REFUSED,
          .result = std::string(reason),
          .answer = {},
          .events = {}};
}

// The domain's decision on what a person does.
tl::expected<Events, Refusal> DecideOn(const ChildAlerts& alerts,
                                       const v1::AlertingCommand& command,
                                       const ClocksToday& today) {
  switch (command.command_case()) {
    case v1::AlertingCommand::kAcknowledgeAlert:
      return Decide(alerts, command.acknowledge_alert(), today);
    case v1::AlertingCommand::kUndoAlertHandling:
      return Decide(alerts, command.undo_alert_handling(), today);
    case v1::AlertingCommand::kSnoozeAlert:
      return Decide(alerts, command.snooze_alert(), today);
    default:
      return tl::unexpected(Refusal::kUnknownAlert);
  }
}

// How a feed that is watched was last heard, by the partition's copy of its source.
std::optional<FeedHeard> HeardOf(Subjects& subjects, const SubjectId& feed,
                                 const v1::FeedWatched& watched, uint32_t partition_count) {
  if (watched.source().empty()) return std::nullopt;
  const SubjectId copy = proceedings::SourceCopySubject(
      watched.source(), PartitionOf(feed, partition_count), partition_count);
  const auto& source = StateOf<AlertingState>(subjects, copy).source;
  const bool is_watched =
      source.registered && std::ranges::find(source.registered->covers(), watched.authority()) !=
                               source.registered->covers().end();
  if (!is_watched || !source.sent_on) return std::nullopt;
  return FeedHeard{watched.source(), *source.sent_on,
                   static_cast<int>(source.registered->silent_after_days())};
}

// Whose alerts a subject has, and the feed that they are of.
struct Owned {
  std::string authority;
  v1::FeedWatched feed;  // blank: they are a child's
};

// What the sources of an authority cover, the feeds that its copy knows of included.
Coverage CoverageOf(Subjects& subjects, const std::string& authority, uint32_t partition,
                    uint32_t partition_count) {
  const auto& copy = StateOf<AlertingState>(
      subjects, cases::AuthorityCopySubject(authority, partition, partition_count));
  Coverage coverage = copy.authority.coverage;
  std::vector<std::string> feeds(copy.kept.feeds().begin(), copy.kept.feeds().end());
  std::ranges::sort(feeds);
  for (const auto& feed : feeds) {
    const auto source = proceedings::SourceCopySubject(feed, partition, partition_count);
    const auto& heard = StateOf<AlertingState>(subjects, source).source;
    if (auto covers = proceedings::CoverageBy(heard, authority))
      coverage.feeds.push_back(std::move(*covers));
  }
  return coverage;
}

std::optional<ChildKnown> KnownBy(Subjects& subjects, const SubjectId& subject, const Owned& owned,
                                  uint32_t partition_count) {
  const uint32_t partition = PartitionOf(subject, partition_count);
  const auto& state = StateOf<AlertingState>(subjects, subject);
  const auto& place =
      StateOf<AlertingState>(subjects, PartitionSubject(partition, partition_count));
  if (place.policies == nullptr || !place.day) return std::nullopt;
  const SubjectId copy = cases::AuthorityCopySubject(owned.authority, partition, partition_count);
  const auto& authority = StateOf<AlertingState>(subjects, copy).authority;
  return ChildKnown{.child = subject,
                    .facts = state.child,
                    .coverage = CoverageOf(subjects, owned.authority, partition, partition_count),
                    .aims = authority.aims,
                    .policies = *place.policies,
                    .feed = HeardOf(subjects, subject, owned.feed, partition_count),
                    .day = *place.day};
}

// The source as it was before its last event.
proceedings::SourceFacts BeforeTheLast(const v1::KeptSubject& kept) {
  proceedings::SourceFacts before;
  for (int i = 0; i + 1 < kept.proceedings_size(); ++i) {
    proceedings::v1::ProceedingsEvent event;
    event.ParseFromString(kept.proceedings(i).payload());
    proceedings::Apply(event, kept.proceedings(i).number(), before);
  }
  return before;
}

// Whether a clock of the authority's children can be known to another day by what a source has just
// said: it covers others or other kinds, or nothing was known through today.
bool CountsAnew(const proceedings::SourceFacts& before, const proceedings::SourceFacts& now,
                const std::string& authority, std::optional<CivilDate> today) {
  const auto covered = proceedings::CoverageBy(before, authority);
  const auto covers = proceedings::CoverageBy(now, authority);
  if (!covered || !covers) return covered.has_value() != covers.has_value();
  if (covered->states != covers->states || covers->horizon < covered->horizon) return true;
  return covered->horizon < covers->horizon && (!today || covered->horizon < *today);
}

// Says in a partition which authorities' children are to be computed by what a source covers now.
std::vector<NewEvent> CountFeeds(Subjects& subjects, const AlertingState& source,
                                 uint32_t partition, uint32_t partition_count) {
  const auto before = BeforeTheLast(source.kept);
  std::set<std::string> authorities(source.source.registered->covers().begin(),
                                    source.source.registered->covers().end());
  if (before.registered) {
    authorities.insert(before.registered->covers().begin(), before.registered->covers().end());
  }
  const auto today =
      StateOf<AlertingState>(subjects, PartitionSubject(partition, partition_count)).day;
  std::vector<NewEvent> events;
  for (const auto& authority : authorities) {
    if (!CountsAnew(before, source.source, authority, today)) continue;
    v1::AlertingEvent event;
    event.mutable_feed_counts()->set_source(source.source.registered->source());
    events.push_back({cases::AuthorityCopySubject(authority, partition, partition_count),
                      event.SerializeAsString()});
  }
  return events;
}

// What follows from a word of a source in the partition that watches it, for each of its
// authorities.
std::vector<NewEvent> WatchFeeds(Subjects& subjects, const proceedings::SourceFacts& source,
                                 uint32_t partition, uint32_t partition_count) {
  std::vector<NewEvent> events;
  for (const auto& authority : source.registered->covers()) {
    const SubjectId feed = FeedSubject(source.registered->source(), authority);
    if (PartitionOf(feed, partition_count) != partition) continue;
    v1::AlertingEvent event;
    event.mutable_feed_watched()->set_source(source.registered->source());
    event.mutable_feed_watched()->set_authority(authority);
    const auto& state = StateOf<AlertingState>(subjects, feed);
    if (!state.kept.has_feed())
      events.push_back({.subject = feed, .payload = event.SerializeAsString()});
    const auto known = KnownBy(subjects, feed, {authority, event.feed_watched()}, partition_count);
    if (!known || !known->feed) continue;
    for (const auto& follows : ComputeChild(state.alerts, *known))
      events.push_back({.subject = feed, .payload = follows.SerializeAsString()});
  }
  return events;
}

}  // namespace

std::optional<ChildKnown> KnownOf(Subjects& subjects, const SubjectId& child,
                                  uint32_t partition_count) {
  const auto& state = StateOf<AlertingState>(subjects, child);
  return KnownBy(subjects, child, {state.owner(), state.kept.feed()}, partition_count);
}

Result<AlertingState> AlertingKeeper::LoadState(const SubjectId&, std::string_view bytes) const {
  v1::KeptSubject kept;
  if (!kept.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "alerting: a subject that cannot be read");
  }
  return StateOfKept(std::move(kept));
}

std::vector<IndexRow> AlertingKeeper::IndexState(const SubjectId& subject,
                                                 const AlertingState& state) const {
  return IndexRowsOf(subject, state);
}

// A child's events come in one batch, as its rows in a return did: it is computed with the last of
// them. What concerns all children of an authority is seen to by Rounds.
Result<std::vector<NewEvent>> AlertingKeeper::React(Subjects& subjects, const SourceEvent& event,
                                                    const DecideContext&) const {
  const SubjectId& child = event.event.subject;
  const auto& state = StateOf<AlertingState>(subjects, child);
  if (state.source.registered) {
    auto events = CountFeeds(subjects, state, event.partition, parts_.partition_count);
    for (auto& watched :
         WatchFeeds(subjects, state.source, event.partition, parts_.partition_count))
      events.push_back(std::move(watched));
    return events;
  }
  if (event.more_of_subject || !state.child.registered) return std::vector<NewEvent>{};
  auto events = ComputeAnew(subjects, child, parts_.partition_count);
  if (state.child.erased && !state.alerts.erased) {
    v1::AlertingEvent erased;
    erased.mutable_child_erased()->set_authority(state.child.authority);
    events.push_back({.subject = child, .payload = erased.SerializeAsString()});
  }
  return events;
}

Result<Decision> AlertingKeeper::Decide(Subjects& subjects, const Command& command,
                                        const DecideContext&) const {
  v1::AlertingCommand decoded;
  if (!decoded.ParseFromString(command.request))
    return Malformed("alerting: a command that cannot be read");
  const auto subject = SubjectId::FromBytes(decoded.subject());
  if (!subject) return Malformed("alerting: a command without subject");
  switch (decoded.command_case()) {
    case v1::AlertingCommand::kAcknowledgeAlert:
    case v1::AlertingCommand::kUndoAlertHandling:
    case v1::AlertingCommand::kSnoozeAlert:
      return DecideByPerson(subjects, *subject, command, std::move(decoded));
    default:
      if (!command.of_service) return Malformed("alerting: a command that only the service gives");
      return DecideByItself({subjects, *subject, parts_.partition_count}, decoded);
  }
}

Result<Decision> AlertingKeeper::DecideByPerson(Subjects& subjects, const SubjectId& child,
                                                const Command& command,
                                                v1::AlertingCommand decoded) const {
  const auto& state = StateOf<AlertingState>(subjects, child);
  const auto authority = AuthorityCode::FromText(decoded.authority());
  if (!authority || state.owner() != authority->text())
    return Refused(NameOf(Refusal::kUnknownAlert));
  if (state.child.erased) return Refused("ERASED");
  // A reason is sealed under the child's key, and a feed has none.
  if (state.kept.has_feed() && decoded.has_snooze_alert()) return Refused(kFeedNotSnoozed);
  const auto known = KnownOf(subjects, child, parts_.partition_count);
  if (!known)
    return Fail(StatusCode::kUnavailable, "NOT_TAKEN", "the partition has begun no day yet");
  auto events = DecideOn(state.alerts, decoded, ClocksOf(*known));
  if (!events) return Refused(NameOf(events.error()));
  Decision decision{.kind = events->empty() ? journal::v1::OUTCOME_KIND_NO_OP
                                            : journal::v1::OUTCOME_KIND_ACCEPTED,
                    .result = events->empty() ? "unchanged" : "accepted",
                    .answer = {},
                    .events = {}};
  uint32_t index = 0;
  for (auto& event : *events) {
    const EventPlace place{*authority, child, EventIdentity::OfCommand(command.id, index++)};
    if (auto sealed = parts_.sealer.Seal(event, state.child.key_id, place); !sealed) {
      if (sealed.error().reason == "KEY_ERASED") return Refused("ERASED");
      return tl::unexpected(sealed.error());
    }
    HOLDFAST_CHECK(!HasOpenPersonal(event));
    decision.events.push_back({.subject = child, .payload = event.SerializeAsString()});
  }
  if (decision.events.empty()) return decision;
  // What was put off may have to be looked at on another day than before.
  for (auto& event : AfterHandling(state.alerts, *events, *known))
    decision.events.push_back(std::move(event));
  return decision;
}

std::optional<std::string> AlertingKeeper::MacUnder(const KeyId& key,
                                                    std::string_view request) const {
  v1::AlertingCommand decoded;
  if (!decoded.ParseFromArray(request.data(), static_cast<int>(request.size())))
    return std::nullopt;
  const auto authority = AuthorityCode::FromText(decoded.authority());
  return authority ? parts_.macs.Under(key, *authority, request) : std::nullopt;
}

}  // namespace holdfast::alerting
