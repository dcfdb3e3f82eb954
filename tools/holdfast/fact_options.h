// What the commands that state facts by hand have in common: their options, ids and answers.
#pragma once

#include <memory>
#include <string>

#include "holdfast/common/v1/call.pb.h"
#include "libs/base/ids.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {

struct FactOptions {
  std::string authority;
  std::string command_id;
  std::string local_id;
  std::string born;
  std::string name;
  std::string team;
  std::string worker;
  std::string kind;
  std::string child;
  std::string on;
  CLI::Option* code_given = nullptr;
  std::string code;
  std::string state;
  std::string until;
  bool parallel = false;
  bool contingency = false;
  std::string entry;
  std::string fact;
  std::string reason;
  // Of contact and of views.
  std::string party;
  std::string party_name;
  std::string way;
  std::string purpose;
  std::string frequency;
  std::string review;
  std::string by;
  std::string outcome;
  std::string text;
  std::string how;
  std::string done;
};

Status Usage(std::string message);

// A day as YYYY-MM-DD; `option` is named where it is none.
Result<common::v1::Date> ReadDay(const std::string& option, const std::string& text);

// 16 bytes from hex; `what` says whose id it is.
Result<std::string> ReadId(const char* what, const std::string& text);

struct Opened {
  std::unique_ptr<Client> client;
  common::v1::CommandHeader header;
};

// As a worker of the authority, with the header of a new command.
Result<Opened> Open(const FactOptions& options, const GlobalOptions& global);

// The options that all of them have.
std::shared_ptr<FactOptions> NewOptions(CLI::App& command);

template <typename Response>
int AnswerFact(const Response& answer, const GlobalOptions& global) {
  Json json = {{"child", Hex(answer.child())}};
  std::string text = answer.result();
  if constexpr (requires { answer.fact(); }) {
    json["fact"] = Hex(answer.fact());
    text += ": fact " + Hex(answer.fact());
  }
  if constexpr (requires { answer.entry(); }) {
    json["entry"] = answer.entry().empty() ? Json(nullptr) : Json(Hex(answer.entry()));
    if (!answer.entry().empty()) text += " in entry " + Hex(answer.entry());
  } else {
    json["entry"] = nullptr;
  }
  json["result"] = answer.result();
  json["positions"] = PositionsJson(answer.positions());
  return Answer(json, text + " of child " + Hex(answer.child()) + "\n", global);
}

// Sets the last day, where one is given.
template <typename Request>
Result<void> SetUntil(const FactOptions& options, Request& request) {
  if (options.until.empty()) return {};
  const auto until = ReadDay("--until", options.until);
  if (!until) return tl::unexpected(until.error());
  *request.mutable_until() = *until;
  return {};
}

}  // namespace holdfast::cli
