// Which of a child's episodes the history keeps, and where each ends in it: rules 8, 9, 10 and 15 of the import.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/permanence/coverage.h"
#include "libs/permanence/history.h"
#include "libs/permanence/layers.h"

namespace holdfast {

// An episode as believed.
struct BelievedEpisode {
  const Statement* statement = nullptr;  // of the newest layer that states it
  CivilDate decom;
  std::optional<CivilDate> dec;
  std::string rec;  // blank: not stated
  // The next return lacks it: the last day on which it is known to have run, and whether it was refused there.
  std::optional<CivilDate> not_known_since;
  bool refused_next = false;

  const cases::v1::EpisodeRow& says() const { return statement->row.episode(); }
  bool IsOpen() const { return !dec && !not_known_since; }
};

// An episode that the history keeps.
struct KeptRow {
  BelievedEpisode row;
  std::optional<CivilDate> cut;  // a later row starts here, before this one's own end

  // The day it ends in the history; none while it is open. One not known since Y reaches to the day after Y.
  std::optional<CivilDate> End() const {
    if (cut) return cut;
    if (row.not_known_since) return row.not_known_since->PlusDays(1);
    return row.dec;
  }
  bool IsX1() const { return row.rec == "X1"; }
  // Its own end is that of a care period.
  bool HasFinalEnd() const { return row.dec && !IsX1(); }
  bool NotKnown() const { return row.not_known_since && !cut; }
};

struct KeptRows {
  std::vector<BelievedEpisode> believed;         // by DECOM
  std::vector<KeptRow> kept;                // by DECOM
  std::vector<Discrepancy> discrepancies;   // overlap, two_open, 388, after_died, not_in_next_return
  std::optional<CivilDate> died_on;         // the earliest stated day of death
};

// The rows of the view's layers. `year_ends`: the whole returns with episodes that the view sees, ascending.
KeptRows KeepRows(const Layers& layers, const std::vector<CivilDate>& year_ends);

// True when `kept[i]` is an X1, uncut, and no kept row starts on its DEC (rule 388).
bool LacksContinuation(const std::vector<KeptRow>& kept, size_t i);

// An offer of rule 19: a key that vanished and one alike that appears in the return that lacks it.
struct MovedDate {
  CivilDate from;  // the old DECOM
  CivilDate to;    // the new one

  auto operator<=>(const MovedDate&) const = default;
};

// "Moved?": same place, URN, RNE and LS, at most 31 days apart; nearest first, each row in one offer.
std::vector<MovedDate> OfferMovedDates(const Layers& layers, const KeptRows& rows, const std::vector<CivilDate>& year_ends);

}  // namespace holdfast
