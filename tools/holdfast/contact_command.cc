#include "tools/holdfast/contact_command.h"

#include "holdfast/contact/v1/contact_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/contact_json.h"

namespace holdfast::cli {
namespace {

using Stub = contact::v1::ContactService::Stub;

struct ContactOptions {
  std::string authority;
  std::string child;
  std::string known_at;
  std::string from;
  std::string to;
};

Status Usage(std::string message) {
  return {StatusCode::kInvalidArgument, "USAGE", std::move(message)};
}

Result<std::string> ReadChild(const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return tl::unexpected(Usage("'" + text + "' is not the id of a child: 32 hexadecimal digits"));
}

// Sets the day that `where` gives, where one is said; USAGE when it is none.
template <typename Where>
Result<void> ReadDayInto(const char* option, const std::string& text, Where where) {
  if (text.empty()) return {};
  const auto day = CivilDate::FromIso(text);
  if (!day)
    return tl::unexpected(
        Usage(std::string(option) + " takes a day as YYYY-MM-DD, not '" + text + "'"));
  *where() = DateOf(*day);
  return {};
}

int RunShow(const ContactOptions& options, const GlobalOptions& global) {
  contact::v1::ShowContactRequest request;
  const auto child = ReadChild(options.child);
  if (!child) return Report(child.error(), global);
  request.set_child(*child);
  const auto known = ReadDayInto("--known-at", options.known_at,
                                 [&] { return request.mutable_view()->mutable_known_at(); });
  if (!known) return Report(known.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto answer = (*client)->Call(&Stub::ShowContact, request);
  if (!answer) return Report(answer.error(), global);
  return Answer(ContactJson(answer->view()), ContactText(answer->view()), global);
}

int RunPack(const ContactOptions& options, const GlobalOptions& global) {
  contact::v1::AssemblePackRequest request;
  const auto child = ReadChild(options.child);
  if (!child) return Report(child.error(), global);
  request.set_child(*child);
  const auto from = ReadDayInto("--from", options.from, [&] { return request.mutable_from(); });
  if (!from) return Report(from.error(), global);
  const auto to = ReadDayInto("--to", options.to, [&] { return request.mutable_to(); });
  if (!to) return Report(to.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto answer = (*client)->Call(&Stub::AssemblePack, request);
  if (!answer) return Report(answer.error(), global);
  return Answer(PackJson(answer->pack()), PackText(answer->pack()), global);
}

std::shared_ptr<ContactOptions> NewOptions(CLI::App& command) {
  auto options = std::make_shared<ContactOptions>();
  command.add_option("--child", options->child, "Id of the child")->required();
  command.add_option("--authority", options->authority,
                     "Code of the authority, where KEYS has several");
  return options;
}

}  // namespace

void AddContactCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand(
      "contact", "Contact of a child with those who matter to it; facts are stated with `case record`");
  group->require_subcommand(1);
  group->footer("Example:\n  holdfast contact show --child 8d3e...");

  auto* show = group->add_subcommand(
      "show", "Agreements with their versions, sessions kept by party, what was seen and said");
  auto shown = NewOptions(*show);
  show->add_option("--known-at", shown->known_at, "As the team knew it by the end of this day");
  show->footer(
      "Examples:\n  holdfast contact show --child 8d3e...\n  holdfast contact show --child 8d3e... "
      "--known-at 2026-03-31");
  RunsWhenChosen(*show, shown, global, run, RunShow);

  auto* pack = group->add_subcommand(
      "pack", "The evidence for a hearing or court, in order of days, each with its source; audited");
  auto packed = NewOptions(*pack);
  pack->add_option("--from", packed->from,
                   "The first day; what was agreed before and stands is told of too");
  pack->add_option("--to", packed->to, "The last day; without it, today");
  pack->footer(
      "Examples:\n  holdfast contact pack --child 8d3e...\n  holdfast contact pack --child 8d3e... "
      "--from 2026-01-01 --to 2026-03-31");
  RunsWhenChosen(*pack, packed, global, run, RunPack);
}

}  // namespace holdfast::cli
