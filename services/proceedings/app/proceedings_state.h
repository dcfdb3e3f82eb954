// What a shard of proceedings keeps of one subject: a child, an item, a case reference, a source,
// or a partition's copy of one. Personal data stays sealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "holdfast/proceedings/v1/proceedings_state.pb.h"
#include "libs/shard/keeper.h"
#include "services/proceedings/domain/case_ref.h"
#include "services/proceedings/domain/item.h"
#include "services/proceedings/domain/source.h"
#include "services/proceedings/domain/stated_child.h"

namespace holdfast::proceedings {

struct ProceedingsState {
  // What is saved, from which all below follows: its events as they stand in a KeptSubject, so that
  // a copy copies bytes, and the rest of one.
  std::string events;
  v1::KeptSubject record;
  ItemFacts item;
  CaseRefFacts case_ref;
  SourceFacts source;
  StatedChild child;
};

// The subject with one event more. A payload that is none is a poison event.
Result<void> AddEvent(const AppliedEvent& event, ProceedingsState& state);
// The same for an event of the cases journal, of which a child's registration matters here.
Result<void> AddCasesEvent(std::string_view payload, ProceedingsState& state);

// Whether an event of cases says that its child's record is erased.
bool IsErasure(std::string_view cases_event);

// What is saved: a KeptSubject.
std::string BytesOf(const ProceedingsState& state);
// Nothing when these bytes are none.
std::optional<ProceedingsState> StateOfBytes(std::string_view bytes);

}  // namespace holdfast::proceedings
