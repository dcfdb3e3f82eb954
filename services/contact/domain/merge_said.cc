#include "services/contact/domain/merge_said.h"

namespace holdfast::contact {

v1::ContactFact Merged(v1::ContactFact before, const v1::ContactFact& now) {
  v1::ContactFact over = now;
  over.clear_kind();
  before.MergeFrom(over);
  if (now.has_on()) *before.mutable_on() = now.on();
  if (now.has_review()) *before.mutable_review() = now.review();
  return before;
}

}  // namespace holdfast::contact
