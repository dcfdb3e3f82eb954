// The program's own log: JSON lines for operators. Never personal data: a message is a constant of the program, and fields
// carry names of services, methods and reasons, numbers and random-looking ids.
//
//   {"ts":"2026-04-01T09:30:00.000123Z","level":"info","msg":"serving","endpoint":"127.0.0.1:40123"}
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

#include "libs/base/status.h"

namespace holdfast::obs {

// A text that is in the program itself: nothing that was read or received becomes one.
struct Constant {
  consteval Constant(const char* literal) : text(literal) {}  // NOLINT: from literals, on purpose
  std::string_view text;
};

struct Field {
  Field(Constant name, std::string_view value) : name(name.text), value(value) {}
  Field(Constant name, std::integral auto number)
      : name(name.text), value(std::to_string(number)), is_number(true) {}

  std::string_view name;
  std::string value;
  bool is_number = false;
};

struct LogOptions {
  std::filesystem::path file;    // rotated: at most `files` of `file_bytes` each
  bool to_standard_error = true;
  size_t file_bytes = 10 << 20;
  size_t files = 5;
};

// Before this is called, and after CloseLog, lines go nowhere. LOG_NOT_OPENED.
Result<void> OpenLog(const LogOptions& options);
void CloseLog();

// Thread-safe; each line is handed to the kernel before the call returns.
void Info(Constant message, std::initializer_list<Field> fields = {});
void Warn(Constant message, std::initializer_list<Field> fields = {});
void Error(Constant message, std::initializer_list<Field> fields = {});
// The fields of a failure: reason and message, which hold no personal data.
void Error(Constant message, const Status& status);

}  // namespace holdfast::obs
