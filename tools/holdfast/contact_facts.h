// Facts about contact, among the facts that `holdfast case` records, corrects and withdraws: they are of a service of their own.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {

// --party, --purpose and the like.
void AddContactOptions(CLI::App& command, FactOptions& options);

// True of agreement, agreement_end, session, observation, contact_view and contact_review.
bool IsOfContact(const std::string& kind);
// True if a correction says what no fact of cases has.
bool CorrectsContactAlone(const FactOptions& options);

// Each answers, and gives the exit code. `instead`: why cases did not do it, said where contact does not run.
int RecordContactFact(const FactOptions& options, const GlobalOptions& global);
int CorrectContactFact(const FactOptions& options, const GlobalOptions& global,
                       const std::optional<Status>& instead);
int WithdrawContactFact(const FactOptions& options, const GlobalOptions& global,
                        const std::optional<Status>& instead);

}  // namespace holdfast::cli
