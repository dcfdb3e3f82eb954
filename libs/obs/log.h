// Logs for machines and for people with a reader of JSON: one object a line,
//
//   {"ts":"2026-03-01T09:00:00.000123Z","level":"info","msg":"import finished","fields":{"rows":3}}
//
// No payloads: a message is a constant of the source, and a field is a number, an id, a truth
// value, a constant, or a text that the source states to be no personal data.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"

namespace holdfast {

// A text that stands in the source.
class ConstantText {
 public:
  template <size_t kSize>
  consteval ConstantText(const char (&text)[kSize]) : text_(text, kSize - 1) {}

  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A text of the machine or the operator, such as a path, an address or a system's message; at most
// 1,024 bytes are kept.
struct PlainText {
  std::string text;
};

class LogField {
 public:
  LogField(ConstantText name, std::integral auto number) : name_(name), value_(Number(number)) {}
  LogField(ConstantText name, double number) : name_(name), value_(number) {}
  LogField(ConstantText name, std::chrono::milliseconds time)
      : name_(name), value_(int64_t{time.count()}) {}
  LogField(ConstantText name, ConstantText text) : name_(name), value_(std::string(text.text())) {}
  LogField(ConstantText name, PlainText text) : name_(name), value_(std::move(text.text)) {}
  template <typename Tag>
  LogField(ConstantText name, const Id<Tag>& id) : name_(name), value_(id.HexText()) {}

  using Value = std::variant<bool, int64_t, uint64_t, double, std::string>;

  std::string_view name() const { return name_.text(); }
  const Value& value() const { return value_; }

 private:
  template <typename T>
  static Value Number(T number) {
    if constexpr (std::same_as<T, bool>)
      return number;
    else if constexpr (std::signed_integral<T>)
      return int64_t{number};
    else
      return uint64_t{number};
  }

  ConstantText name_;
  Value value_;
};

using LogFields = std::initializer_list<LogField>;

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct LogOptions {
  std::filesystem::path file;  // its folder is made where missing; blank: no file
  size_t file_bytes = size_t{16} << 20;
  size_t files = 5;  // older ones are FILE.1.log and so on; one more drops the oldest
  bool to_stderr = true;
  LogLevel least = LogLevel::kInfo;
};

// One line, without its end. Pure.
std::string LogLine(Instant at, LogLevel level, ConstantText message, LogFields fields);

// Any thread; each line is written at once.
class Log {
 public:
  // `clock` outlives it. LOG_UNWRITABLE.
  static Result<std::unique_ptr<Log>> Open(const LogOptions& options, const Clock& clock);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void Debug(ConstantText message, LogFields fields = {}) {
    Write(LogLevel::kDebug, message, fields);
  }
  void Info(ConstantText message, LogFields fields = {}) {
    Write(LogLevel::kInfo, message, fields);
  }
  void Warning(ConstantText message, LogFields fields = {}) {
    Write(LogLevel::kWarning, message, fields);
  }
  void Error(ConstantText message, LogFields fields = {}) {
    Write(LogLevel::kError, message, fields);
  }
  void Write(LogLevel level, ConstantText message, LogFields fields);

 private:
  class Sinks;
  Log(std::unique_ptr<Sinks> sinks, LogLevel least, const Clock& clock);

  std::unique_ptr<Sinks> sinks_;
  const LogLevel least_;
  const Clock& clock_;
};

}  // namespace holdfast
