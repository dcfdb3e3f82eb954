// Meetings and sibling groups as the command line shows them.
#pragma once

#include <string>

#include "holdfast/cases/v1/case_view.pb.h"
#include "tools/holdfast/json.h"

namespace holdfast::cli {

// Of a case, or of a list.
Json MeetingsJson(const google::protobuf::RepeatedPtrField<cases::v1::MeetingSummary>& meetings);
std::string MeetingsText(
    const google::protobuf::RepeatedPtrField<cases::v1::MeetingSummary>& meetings);
Json SiblingsOfCaseJson(const cases::v1::CaseView& view);
std::string SiblingsOfCaseText(const cases::v1::CaseView& view);

Json MeetingJson(const cases::v1::MeetingView& view);
std::string MeetingText(const cases::v1::MeetingView& view);

Json SiblingGroupJson(const cases::v1::SiblingGroupView& view);
std::string SiblingGroupText(const cases::v1::SiblingGroupView& view);

}  // namespace holdfast::cli
