// A client's own record of what it asked for and what it was told.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace holdfast {

struct Asked {
  std::vector<std::string> words;
  std::string answer;  // blank: none came
};

// Every line is synced before the client goes on. Thread-safe.
class ClientsRecord {
 public:
  explicit ClientsRecord(const std::filesystem::path& path);
  ~ClientsRecord();
  ClientsRecord(const ClientsRecord&) = delete;
  ClientsRecord& operator=(const ClientsRecord&) = delete;

  void Ask(const std::string& id, const std::vector<std::string>& words);
  void Answer(const std::string& id, const std::string& answer);
  std::map<std::string, Asked> asked() const;

 private:
  void Write(const std::string& line);

  const int file_;
  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, Asked> asked_;
};

// A new UUIDv7.
std::string NewCommandId();

}  // namespace holdfast
