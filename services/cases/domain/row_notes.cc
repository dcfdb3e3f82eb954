#include "services/cases/domain/row_notes.h"

#include <algorithm>
#include <map>

#include "libs/permanence/dates.h"
#include "libs/permanence/kept_rows.h"
#include "libs/permanence/source_history.h"

namespace holdfast::cases {
namespace {

using namespace v1;

bool WasTaken(const RowAnswer& answer) {
  return answer.outcome() == ROW_OUTCOME_CORRECTED || answer.outcome() == ROW_OUTCOME_FACTS ||
         answer.outcome() == ROW_OUTCOME_UNCHANGED;
}

struct Note {
  const char* field;
  const char* rule;
  const char* message;
};

constexpr Note kGoesOn{"RNE", "432",
                       "the episode before ended care, and this one goes on: one care period"};
constexpr Note kAfterGap{"RNE", "433",
                         "care had ended before, and this does not say that it started again"};
constexpr Note kNotLegalStatusAlone{
    "RNE", "434", "RNE says that the legal status alone changed: the values differ"};
constexpr Note kNotPlacementAlone{"RNE", "435",
                                  "RNE says that the placement alone changed: the values differ"};
constexpr Note kNotBoth{"RNE", "436",
                        "RNE says that placement and legal status changed: the values differ"};
constexpr Note kUnderTen{"LS", "358", "a child with this legal status should not be under 10"};
constexpr Note kNoPlacementOrder{"LS", "408",
                                 "placed for adoption with a placement order, without that status"};
constexpr Note kNotWithParents{"PLACE_PROVIDER", "550",
                               "a provider of PR0 belongs to placement P1 only"};
constexpr Note kFourOrOver{"REVIEW_CODE", "440",
                           "the code is of a child under 4, who was 4 or over"};
constexpr Note kUnderFour{"REVIEW_CODE", "441",
                          "the code is of a child of 4 or over, who was under 4"};
constexpr Note kOutsideCare{"REVIEW", "outside_care",
                            "the review lies in no care period: it starts and stops no clock"};
constexpr Note kOtherDecision{"DATE_INT", "agency_decision",
                              "no DATE_PLACED of PlacedAdoption is this day"};

bool IsOneOf(const std::string& code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

bool HasOtherPlacement(const Statement& before, const Statement& after) {
  const auto& a = before.row.episode();
  const auto& b = after.row.episode();
  return a.place() != b.place() || a.place_provider() != b.place_provider() || a.urn() != b.urn() ||
         before.row.personal().open().placement_postcode() !=
             after.row.personal().open().placement_postcode();
}

// What RNE says that changed, against what did, of two episodes that touch; null: they agree.
const Note* Contradiction(const Statement& before, const Statement& after) {
  const bool status_changed = before.row.episode().ls() != after.row.episode().ls();
  const bool placement_changed = HasOtherPlacement(before, after);
  const auto& rne = after.row.episode().rne();
  if (rne == "L") return status_changed && !placement_changed ? nullptr : &kNotLegalStatusAlone;
  if (IsOneOf(rne, {"P", "T"}))
    return placement_changed && !status_changed ? nullptr : &kNotPlacementAlone;
  if (IsOneOf(rne, {"B", "U"})) return placement_changed && status_changed ? nullptr : &kNotBoth;
  return nullptr;
}

// The day on which a child born on `born` is `years` old.
CivilDate Birthday(CivilDate born, int years) {
  const auto day = CivilDate::FromYmd(born.year() + years, born.month(), born.day());
  return day ? *day : CivilDate::FromYmd(born.year() + years, 3, 1).value();
}

class Notes {
 public:
  Notes(const ChildFacts& facts, const View& view, const std::vector<CivilDate>& year_ends,
        const StateReturnRows& command, StateReturnRowsAnswer& answer)
      : layers_(facts, view),
        kept_(KeepRows(layers_, year_ends)),
        command_(command),
        answer_(answer) {
    for (int i = 0; i < command.rows_size(); ++i) {
      if (WasTaken(answer.rows(i))) taken_[KeyOf(command.rows(i).row())].push_back(i);
    }
    for (const auto* header : layers_.Believed(RETURN_TABLE_HEADER)) {
      const auto& born = header->row.personal().open();
      if (born.has_born()) born_ = DayOf(born.born());
    }
  }

  void Add() {
    NoteNeighbours();
    const auto care_periods = ReadReturns(layers_, kept_).care_periods;
    for (const auto& [key, rows] : taken_) {
      const auto& row = command_.rows(rows.front()).row();
      if (row.has_episode()) NoteEpisode(key, row.episode());
      if (row.has_review()) NoteReview(key, row.review(), care_periods);
      if (row.has_ad1()) NoteDecision(key);
    }
  }

 private:
  void NoteNeighbours() {
    const auto& kept = kept_.kept;
    for (size_t i = 1; i < kept.size(); ++i) {
      const auto& before = kept[i - 1];
      const auto& row = kept[i];
      if (row.row.says().rne() == "S") continue;
      const bool touches = before.End() == row.row.decom;
      const RowKey& key = row.row.statement->key;
      if (before.HasFinalEnd()) Say(touches ? kGoesOn : kAfterGap, key);
      if (!touches) continue;
      if (const auto* note = Contradiction(*before.row.statement, *row.row.statement))
        Say(*note, key);
    }
  }

  void NoteEpisode(const RowKey& key, const EpisodeRow& episode) {
    if (born_ && IsOneOf(episode.ls(), {"J1", "J2", "J3"}) && *key.day < Birthday(*born_, 10))
      Say(kUnderTen, key);
    if (IsOneOf(episode.place(), {"A5", "A6"}) && episode.ls() != "E1") Say(kNoPlacementOrder, key);
    if (episode.place_provider() == "PR0" && episode.place() != "P1") Say(kNotWithParents, key);
  }

  void NoteReview(const RowKey& key, const ReviewRow& review,
                  const std::vector<CarePeriod>& care_periods) {
    if (born_) {
      const bool is_four = *key.day >= Birthday(*born_, 4);
      if (review.review_code() == "PN0" ? is_four : !is_four)
        Say(is_four ? kFourOrOver : kUnderFour, key);
    }
    const auto holds = [&](const CarePeriod& period) { return period.HoldsReview(*key.day); };
    if (std::ranges::none_of(care_periods, holds)) Say(kOutsideCare, key);
  }

  void NoteDecision(const RowKey& key) {
    const auto decisions = layers_.Believed(RETURN_TABLE_PLACED_ADOPTION);
    const auto agrees = [&](const Statement* decision) { return decision->key.day == key.day; };
    if (!decisions.empty() && std::ranges::none_of(decisions, agrees)) Say(kOtherDecision, key);
  }

  void Say(const Note& note, const RowKey& key) {
    const auto rows = taken_.find(key);
    if (rows == taken_.end()) return;
    for (const int i : rows->second) {
      auto& said = *answer_.mutable_rows(i)->add_notes();
      said.set_field(note.field);
      said.set_rule(note.rule);
      said.set_message(note.message);
    }
  }

  const Layers layers_;
  const KeptRows kept_;
  const StateReturnRows& command_;
  StateReturnRowsAnswer& answer_;
  std::map<RowKey, std::vector<int>> taken_;
  std::optional<CivilDate> born_;
};

}  // namespace

void NoteRows(const ChildFacts& facts, const Coverage& coverage, const StateReturnRows& command,
              StateReturnRowsAnswer& answer) {
  const View view{.known_at = DayOf(command.submission().year_end()).value_or(kDistantPast)};
  Notes(facts, view, CoveredYearEnds(coverage, RETURN_TABLE_EPISODES, view), command, answer).Add();
}

}  // namespace holdfast::cases
