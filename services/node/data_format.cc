#include "services/node/data_format.h"

#include <charconv>
#include <optional>
#include <string>

#include "services/node/checked_file.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "holdfast data 1\n";

std::string TextOf(const DataFormat& format) {
  std::string text = std::string(kFirstLine) + "partitions " +
                     std::to_string(format.partition_count) + "\nclock " +
                     std::string(Text(format.clock)) + "\n";
  if (format.is_shared())
    text += "deployment " + format.deployment + "\ninstance " + format.instance + "\n";
  return text;
}

// What follows `name` and a space on a line of its own; blank: there is no such line.
std::string ValueOf(std::string_view text, const std::string& name) {
  const auto at = text.find("\n" + name + " ");
  if (at == std::string_view::npos) return "";
  text.remove_prefix(at + name.size() + 2);
  return std::string(text.substr(0, text.find('\n')));
}

std::optional<DataFormat> FormatOf(std::string_view text) {
  const std::string_view partitions = "partitions ";
  if (!text.starts_with(kFirstLine)) return std::nullopt;
  std::string_view rest = text.substr(kFirstLine.size());
  if (!rest.starts_with(partitions)) return std::nullopt;
  rest.remove_prefix(partitions.size());
  DataFormat format;
  std::from_chars(rest.data(), rest.data() + rest.size(), format.partition_count);
  if (ValueOf(text, "clock") == Text(ClockMode::kManual)) format.clock = ClockMode::kManual;
  format.deployment = ValueOf(text, "deployment");
  format.instance = ValueOf(text, "instance");
  if (TextOf(format) != text) return std::nullopt;
  return format;
}

}  // namespace

Result<DataFolderState> LookAtDataFolder(const fs::path& data) {
  std::error_code error;
  if (fs::exists(data_path::Format(data), error)) return DataFolderState::kMade;
  if (fs::exists(data_path::Making(data), error)) return DataFolderState::kBeingMade;
  if (!fs::exists(data, error)) return DataFolderState::kNone;
  if (fs::is_empty(data, error) && !error) return DataFolderState::kNone;
  return Fail(StatusCode::kFailedPrecondition, "DATA_DAMAGED",
              data.string() +
                  " holds files but not the file 'format' of a Holdfast data folder; "
                  "choose another folder, or restore the file");
}

Result<DataFormat> ReadDataFormat(const fs::path& data) {
  const auto state = LookAtDataFolder(data);
  if (!state) return tl::unexpected(state.error());
  if (*state != DataFolderState::kMade) {
    return Fail(
        StatusCode::kFailedPrecondition, "NO_DATA",
        "there is no Holdfast data folder " + data.string() + "; make one with: holdfast init");
  }
  const auto text = ReadCheckedFile(data_path::Format(data));
  if (!text) return tl::unexpected(text.error());
  const auto format = FormatOf(*text);
  if (!format) {
    return Fail(StatusCode::kFailedPrecondition, "UNKNOWN_FORMAT",
                data_path::Format(data).string() + " is of another version of Holdfast");
  }
  return *format;
}

Result<void> WriteDataFormat(const fs::path& data, const DataFormat& format) {
  return WriteCheckedFile(data_path::Format(data), TextOf(format));
}

}  // namespace holdfast
