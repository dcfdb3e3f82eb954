// What the benchmarks share: a line a figure, and a closed loop.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <semaphore>
#include <string>

namespace holdfast {

inline double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// {"figure","value","unit","baseline","baseline_value","ratio"}; the ratio is value to baseline.
inline void Print(const std::string& figure, double value, const std::string& unit,
                  const std::string& baseline, double baseline_value) {
  std::printf(
      "{\"figure\":\"%s\",\"value\":%.6g,\"unit\":\"%s\",\"baseline\":\"%s\","
      "\"baseline_value\":%.6g,\"ratio\":%.3f}\n",
      figure.c_str(), value, unit.c_str(), baseline.c_str(), baseline_value,
      value / baseline_value);
  std::fflush(stdout);
}

// `in_flight` at a time, until `count` have been answered; how many a second. `send` is given the
// number and what to call when it is answered.
template <typename Send>
double ClosedLoop(uint64_t count, std::ptrdiff_t in_flight, Send send) {
  std::counting_semaphore<> slots(in_flight);
  const auto start = std::chrono::steady_clock::now();
  for (uint64_t i = 0; i < count; ++i) {
    slots.acquire();
    send(i, [&slots] { slots.release(); });
  }
  for (std::ptrdiff_t i = 0; i < in_flight; ++i) slots.acquire();
  return static_cast<double>(count) / SecondsSince(start);
}

// Each measures in an empty folder of its own.
void BenchRebuild(const std::filesystem::path& folder);
void BenchShardCommands(const std::filesystem::path& folder);
void BenchDurableCommands(const std::filesystem::path& folder);
void BenchWorklist(const std::filesystem::path& folder);
void BenchImport(const std::filesystem::path& folder);
void BenchRestart(const std::filesystem::path& folder);
void BenchFeed(const std::filesystem::path& folder);
void BenchFactToAlert(const std::filesystem::path& folder);
void BenchChildsPage(const std::filesystem::path& folder);
void BenchRebuildServices(const std::filesystem::path& folder);

// Echoes behind mutual TLS and the gate, with a deployment's keys, until it is ended; says its
// endpoint first.
void ServeEcho(const std::filesystem::path& keys);

}  // namespace holdfast
