#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

constexpr size_t kSubjectSize = 16;

void PutSize(std::string& bytes, size_t size) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(size >> shift));
}

size_t GetSize(std::string_view bytes) {
  size_t size = 0;
  for (const char c : bytes.substr(0, 4)) size = size << 8 | static_cast<uint8_t>(c);
  return size;
}

}  // namespace

std::string AppendRequest(const SubjectId& subject, const std::string& value) {
  return subject.Bytes() + "+" + value;
}

std::string ListKeeper::SaveState(const List& list) const {
  size_t size = 0;
  for (const std::string& value : list.values) size += 4 + value.size();
  std::string bytes;
  bytes.reserve(size);
  for (const std::string& value : list.values) {
    PutSize(bytes, value.size());
    bytes += value;
  }
  return bytes;
}

Result<List> ListKeeper::LoadState(const SubjectId&, std::string_view bytes) const {
  List list;
  while (!bytes.empty()) {
    const size_t size = bytes.size() < 4 ? bytes.size() : GetSize(bytes);
    if (bytes.size() < 4 || size > bytes.size() - 4) {
      return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "no list");
    }
    list.values.emplace_back(bytes.substr(4, size));
    bytes.remove_prefix(4 + size);
  }
  return list;
}

Result<void> ListKeeper::EvolveState(List& list, const AppliedEvent& event) const {
  list.values.emplace_back(event.payload);
  return {};
}

std::vector<IndexRow> ListKeeper::IndexState(const SubjectId& subject, const List& list) const {
  if (list.values.empty()) return {};
  std::string key;
  PutSize(key, list.values.size());
  return {{key + subject.Bytes(), list.values.back()}};
}

Decision DecideAppend(const List& list, const SubjectId& subject, const std::string& value) {
  const auto length = [&](size_t more) { return std::to_string(list.values.size() + more); };
  if (value.starts_with('!')) {
    return {journal::v1::OUTCOME_KIND_REFUSED, "BARRED", length(0), {}};
  }
  if (!list.values.empty() && list.values.back() == value) {
    return {journal::v1::OUTCOME_KIND_NO_OP, "UNCHANGED", length(0), {}};
  }
  return {journal::v1::OUTCOME_KIND_ACCEPTED, "APPENDED", length(1), {{subject, value}}};
}

Result<Decision> ListKeeper::Decide(Subjects& subjects, const Command& command,
                                    const DecideContext&) const {
  const auto subject = SubjectId::FromBytes(command.request.substr(0, kSubjectSize));
  if (!subject || command.request.size() <= kSubjectSize) {
    return Fail(StatusCode::kInvalidArgument, "MALFORMED", "no append request");
  }
  return DecideAppend(StateOf<List>(subjects, *subject), *subject,
                      command.request.substr(kSubjectSize + 1));
}

Result<void> EchoKeeper::ConsumeInto(List& list, const SourceEvent& event) const {
  list.values.emplace_back("heard " + std::string(event.event.payload));
  return {};
}

Result<std::vector<NewEvent>> EchoKeeper::React(Subjects& subjects, const SourceEvent& event,
                                                const DecideContext&) const {
  if (event.event.payload.starts_with("quiet")) return std::vector<NewEvent>{};
  const List& list = StateOf<List>(subjects, event.event.subject);
  return std::vector<NewEvent>{{event.event.subject, "echo " + std::to_string(list.values.size())}};
}

}  // namespace holdfast
