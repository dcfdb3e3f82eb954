#include "libs/base/london.h"
#include "libs/permanence/dates.h"
#include "libs/shard/keeper_of.h"
#include "services/proceedings/api/commands.h"
#include "services/proceedings/api/handlers.h"
#include "services/proceedings/app/item_ids.h"
#include "services/proceedings/app/proceedings_keeper.h"

namespace holdfast::proceedings {
namespace {

using Subject = ProceedingsState;

// One item on its way from the message to its receipt. Each step is called when the one before it
// is done, on whatever thread that is.
class Receiving : public std::enable_shared_from_this<Receiving> {
 public:
  Receiving(const ProceedingsParts& parts, ItemMessage message, AuthorityCode source,
            NamedItem named)
      : parts_(parts),
        message_(std::move(message)),
        source_(std::move(source)),
        named_(std::move(named)) {}

  void Begin() {
    if (named_.command.version().kind() == v1::FEED_KIND_COVERED) return JudgeCovered();
    if (named_.case_ref && named_.command.version().child().empty()) return LookUpCase();
    Decide();
  }

 private:
  bool is_dry_run() const { return message_->request().dry_run(); }
  Monotonic ReadLimit() const { return parts_.clock.Steady() + kCommandRead; }
  std::optional<Instant> JudgedAt() const {
    return parts_.manual_clock ? std::nullopt : std::optional(parts_.clock.Now());
  }
  CivilDate SentOn() const {
    const auto sent = std::chrono::microseconds(named_.command.version().sent_at_us());
    return LondonDay(Instant(sent));
  }

  // Reads `subject`'s state; a read that fails ends the stream.
  void ReadState(const SubjectId& subject, bool after_sources,
                 std::function<void(Subjects&, const Subject&)> then) {
    parts_.shards.Read(parts_.shards.PartitionFor(subject),
                       {.after_sources = after_sources,
                        .deadline = ReadLimit(),
                        .run = [self = shared_from_this(), subject,
                                then = std::move(then)](Result<ShardView> view) {
                          if (!view) return self->message_->Fail(view.error());
                          then(view->subjects(), StateOf<Subject>(view->subjects(), subject));
                        }});
  }

  void LookUpCase() {
    ReadState(*named_.case_ref, false,
              [self = shared_from_this()](Subjects&, const Subject& state) {
                if (state.case_ref.learnt) {
                  const auto& learnt = *state.case_ref.learnt;
                  self->named_.command.set_case_child(learnt.child());
                  self->named_.command.set_case_child_authority(learnt.authority());
                  self->named_.command.set_case_child_at_us(learnt.at_us());
                }
                self->Decide();
              });
  }

  void Decide() {
    if (is_dry_run()) return DecideOnly();
    v1::ProceedingsCommand command;
    *command.mutable_receive_item() = named_.command;
    const CommandOrigin origin{source_, NewCommandId(parts_.clock), UriOf(message_->principal())};
    Submit(
        parts_, origin, named_.item, std::move(command), Repeats::kNeverSent,
        [self = shared_from_this()](const Result<Answer>& answer) {
          if (!answer) return self->message_->Fail(answer.error());
          if (!self->decided_.ParseFromString(answer->answer) || self->decided_.outcome().empty()) {
            self->decided_.set_outcome("refused");
            self->decided_.set_reason(answer->result);
          }
          self->Tell();
        });
  }

  // A dry run: what would be decided, of what is there and what the caller sent before.
  void DecideOnly() {
    ReadState(named_.item, false,
              [self = shared_from_this()](Subjects& subjects, const Subject& state) {
                ItemFacts after = state.item;
                const auto against = AgainstWhat(subjects, self->parts_.copies, self->named_.item,
                                                 self->source_.text(), self->JudgedAt());
                const auto take = [&](const v1::ReceiveItem& command) {
                  auto decided = proceedings::Decide(after, command, against);
                  if (!decided) return decided;
                  for (const auto& event : decided->events) Apply(event, after.newest + 1, after);
                  return decided;
                };
                for (const auto& earlier : self->message_->request().earlier()) {
                  if (auto command = self->CommandOf(earlier)) take(*command);
                }
                const auto decided = take(self->named_.command);
                self->decided_ = decided ? AnswerOf(after, *decided) : AnswerOf(decided.error());
                if (self->decided_.outcome() == "refused" || self->decided_.child().empty())
                  return self->Finish();
                self->CheckRecord();
              });
  }

  // What was sent before of the same item; none: of another.
  std::optional<v1::ReceiveItem> CommandOf(const v1::StreamItemsRequest& earlier) const {
    auto named = NameItem(parts_.keys, source_, earlier);
    if (!named || named->item != named_.item) return std::nullopt;
    if (named->case_ref && named->case_ref == named_.case_ref) {
      named->command.set_case_child(named_.command.case_child());
      named->command.set_case_child_authority(named_.command.case_child_authority());
      named->command.set_case_child_at_us(named_.command.case_child_at_us());
    }
    return std::move(named->command);
  }

  // What follows from the item, to those whom it concerns.
  void Tell() {
    if (decided_.outcome() == "refused") return Finish();
    if (!decided_.to_be_sent()) return decided_.waits() ? CheckRecord() : Hear();
    parts_.push.Push(named_.item,
                     [self = shared_from_this()](const Result<std::vector<Answer>>& answers) {
                       if (!answers) return self->message_->Fail(answers.error());
                       bool waits = false;
                       for (const auto& answer : *answers) {
                         if (answer.result == "ERASED") return self->RefuseErased();
                         v1::StateItemAnswer said;
                         if (!said.ParseFromString(answer.answer) || said.child().empty()) continue;
                         waits = said.waits();
                         const auto child = SubjectId::FromBytes(said.child());
                         if (child) {
                           AddPosition(self->parts_.shards.PartitionFor(*child), answer.last_event,
                                       self->receipt_.mutable_positions());
                         }
                       }
                       // With no answer of its own another round has told them: whether the child
                       // has a record is to be looked up.
                       if (waits || answers->empty()) return self->CheckRecord();
                       self->Hear();
                     });
  }

  // Whether the item's child has a record, now that all of cases is read.
  void CheckRecord() {
    const auto child = SubjectId::FromBytes(decided_.child());
    if (!child) return Hear();
    ReadState(*child, true, [self = shared_from_this()](Subjects&, const Subject& state) {
      if (state.child.erased) return self->RefuseErased();
      if (state.child.authority.empty()) {
        self->decided_.set_outcome("parked");
        self->decided_.set_reason("CHILD_NOT_REGISTERED");
      }
      self->Hear();
    });
  }

  void RefuseErased() {
    decided_ = AnswerOf(RefusedItem{ItemRefusal::kErased, "local_id"});
    Hear();
  }

  // The source was heard from: known in every partition before the receipt leaves.
  void Hear() {
    const CivilDate sent_on = SentOn();
    if (is_dry_run() || !parts_.heard.IsNews(source_.text(), sent_on)) return Finish();
    v1::SourceHeardFrom heard;
    SetDate(sent_on, heard.mutable_sent_on());
    HearFrom(heard, [self = shared_from_this(), sent_on](const Answer&) {
      self->parts_.heard.Note(self->source_.text(), sent_on);
      self->Finish();
    });
  }

  void HearFrom(v1::SourceHeardFrom heard, std::function<void(const Answer&)> then) {
    heard.set_source(source_.text());
    v1::ProceedingsCommand command;
    *command.mutable_hear_from_source()->mutable_heard() = std::move(heard);
    const CommandOrigin origin{source_, NewCommandId(parts_.clock), UriOf(message_->principal())};
    const SubjectId subject = SourceSubject(source_.text());
    Submit(
        parts_, origin, subject, std::move(command), Repeats::kNeverSent,
        [self = shared_from_this(), subject, then = std::move(then)](const Result<Answer>& said) {
          if (!said) return self->message_->Fail(said.error());
          self->parts_.push.Push(subject, [self, then, answer = *said](const auto& taught) {
            if (!taught) return self->message_->Fail(taught.error());
            then(answer);
          });
        });
  }

  // `covered` is of the source alone.
  void JudgeCovered() {
    ReadState(named_.item, false, [self = shared_from_this()](Subjects& subjects, const Subject&) {
      const auto refused =
          Judge(self->named_.command, AgainstWhat(subjects, self->parts_.copies, self->named_.item,
                                                  self->source_.text(), self->JudgedAt()));
      if (refused) {
        self->decided_ = AnswerOf(*refused);
        return self->Finish();
      }
      self->decided_.set_outcome("accepted");
      if (self->is_dry_run()) return self->Finish();
      v1::SourceHeardFrom heard;
      SetDate(self->SentOn(), heard.mutable_sent_on());
      *heard.mutable_covered_through() = self->named_.command.version().on();
      self->HearFrom(heard, [self](const Answer& answer) {
        if (answer.kind == journal::v1::OUTCOME_KIND_NO_OP) self->decided_.set_outcome("same");
        self->Finish();
      });
    });
  }

  void Finish() {
    const bool has_item =
        decided_.outcome() != "refused" && named_.command.version().kind() != v1::FEED_KIND_COVERED;
    receipt_.set_sequence(message_->request().sequence());
    receipt_.set_event_id(message_->request().event_id());
    receipt_.set_outcome(decided_.outcome());
    receipt_.set_reason(decided_.reason());
    receipt_.set_field(decided_.field());
    if (has_item) receipt_.set_item(named_.item.Bytes());
    receipt_.set_child(decided_.child());
    message_->Finish(receipt_);
  }

  const ProceedingsParts& parts_;
  const ItemMessage message_;
  const AuthorityCode source_;
  NamedItem named_;
  v1::ReceiveItemAnswer decided_;
  v1::StreamItemsResponse receipt_;
};

}  // namespace

void StreamItem(const ProceedingsParts& parts, const ItemMessage& message) {
  const auto& request = message->request();
  const auto source = request.source().empty() ? std::optional(message->principal().authority)
                                               : AuthorityCode::FromText(request.source());
  auto named = source ? NameItem(parts.keys, *source, request)
                      : Fail(StatusCode::kNotFound, "AUTHORITY_UNKNOWN", "not a source's name");
  if (!named && named.error().reason != "AUTHORITY_UNKNOWN") return message->Fail(named.error());
  if (!named) {
    const auto refused = AnswerOf(RefusedItem{ItemRefusal::kUnknownSource, "source"});
    v1::StreamItemsResponse receipt;
    receipt.set_sequence(request.sequence());
    receipt.set_event_id(request.event_id());
    receipt.set_outcome(refused.outcome());
    receipt.set_reason(refused.reason());
    receipt.set_field(refused.field());
    return message->Finish(receipt);
  }
  std::make_shared<Receiving>(parts, message, *source, std::move(*named))->Begin();
}

}  // namespace holdfast::proceedings
