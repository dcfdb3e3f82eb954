#include "tools/holdfast/subscriber_command.h"

#include <filesystem>

#include "libs/crypto/hardening.h"
#include "libs/crypto/keys_folder.h"
#include "libs/rpc/certificates.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"

namespace holdfast::cli {
namespace {

struct SubscriberOptions {
  std::string group;
};

// Names of authorities, sources and groups are one space: a certificate's body is one of them.
Result<void> RequireFree(const GlobalOptions& global, const AuthorityCode& group) {
  std::error_code ignored;
  for (const char* folder : {"authority", "source"}) {
    if (!std::filesystem::exists(std::filesystem::path(global.keys) / folder / group.text(),
                                 ignored))
      continue;
    return Fail(StatusCode::kFailedPrecondition, "CODE_TAKEN",
                group.text() + " is the name of an authority or source already; choose another");
  }
  return {};
}

int RunAdd(const SubscriberOptions& options, const GlobalOptions& global) {
  HardenProcess();
  const auto group = AuthorityCode::FromText(options.group);
  if (!group) {
    return ReportNothingDone(
        {StatusCode::kInvalidArgument, "USAGE",
         "'" + options.group + "' is no name of a group: 1 to 32 letters, digits, '-' or '_'"},
        global);
  }
  if (const auto keys = KeysFolder::Open(PathsOf(global)); !keys)
    return ReportNothingDone(keys.error(), global);
  if (auto free = RequireFree(global, *group); !free)
    return ReportNothingDone(free.error(), global);
  const Instant now = SystemClock().Now();
  const auto authority = CertificateAuthority::OpenOrCreate(global.keys, now);
  if (!authority) return Report(authority.error(), global);
  const auto identity = NameOfRoleAt(Role::kSubscriber, *group);
  const std::string role(Text(Role::kSubscriber));
  if (auto issued = authority->Issue(identity, {*group, Role::kSubscriber, role}, now); !issued)
    return Report(issued.error(), global);
  return Answer({{"group", group->text()}, {"identity", identity.text}},
                group->text() + " is a group of subscribers; its certificate is " + identity.text +
                    " in " + global.keys + "/id\n",
                global);
}

}  // namespace

void AddSubscriberCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("subscriber", "Groups that get events under pseudonyms");
  group->require_subcommand(1);
  group->footer("Example:\n  holdfast subscriber add university-a");
  auto options = std::make_shared<SubscriberOptions>();
  auto* add = group->add_subcommand(
      "add",
      "Make a group's certificate in KEYS; again is no error. On Kafka, run 'topics apply' again");
  add->add_option("group", options->group, "Its name, such as university-a")->required();
  add->footer("Example:\n  holdfast subscriber add university-a");
  RunsWhenChosen(*add, options, global, run, RunAdd);
}

}  // namespace holdfast::cli
