// A small fold with which the journal and the shard are tested: each subject is a list, to which
// values are appended.
#pragma once

#include <string>
#include <vector>

#include "libs/shard/keeper_of.h"

namespace holdfast {

struct List {
  std::vector<std::string> values;

  bool operator==(const List&) const = default;
};

// What an append asks for, as bytes: subject(16) '+' value. Appending what is last already is a
// no-op; a value that starts with '!' is refused. The answer is the list's length after it.
std::string AppendRequest(const SubjectId& subject, const std::string& value);
Decision DecideAppend(const List& list, const SubjectId& subject, const std::string& value);

class ListKeeper final : public KeeperOf<List> {
 public:
  std::string SaveState(const List& list) const override;
  Result<List> LoadState(const SubjectId& subject, std::string_view bytes) const override;
  Result<void> EvolveState(List& list, const AppliedEvent& event) const override;
  // One row a list that is not empty: its length, then the subject.
  std::vector<IndexRow> IndexState(const SubjectId& subject, const List& list) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override;
};

// A service that reacts to a journal of lists: for each value appended there, it notes how long
// that list has become here.
class EchoKeeper final : public KeeperOf<List> {
 public:
  std::string SaveState(const List& list) const override { return lists_.SaveState(list); }
  Result<List> LoadState(const SubjectId& subject, std::string_view bytes) const override {
    return lists_.LoadState(subject, bytes);
  }
  Result<void> EvolveState(List& list, const AppliedEvent& event) const override {
    return lists_.EvolveState(list, event);
  }
  Result<void> ConsumeInto(List& list, const SourceEvent& event) const override;
  Result<std::vector<NewEvent>> React(Subjects& subjects, const SourceEvent& event,
                                      const DecideContext& context) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override {
    return lists_.Decide(subjects, command, context);
  }

 private:
  ListKeeper lists_;
};

}  // namespace holdfast
