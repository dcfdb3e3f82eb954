// What a shard of proceedings keeps of one subject: a child, an item, a case reference, a source,
// or a partition's copy of one. Personal data stays sealed.
#pragma once

#include <string_view>

#include "holdfast/proceedings/v1/proceedings_state.pb.h"
#include "libs/shard/keeper.h"
#include "services/proceedings/domain/case_ref.h"
#include "services/proceedings/domain/item.h"
#include "services/proceedings/domain/source.h"
#include "services/proceedings/domain/stated_child.h"

namespace holdfast::proceedings {

struct ProceedingsState {
  v1::KeptSubject kept;  // what is saved; all below follows from it
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

ProceedingsState StateOfKept(v1::KeptSubject kept);

}  // namespace holdfast::proceedings
