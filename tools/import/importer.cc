#include "tools/import/importer.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "libs/ssda903/content.h"

namespace holdfast::import {
namespace {

using namespace cases::v1;
using ssda903::ReturnTableOf;
using ssda903::Row;
using ssda903::Table;
using ssda903::Verdict;

RowVerdict VerdictOf(const Row& row) {
  switch (row.verdict) {
    case Verdict::kTake:
      return ROW_VERDICT_TAKE;
    case Verdict::kRefuse:
      return ROW_VERDICT_REFUSE;
    case Verdict::kSetAside:
      return ROW_VERDICT_SET_ASIDE;
  }
  return ROW_VERDICT_UNSPECIFIED;
}

// One import: what is sent for each child, and which rows an answer is of.
class Importer {
 public:
  Importer(const ssda903::Return& read, const ImportOptions& options, Record& record,
           const Progress& progress)
      : read_(read), options_(options), record_(record), progress_(progress) {}

  Result<Report> Run() {
    BeginReport();
    GroupByChild();
    if (auto prepared = PrepareResubmission(); !prepared) return tl::unexpected(prepared.error());
    const auto before = record_.Find({.without = options_.run, .covering = {}});
    if (!before) return tl::unexpected(before.error());

    auto answers = record_.State(children_, options_.dry_run, progress_);
    if (!answers) return tl::unexpected(answers.error());
    TakeAnswers(*answers);
    JudgeRowsWithoutChild();
    AddUp();
    auto after = record_.Find({.without = {}, .covering = Covered()});
    if (!after) return tl::unexpected(after.error());
    if (options_.dry_run) Suppose(*answers, *after);
    TakeFindings(*before, *after);
    if (!options_.dry_run) {
      if (auto finished = record_.Finish(Covered(), Finished()); !finished)
        return tl::unexpected(finished.error());
    }
    return std::move(report_);
  }

 private:
  void BeginReport() {
    report_.run = options_.run;
    report_.authority = options_.authority;
    report_.year_end = read_.year_end;
    report_.dry_run = options_.dry_run;
    report_.files = read_.files;
  }

  Submission SubmissionOf() const {
    Submission submission;
    submission.set_authority(options_.authority);
    SetDate(read_.year_end, submission.mutable_year_end());
    submission.set_run(options_.run.Bytes());
    submission.set_run_number(options_.run_number);
    return submission;
  }

  StateReturnRows EmptyCommand() const {
    StateReturnRows command;
    *command.mutable_submission() = SubmissionOf();
    command.set_repair(read_.repair);
    for (const auto& [table, rows] : read_.tables) {
      if (ssda903::MakesFacts(table)) command.add_tables(ReturnTableOf(table));
    }
    return command;
  }

  void GroupByChild() {
    std::map<std::string, size_t> at;
    for (const auto& [table, rows] : read_.tables) {
      if (!ssda903::MakesFacts(table)) continue;
      for (const auto& row : rows.rows) {
        if (row.local_id.empty() || row.repeats) continue;
        const auto [child, added] = at.try_emplace(row.local_id, children_.size());
        if (added) {
          children_.push_back({.local_id = row.local_id, .child = {}, .command = EmptyCommand()});
          children_.back().command.mutable_child()->mutable_open()->set_local_id(row.local_id);
          sent_.emplace_back();
        }
        if (!row.has_key) continue;
        auto& judged = *children_[child->second].command.add_rows();
        *judged.mutable_row() = row.content;
        judged.set_verdict(VerdictOf(row));
        judged.set_rule(row.reason.rule);
        sent_[child->second].push_back(&row);
      }
    }
  }

  // A whole re-submission speaks of every child that its year's layer holds. Rule 15: nothing is
  // imported if more than half of the keys of a table would go.
  Result<void> PrepareResubmission() {
    if (read_.repair) return {};
    const auto layer = record_.ChildrenOfLayer(read_.year_end);
    if (!layer) return tl::unexpected(layer.error());
    if (layer->empty()) return {};
    const auto answers = record_.State(children_, true, {});
    if (!answers) return tl::unexpected(answers.error());
    std::set<SubjectId> present;
    for (const auto& answer : *answers)
      present.insert(SubjectId::FromBytes(answer.child()).value_or(SubjectId{}));
    std::vector<ChildRows> lacking;
    for (const auto& child : *layer) {
      if (!present.contains(child))
        lacking.push_back({.local_id = {}, .child = child, .command = EmptyCommand()});
    }
    const auto of_lacking = record_.State(lacking, true, {});
    if (!of_lacking) return tl::unexpected(of_lacking.error());
    children_.insert(children_.end(), lacking.begin(), lacking.end());
    sent_.resize(children_.size());
    return options_.whole ? Result<void>{} : CheckRemovals(*answers, *of_lacking);
  }

  Result<void> CheckRemovals(const std::vector<StateReturnRowsAnswer>& answers,
                             const std::vector<StateReturnRowsAnswer>& of_lacking) const {
    std::map<ReturnTable, uint64_t> before;
    std::map<ReturnTable, uint64_t> removed;
    for (const auto* some : {&answers, &of_lacking}) {
      for (const auto& answer : *some) {
        for (const auto& count : answer.stated_before()) before[count.table()] += count.keys();
        for (const auto& count : answer.removed()) removed[count.table()] += count.keys();
      }
    }
    for (const auto& [table, keys] : removed) {
      if (keys * 2 <= before[table]) continue;
      return Fail(StatusCode::kFailedPrecondition, "TOO_MANY_REMOVED",
                  "this submission lacks " + std::to_string(keys) + " of the " +
                      std::to_string(before[table]) + " rows of " + NameOf(table) +
                      " that the year's return stated: nothing was imported. If it is the whole "
                      "return, say "
                      "--whole; if it is a part, --repair",
                  {.rule = "15"});
    }
    return {};
  }

  static std::string NameOf(ReturnTable wanted) {
    for (int i = 0; i < ssda903::kTableCount; ++i) {
      const auto table = static_cast<Table>(i);
      if (ReturnTableOf(table) == wanted) return std::string(ssda903::Name(table));
    }
    return {};
  }

  void TakeAnswers(const std::vector<StateReturnRowsAnswer>& answers) {
    for (size_t child = 0; child < answers.size(); ++child) {
      for (size_t i = 0; i < sent_[child].size(); ++i) {
        const auto& answer = answers[child].rows(static_cast<int>(i));
        settled_[sent_[child][i]] = answer;
        const bool stated =
            answer.outcome() != ROW_OUTCOME_REFUSED && answer.outcome() != ROW_OUTCOME_SET_ASIDE;
        if (stated && sent_[child][i]->table == Table::kEpisodes) {
          episodes_.emplace(SubjectId::FromBytes(answers[child].child()).value_or(SubjectId{}),
                            *sent_[child][i]->key_day);
        }
      }
      for (const auto& count : answers[child].removed()) report_.removed += count.keys();
      report_.events += answers[child].events();
    }
  }

  // Rows whose key cannot be read were refused by their own words; a row that repeats another
  // shares its end.
  void JudgeRowsWithoutChild() {
    for (const auto& [table, rows] : read_.tables) {
      for (const auto& row : rows.rows) {
        if (settled_.contains(&row)) continue;
        RowAnswer answer;
        if (row.repeats) {
          answer = settled_[&rows.rows[*row.repeats]];
          answer.set_late(false);
          if (answer.outcome() != ROW_OUTCOME_REFUSED &&
              answer.outcome() != ROW_OUTCOME_SET_ASIDE) {
            answer.set_outcome(ROW_OUTCOME_UNCHANGED);
          }
        } else {
          answer.set_outcome(row.verdict == Verdict::kSetAside ? ROW_OUTCOME_SET_ASIDE
                                                               : ROW_OUTCOME_REFUSED);
        }
        settled_[&row] = answer;
      }
    }
  }

  void AddUp() {
    for (int i = 0; i < ssda903::kTableCount; ++i) report_.tables[static_cast<Table>(i)];
    for (const auto& [table, rows] : read_.tables) {
      for (const auto& row : rows.rows) AddUp(row, settled_[&row], report_.tables[table]);
    }
    for (const auto& [table, totals] : report_.tables) {
      report_.total.read += totals.read;
      report_.total.refused += totals.refused;
      report_.total.set_aside += totals.set_aside;
      report_.total.corrected += totals.corrected;
      report_.total.facts += totals.facts;
      report_.total.unchanged += totals.unchanged;
    }
  }

  void AddUp(const Row& row, const RowAnswer& answer, Totals& totals) {
    ++totals.read;
    report_.late += answer.late() ? 1 : 0;
    switch (answer.outcome()) {
      case ROW_OUTCOME_SET_ASIDE:
        ++totals.set_aside;
        return;
      case ROW_OUTCOME_CORRECTED:
        ++totals.corrected;
        break;
      case ROW_OUTCOME_FACTS:
        ++totals.facts;
        break;
      case ROW_OUTCOME_UNCHANGED:
        ++totals.unchanged;
        break;
      default:
        ++totals.refused;
        report_.rejects.push_back({&row, ReasonOf(row, answer)});
        return;
    }
    for (const auto& note : row.notes) report_.notes.push_back({&row, note});
    for (const auto& note : answer.notes())
      report_.notes.push_back({&row, {note.field(), note.rule(), note.message()}});
    for (const auto& aside : row.fields_aside) report_.fields_aside.push_back({&row, aside});
  }

  static ssda903::Remark ReasonOf(const Row& row, const RowAnswer& answer) {
    if (row.verdict == Verdict::kRefuse) return row.reason;
    return {answer.field(), answer.rule(), answer.message()};
  }

  ReturnCovered Covered() const {
    ReturnCovered covered;
    *covered.mutable_submission() = SubmissionOf();
    covered.set_whole(!read_.repair);
    for (const auto& [table, rows] : read_.tables) {
      if (ssda903::MakesFacts(table)) covered.add_tables(ReturnTableOf(table));
    }
    return covered;
  }

  ImportRunFinished Finished() const {
    ImportRunFinished finished;
    *finished.mutable_submission() = SubmissionOf();
    for (const auto& [table, totals] : report_.tables) {
      auto& shown = *finished.add_totals();
      shown.set_table(std::string(ssda903::Name(table)));
      shown.set_read(totals.read);
      shown.set_refused(totals.refused);
      shown.set_set_aside(totals.set_aside);
      shown.set_corrected(totals.corrected);
      shown.set_facts(totals.facts);
      shown.set_unchanged(totals.unchanged);
    }
    if (options_.to_keep) finished.set_report(options_.to_keep(report_));
    return finished;
  }

  void TakeFindings(const Findings& before, const Findings& after) {
    const FindingChanges changes = CompareFindings(before, after, episodes_);
    report_.vanished = changes.vanished;
    report_.returned = changes.returned;
    report_.moved = changes.moved;
    report_.open = CountOpen(after);
  }

  const ssda903::Return& read_;
  const ImportOptions& options_;
  Record& record_;
  const Progress& progress_;
  std::vector<ChildRows> children_;
  std::vector<std::vector<const Row*>> sent_;  // for each child, the rows in the order sent
  std::map<const Row*, RowAnswer> settled_;    // how each row ended
  EpisodeKeys episodes_;                       // that this return states
  Report report_;
};

}  // namespace

Result<Report> Import(const ssda903::Return& read, const ImportOptions& options, Record& record,
                      const Progress& progress) {
  return Importer(read, options, record, progress).Run();
}

}  // namespace holdfast::import
