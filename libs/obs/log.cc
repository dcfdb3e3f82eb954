#include "libs/obs/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <vector>

namespace holdfast::obs {
namespace {

using Level = spdlog::level::level_enum;

// The process's one log, which outlives all who write to it.
struct TheLog {
  std::mutex mutex;  // guards logger
  std::shared_ptr<spdlog::logger> logger;
};

TheLog& Log() {
  static auto* const log = new TheLog;
  return *log;
}

std::shared_ptr<spdlog::logger> Logger() {
  const std::lock_guard lock(Log().mutex);
  return Log().logger;
}

// The part of a line behind the time that spdlog writes.
std::string Line(std::string_view level, Constant message, std::initializer_list<Field> fields) {
  nlohmann::ordered_json json{{"level", level}, {"msg", message.text}};
  for (const Field& field : fields) {
    if (field.is_number) {
      json[std::string(field.name)] = std::stoll(field.value);
    } else {
      json[std::string(field.name)] = field.value;
    }
  }
  const std::string whole =
      json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return whole.substr(1);
}

void Write(Level severity, std::string_view level, Constant message,
           std::initializer_list<Field> fields) {
  if (const auto logger = Logger()) logger->log(severity, "{}", Line(level, message, fields));
}

}  // namespace

Result<void> OpenLog(const LogOptions& options) {
  try {
    std::vector<spdlog::sink_ptr> sinks;
    sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        options.file.string(), options.file_bytes, options.files));
    if (options.to_standard_error) {
      sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    }
    auto logger = std::make_shared<spdlog::logger>("holdfast", sinks.begin(), sinks.end());
    logger->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%fZ",%v)", spdlog::pattern_time_type::utc);
    logger->flush_on(Level::info);
    const std::lock_guard lock(Log().mutex);
    Log().logger = std::move(logger);
    return {};
  } catch (const spdlog::spdlog_ex& error) {
    return Fail(StatusCode::kFailedPrecondition, "LOG_NOT_OPENED", error.what());
  }
}

void CloseLog() {
  const std::lock_guard lock(Log().mutex);
  Log().logger.reset();
}

void Info(Constant message, std::initializer_list<Field> fields) {
  Write(Level::info, "info", message, fields);
}

void Warn(Constant message, std::initializer_list<Field> fields) {
  Write(Level::warn, "warning", message, fields);
}

void Error(Constant message, std::initializer_list<Field> fields) {
  Write(Level::err, "error", message, fields);
}

void Error(Constant message, const Status& status) {
  Error(message, {{"reason", status.reason}, {"detail", status.message}});
}

}  // namespace holdfast::obs
