#include "tools/holdfast/source_command.h"

#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"
#include "libs/crypto/hardening.h"
#include "services/proceedings/domain/feed_kinds.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

using Stub = proceedings::v1::ProceedingsService::Stub;

struct SourceOptions {
  std::string name;
  std::string kind;
  std::string nation;
  std::vector<std::string> covers;
  std::vector<std::string> states;
  uint32_t silent_after_days = 14;
};

tl::unexpected<Status> Usage(std::string message) {
  return Fail(StatusCode::kInvalidArgument, "USAGE", std::move(message));
}

Result<proceedings::v1::SourceRegistered> ReadSource(const SourceOptions& options) {
  proceedings::v1::SourceRegistered source;
  if (!AuthorityCode::FromText(options.name)) {
    return Usage("'" + options.name +
                 "' is not a source's name: 1 to 32 letters, digits, '-' or '_'");
  }
  source.set_source(options.name);
  source.set_kind(options.kind == "court" ? proceedings::v1::SOURCE_KIND_COURT
                                          : proceedings::v1::SOURCE_KIND_REPORTER);
  source.set_nation(options.nation == "scotland" ? proceedings::v1::NATION_SCOTLAND
                                                 : proceedings::v1::NATION_ENGLAND);
  for (const auto& code : options.covers) source.add_covers(code);
  for (const auto& name : options.states) {
    const auto kind = proceedings::FeedKindNamed(name);
    if (!kind) return Usage("there is no kind of item '" + name + "'");
    source.add_states(*kind);
  }
  source.set_silent_after_days(options.silent_after_days);
  return source;
}

Result<void> IssueCertificate(const AuthorityCode& source, Role role, const GlobalOptions& global) {
  const Instant now = SystemClock().Now();
  const auto authority = CertificateAuthority::OpenOrCreate(global.keys, now);
  if (!authority) return tl::unexpected(authority.error());
  return authority->IssueForSource(source, role, now);
}

int RunAdd(const SourceOptions& options, const GlobalOptions& global) {
  HardenProcess();
  const auto source = ReadSource(options);
  if (!source) return Report(source.error(), global);
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  proceedings::v1::RegisterSourceRequest request;
  *request.mutable_header() = (*client)->NewHeader();
  *request.mutable_registration() = *source;
  const auto answer = (*client)->Call(&Stub::RegisterSource, request);
  if (!answer) return Report(answer.error(), global);
  const auto code = *AuthorityCode::FromText(options.name);
  const Role role = options.kind == "court" ? Role::kCourt : Role::kReporter;
  if (auto issued = IssueCertificate(code, role, global); !issued) {
    std::cerr << "holdfast: " << options.name
              << " was registered, but has no certificate yet; add it again\n";
    return Report(issued.error(), global);
  }
  const std::string identity = NameOfRoleAt(role, code).text;
  return Answer({{"source", options.name},
                 {"kind", options.kind},
                 {"nation", options.nation},
                 {"covers", options.covers},
                 {"states", options.states},
                 {"silent_after", options.silent_after_days},
                 {"identity", identity},
                 {"positions", PositionsJson(answer->positions())}},
                options.name + " is registered; its certificate is " + identity + " in " +
                    global.keys + "/id\n",
                global);
}

}  // namespace

void AddSourceCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("source", "Courts and children's reporters that feed");
  group->require_subcommand(1);
  group->footer(
      "Example:\n"
      "  holdfast source add family-court-a --kind court --nation england --covers E06000901");
  auto options = std::make_shared<SourceOptions>();
  auto* add = group->add_subcommand(
      "add",
      "Register a source, with keys and a certificate of its own; again: change what it "
      "may state");
  add->add_option("name", options->name, "Its name, such as family-court-a")->required();
  add->add_option("--kind", options->kind, "court or reporter")
      ->required()
      ->check(CLI::IsMember({"court", "reporter"}));
  add->add_option("--nation", options->nation, "Whose law its codes are of: scotland or england")
      ->required()
      ->check(CLI::IsMember({"scotland", "england"}));
  add->add_option("--covers", options->covers,
                  "Codes of the authorities whose children it states facts of")
      ->required()
      ->delimiter(',');
  add->add_option("--states", options->states, "The kinds that it states; without it: all")
      ->delimiter(',');
  add->add_option("--silent-after", options->silent_after_days,
                  "Days after the last day heard of before its silence is an alert")
      ->capture_default_str();
  add->footer(
      "Examples:\n"
      "  holdfast source add family-court-a --kind court --nation england --covers E06000901\n"
      "  holdfast source add reporter-b --kind reporter --nation scotland --covers E06000901 "
      "--states referral,grounds,hearing_set --silent-after 7");
  RunsWhenChosen(*add, options, global, run, RunAdd);
}

}  // namespace holdfast::cli
