#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {

Status Usage(std::string message) {
  return {StatusCode::kInvalidArgument, "USAGE", std::move(message)};
}

Result<common::v1::Date> ReadDay(const std::string& option, const std::string& text) {
  const auto day = CivilDate::FromIso(text);
  if (day) return DateOf(*day);
  return tl::unexpected(Usage(option + " takes a day as YYYY-MM-DD, not '" + text + "'"));
}

Result<std::string> ReadId(const char* what, const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return tl::unexpected(
      Usage("'" + text + "' is not the id of " + what + ": 32 hexadecimal digits"));
}

Result<Opened> Open(const FactOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return tl::unexpected(client.error());
  auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return tl::unexpected(header.error());
  header->set_authority((*client)->authority());
  return Opened{std::move(*client), std::move(*header)};
}

std::shared_ptr<FactOptions> NewOptions(CLI::App& command) {
  auto options = std::make_shared<FactOptions>();
  command.add_option("--authority", options->authority,
                     "Code of the authority, where KEYS has several");
  command.add_option("--command-id", options->command_id,
                     "A UUIDv7: the same command sent again is done once");
  return options;
}

}  // namespace holdfast::cli
