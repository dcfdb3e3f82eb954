#include "tests/prove/clients_record.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>

#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/base/uuid.h"

namespace holdfast {

ClientsRecord::ClientsRecord(const std::filesystem::path& path)
    : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
  HOLDFAST_CHECK(file_ >= 0);
}

ClientsRecord::~ClientsRecord() { close(file_); }

void ClientsRecord::Ask(const std::string& id, const std::vector<std::string>& words) {
  const std::lock_guard lock(mutex_);
  Write("ask " + id + "\n");
  asked_[id].words = words;
}

void ClientsRecord::Answer(const std::string& id, const std::string& answer) {
  const std::lock_guard lock(mutex_);
  Write("ack " + id + " " + answer + "\n");
  asked_[id].answer = answer;
}

std::map<std::string, Asked> ClientsRecord::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

void ClientsRecord::Write(const std::string& line) {
  HOLDFAST_CHECK(write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  HOLDFAST_CHECK(fdatasync(file_) == 0);
}

std::string NewCommandId() {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return UuidText(UuidV7(SystemClock().Now(), random));
}

}  // namespace holdfast
