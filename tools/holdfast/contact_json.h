// Contact as the command line shows it.
#pragma once

#include <string>

#include "holdfast/cases/v1/case_view.pb.h"
#include "holdfast/contact/v1/contact_view.pb.h"
#include "tools/holdfast/json.h"

namespace holdfast::cli {

// Of a case: its agreements, and what child, parents and carers said.
Json ContactOfCaseJson(const cases::v1::CaseView& view);
Json ViewsOfCaseJson(const cases::v1::CaseView& view);
std::string ContactOfCaseText(const cases::v1::CaseView& view);

Json ContactJson(const contact::v1::ContactRecordView& view);
std::string ContactText(const contact::v1::ContactRecordView& view);

Json PackJson(const contact::v1::PackView& pack);
std::string PackText(const contact::v1::PackView& pack);

}  // namespace holdfast::cli
