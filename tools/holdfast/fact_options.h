// What the commands that state facts of a child have in common: options, ids, the answer.
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

inline Status Usage(std::string message) {
  return {StatusCode::kInvalidArgument, "USAGE", std::move(message)};
}

inline Result<common::v1::Date> ReadDay(const std::string& option, const std::string& text) {
  const auto day = CivilDate::FromIso(text);
  if (day) return DateOf(*day);
  return tl::unexpected(Usage(option + " takes a day as YYYY-MM-DD, not '" + text + "'"));
}

// 16 bytes from hex; `what` says whose id it is.
inline Result<std::string> ReadId(const char* what, const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return tl::unexpected(
      Usage("'" + text + "' is not the id of " + what + ": 32 hexadecimal digits"));
}

struct Opened {
  std::unique_ptr<Client> client;
  common::v1::CommandHeader header;
};

inline Result<Opened> Open(const FactOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return tl::unexpected(client.error());
  auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return tl::unexpected(header.error());
  header->set_authority((*client)->authority());
  return Opened{std::move(*client), std::move(*header)};
}

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

}  // namespace holdfast::cli
