#include "libs/obs/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "libs/base/civil_date.h"

namespace holdfast {
namespace {

constexpr size_t kMostTextBytes = 1024;

std::string_view Text(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

// RFC 3339, UTC, to the microsecond.
std::string Text(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time(at - day);
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return CivilDate(static_cast<int32_t>(day.time_since_epoch().count())).Iso() + text;
}

nlohmann::ordered_json ToJson(const LogField::Value& value) {
  return std::visit(
      [](const auto& held) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::string>)
          return held.substr(0, kMostTextBytes);
        else
          return held;
      },
      value);
}

}  // namespace

std::string LogLine(Instant at, LogLevel level, ConstantText message, LogFields fields) {
  nlohmann::ordered_json line;
  line["ts"] = Text(at);
  line["level"] = Text(level);
  line["msg"] = message.text();
  line["fields"] = nlohmann::ordered_json::object();
  for (const auto& field : fields)
    line["fields"][std::string(field.name())] = ToJson(field.value());
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class Log::Sinks {
 public:
  explicit Sinks(const LogOptions& options) : logger_("holdfast") {
    if (!options.file.empty()) {
      logger_.sinks().push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
          options.file.string(), options.file_bytes, options.files));
    }
    if (options.to_stderr)
      logger_.sinks().push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger_.set_pattern("%v");
    logger_.set_level(spdlog::level::trace);
    logger_.flush_on(spdlog::level::trace);
  }

  void Write(const std::string& line) {
    logger_.log(spdlog::level::info, spdlog::string_view_t(line));
  }

 private:
  spdlog::logger logger_;
};

Log::Log(std::unique_ptr<Sinks> sinks, LogLevel least, const Clock& clock)
    : sinks_(std::move(sinks)), least_(least), clock_(clock) {}

Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::Open(const LogOptions& options, const Clock& clock) {
  try {
    return std::unique_ptr<Log>(new Log(std::make_unique<Sinks>(options), options.least, clock));
  } catch (const spdlog::spdlog_ex& failure) {
    return Fail(StatusCode::kFailedPrecondition, "LOG_UNWRITABLE", failure.what());
  }
}

void Log::Write(LogLevel level, ConstantText message, LogFields fields) {
  if (level >= least_) sinks_->Write(LogLine(clock_.Now(), level, message, fields));
}

}  // namespace holdfast
