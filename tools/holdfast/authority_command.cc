#include "tools/holdfast/authority_command.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/crypto/hardening.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct AuthorityOptions {
  std::string code;
  std::string name;
  std::string from;
};

Result<AuthorityCode> ReadCode(const std::string& text) {
  const auto code = AuthorityCode::FromText(text);
  if (code) return *code;
  return Fail(
      StatusCode::kInvalidArgument, "USAGE",
      "'" + text + "' is not the code of an authority: 1 to 32 letters, digits, '-' or '_'");
}

Result<void> IssueCertificates(const AuthorityCode& code, const GlobalOptions& global) {
  const Instant now = SystemClock().Now();
  const auto authority = CertificateAuthority::OpenOrCreate(global.keys, now);
  if (!authority) return tl::unexpected(authority.error());
  return authority->IssueForAuthority(code, now);
}

int RunAdd(const AuthorityOptions& options, const GlobalOptions& global) {
  HardenProcess();
  const auto code = ReadCode(options.code);
  if (!code) return Report(code.error(), global);
  auto client = Client::Open(global, {.role = Role::kOperator, .authority = code->text()});
  if (!client) return Report(client.error(), global);
  cases::v1::RegisterAuthorityRequest request;
  *request.mutable_header() = (*client)->NewHeader();
  request.set_name(options.name);
  const auto answer = (*client)->Call(&Stub::RegisterAuthority, request);
  if (!answer) return Report(answer.error(), global);
  if (auto issued = IssueCertificates(*code, global); !issued) {
    std::cerr << "holdfast: " << code->text()
              << " was registered, but has no certificates yet; add it again\n";
    return Report(issued.error(), global);
  }
  Json identities = Json::array();
  std::string names;
  for (const Role role :
       {Role::kWorker, Role::kData, Role::kReviewingOfficer, Role::kLegalAdviser})
    identities.push_back(NameOfRoleAt(role, *code).text);
  for (const auto& identity : identities)
    names += (names.empty() ? "" : ", ") + identity.get<std::string>();
  return Answer({{"authority", code->text()},
                 {"name", options.name},
                 {"identities", std::move(identities)},
                 {"positions", PositionsJson(answer->positions())}},
                code->text() + " is registered; its certificates are " + names + " in " + global.keys + "/id\n",
                global);
}

int RunLive(const AuthorityOptions& options, const GlobalOptions& global) {
  const auto code = ReadCode(options.code);
  if (!code) return Report(code.error(), global);
  const auto from = CivilDate::FromIso(options.from);
  if (!from) {
    return Report({StatusCode::kInvalidArgument, "USAGE", "--from takes a day, YYYY-MM-DD"},
                  global);
  }
  auto client = Client::Open(global, {.role = Role::kOperator, .authority = code->text()});
  if (!client) return Report(client.error(), global);
  cases::v1::SetAuthorityLiveRequest request;
  *request.mutable_header() = (*client)->NewHeader();
  *request.mutable_from() = DateOf(*from);
  const auto answer = (*client)->Call(&Stub::SetAuthorityLive, request);
  if (!answer) return Report(answer.error(), global);
  return Answer({{"authority", code->text()},
                 {"live_from", from->Iso()},
                 {"positions", PositionsJson(answer->positions())}},
                "From " + from->Iso() + " the record of " + code->text() +
                    " covers all that its team can state\n",
                global);
}

Json JsonOf(const cases::v1::AuthorityView& view) {
  Json year_ends = Json::array();
  for (const auto& year_end : view.year_ends()) year_ends.push_back(DayOf(year_end)->Iso());
  return {
      {"authority", view.authority()},
      {"name", view.name()},
      {"live_from", view.has_live_from() ? Json(DayOf(view.live_from())->Iso()) : Json(nullptr)},
      {"year_ends", std::move(year_ends)}};
}

std::string TextOf(const cases::v1::AuthorityView& view) {
  std::string text = view.authority() + "  " + view.name();
  if (view.has_live_from()) text += ", live from " + DayOf(view.live_from())->Iso();
  if (!view.year_ends().empty()) text += ", returns to " + DayOf(*view.year_ends().rbegin())->Iso();
  return text + "\n";
}

int RunList(const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  const auto answer = (*client)->Call(&Stub::ListAuthorities, cases::v1::ListAuthoritiesRequest());
  if (!answer) return Report(answer.error(), global);
  Json authorities = Json::array();
  std::string text;
  for (const auto& view : answer->authorities()) {
    authorities.push_back(JsonOf(view));
    text += TextOf(view);
  }
  return Answer(
      {{"authorities", std::move(authorities)}},
      text.empty()
          ? "No authority is registered; add one with: holdfast authority add CODE --name TEXT\n"
          : text,
      global);
}

}  // namespace

void AddAuthorityCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("authority", "The authorities of this deployment");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast authority add E06000901 --name Northmere\n"
      "  holdfast authority live E06000901 --from 2025-10-01\n"
      "  holdfast authority list");

  auto options = std::make_shared<AuthorityOptions>();
  auto* add =
      group->add_subcommand("add", "Register an authority, with keys and certificates of its own");
  add->add_option("code", options->code, "Its code, such as E06000901")->required();
  add->add_option("--name", options->name, "Its name")->required();
  add->footer("Example:\n  holdfast authority add E06000901 --name Northmere");
  RunsWhenChosen(*add, options, global, run, RunAdd);

  auto* live = group->add_subcommand(
      "live", "Say from which day an authority's record covers all that its team can state");
  live->add_option("code", options->code, "Its code")->required();
  live->add_option("--from", options->from, "The first day covered")->required();
  live->footer("Example:\n  holdfast authority live E06000901 --from 2025-10-01");
  RunsWhenChosen(*live, options, global, run, RunLive);

  auto* list = group->add_subcommand("list", "The authorities, by code");
  list->footer("Example:\n  holdfast --json authority list");
  RunsWhenChosen(*list, global, run, RunList);
}

}  // namespace holdfast::cli
