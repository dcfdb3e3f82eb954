#include "tools/holdfast/siblings_command.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "tools/holdfast/fact_options.h"
#include "tools/holdfast/meeting_json.h"

namespace holdfast::cli {
namespace {

namespace v1 = cases::v1;
using Stub = v1::CasesService::Stub;

struct SiblingOptions {
  FactOptions fact;  // authority, command id, child, day, review, reason
  std::string group;
  std::string decision;
  std::vector<std::string> children;
};

template <typename Request, typename Response>
int Post(const SiblingOptions& options, const GlobalOptions& global,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
         Request request) {
  auto opened = Open(options.fact, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  const auto answer = opened->client->Call(method, request);
  if (!answer) return Report(answer.error(), global);
  return Answer({{"group", Hex(answer->group())},
                 {"result", answer->result()},
                 {"positions", PositionsJson(answer->positions())}},
                answer->result() + ": siblings " + Hex(answer->group()) + "\n", global);
}

int RunCreate(const SiblingOptions& options, const GlobalOptions& global) {
  return Post(options, global, &Stub::CreateSiblingGroup, v1::CreateSiblingGroupRequest{});
}

template <typename Request, typename Response>
int PostChild(const SiblingOptions& options, const GlobalOptions& global,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  Request request;
  const auto group = ReadId("a sibling group", options.group);
  if (!group) return Report(group.error(), global);
  const auto child = ReadId("a child", options.fact.child);
  if (!child) return Report(child.error(), global);
  request.set_group(*group);
  request.mutable_child()->set_child(*child);
  return Post(options, global, method, std::move(request));
}

int RunJoin(const SiblingOptions& options, const GlobalOptions& global) {
  return PostChild(options, global, &Stub::JoinSiblings);
}

int RunLeave(const SiblingOptions& options, const GlobalOptions& global) {
  return PostChild(options, global, &Stub::LeaveSiblings);
}

int RunDecide(const SiblingOptions& options, const GlobalOptions& global) {
  v1::DecideSiblingsRequest request;
  const auto group = ReadId("a sibling group", options.group);
  if (!group) return Report(group.error(), global);
  request.set_group(*group);
  request.set_decision(options.decision);
  const auto on = ReadDay("--on", options.fact.on);
  if (!on) return Report(on.error(), global);
  *request.mutable_on() = *on;
  if (!options.fact.review.empty()) {
    const auto review = ReadDay("--review", options.fact.review);
    if (!review) return Report(review.error(), global);
    *request.mutable_review() = *review;
  }
  for (const auto& text : options.children) {
    const auto child = ReadId("a child", text);
    if (!child) return Report(child.error(), global);
    request.add_children(*child);
  }
  request.set_reason(options.fact.reason);
  return Post(options, global, &Stub::DecideSiblings, std::move(request));
}

int RunShow(const SiblingOptions& options, const GlobalOptions& global) {
  const auto group = ReadId("a sibling group", options.group);
  if (!group) return Report(group.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.fact.authority});
  if (!client) return Report(client.error(), global);
  v1::ShowSiblingsRequest request;
  request.set_authority((*client)->authority());
  request.set_group(*group);
  const auto answer = (*client)->Call(&Stub::ShowSiblings, request);
  if (!answer) return Report(answer.error(), global);
  return Answer(SiblingGroupJson(answer->view()), SiblingGroupText(answer->view()), global);
}

std::shared_ptr<SiblingOptions> NewOptions(CLI::App& command, bool is_of_group, bool changes) {
  auto options = std::make_shared<SiblingOptions>();
  command.add_option("--authority", options->fact.authority,
                     "Code of the authority, where KEYS has several");
  if (changes)
    command.add_option("--command-id", options->fact.command_id,
                       "A UUIDv7: the same command sent again is done once");
  if (is_of_group)
    command.add_option("group", options->group, "Id of the group, from the authority that made it")
        ->required();
  return options;
}

void AddOfChild(CLI::App& group, const GlobalOptions& global, std::function<int()>& run,
                const char* name, const char* what,
                int (*body)(const SiblingOptions&, const GlobalOptions&)) {
  auto* command = group.add_subcommand(name, what);
  auto options = NewOptions(*command, true, true);
  command->add_option("--child", options->fact.child, "Id of a child of the authority")->required();
  command->footer(std::string("Example:\n  holdfast siblings ") + name +
                  " 77c0... --child 8d3e...");
  RunsWhenChosen(*command, options, global, run, body);
}

void AddDecide(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("decide", "State where siblings are to live, and why");
  auto options = NewOptions(*command, true, true);
  command->add_option("decision", options->decision, "together or apart")
      ->required()
      ->check(CLI::IsMember({"together", "apart"}));
  command->add_option("--on", options->fact.on, "The day it was decided")->required();
  command->add_option("--review", options->fact.review, "The day by which it is reviewed");
  command->add_option("--child", options->children,
                      "Id of a child whom it concerns, once for each; without it, all");
  command->add_option("--reason", options->fact.reason,
                      "Why; kept sealed, and shown to the authority alone")
      ->required();
  command->footer(
      "Example:\n  holdfast siblings decide 77c0... together --on 2026-05-10 --review 2026-11-10 "
      "--reason 'both ask for it'");
  RunsWhenChosen(*command, options, global, run, RunDecide);
}

}  // namespace

void AddSiblingsCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand(
      "siblings", "Brothers and sisters, also of several authorities: each joins its own children");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast siblings create --authority E06000901\n"
      "  holdfast siblings join 77c0... --child 8d3e...");
  auto* create = group->add_subcommand(
      "create", "Make a group; its id is given to the other authorities with children in it");
  auto created = NewOptions(*create, false, true);
  create->footer("Example:\n  holdfast siblings create --authority E06000901");
  RunsWhenChosen(*create, created, global, run, RunCreate);
  AddOfChild(*group, global, run, "join", "Say that a child is one of the group", RunJoin);
  AddOfChild(*group, global, run, "leave", "Say that a child is not one of the group", RunLeave);
  AddDecide(*group, global, run);
  auto* show = group->add_subcommand(
      "show", "The children of a group and what was decided of them; audited");
  auto shown = NewOptions(*show, true, false);
  show->footer("Example:\n  holdfast siblings show 77c0...");
  RunsWhenChosen(*show, shown, global, run, RunShow);
}

}  // namespace holdfast::cli
