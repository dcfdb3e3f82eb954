// A child's contact as it is shown: agreements with their versions, sessions kept by party, what was seen and said.
#pragma once

#include "holdfast/contact/v1/contact_view.pb.h"
#include "libs/permanence/contact.h"
#include "libs/permanence/view.h"

namespace holdfast::contact {

// The words of `facts.contact` are open. `today`: planned sessions before it count as planned ones.
v1::ContactRecordView RenderContact(const SubjectId& child, const ChildFacts& facts,
                                      const View& view, CivilDate today);

// The sessions whose day has come by `today`, by party.
std::vector<v1::SessionsKept> SessionsKeptBy(const std::vector<ContactSession>& sessions,
                                             CivilDate today);

}  // namespace holdfast::contact
