#include "services/node/manual_day.h"

#include "services/node/checked_file.h"

namespace holdfast {

Result<void> ManualDay::Create(const std::filesystem::path& path, CivilDate day) {
  return WriteCheckedFile(path, day.Iso() + "\n");
}

Result<std::unique_ptr<ManualDay>> ManualDay::Open(const std::filesystem::path& path) {
  const auto text = ReadCheckedFile(path);
  if (!text) return tl::unexpected(text.error());
  const auto day = CivilDate::FromIso(std::string_view(*text).substr(0, text->size() - 1));
  if (!day) {
    return Fail(StatusCode::kDataLoss, "FILE_DAMAGED", path.string() + " holds no day");
  }
  return std::unique_ptr<ManualDay>(new ManualDay(path, *day));
}

CivilDate ManualDay::day() const {
  const std::lock_guard lock(mutex_);
  return day_;
}

Result<void> ManualDay::Set(CivilDate day) {
  const std::lock_guard writing(writing_);
  const CivilDate before = this->day();
  if (day == before) return {};
  if (day < before) {
    return Fail(StatusCode::kInvalidArgument, "CLOCK_BACKWARDS",
                "the clock shows " + before.Iso() + " and never goes back");
  }
  if (auto written = Create(path_, day); !written) return written;
  const std::lock_guard lock(mutex_);
  day_ = day;
  return {};
}

}  // namespace holdfast
