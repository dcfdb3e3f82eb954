#include "services/node/manual_day.h"

#include "services/node/checked_file.h"

namespace holdfast {
namespace {

constexpr char kDayRow[] = "day";

}  // namespace

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
  return std::unique_ptr<ManualDay>(new ManualDay(path, nullptr, *day));
}

std::unique_ptr<ManualDay> ManualDay::OpenShared(SharedTable& table, CivilDate first) {
  return std::unique_ptr<ManualDay>(new ManualDay({}, &table, first));
}

CivilDate ManualDay::day() const {
  if (table_ != nullptr) {
    const auto text = table_->Get(kDayRow);
    if (const auto day = text ? CivilDate::FromIso(*text) : std::nullopt) return *day;
  }
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
  if (table_ != nullptr) return table_->Put({{kDayRow, day.Iso()}});
  if (auto written = Create(path_, day); !written) return written;
  const std::lock_guard lock(mutex_);
  day_ = day;
  return {};
}

}  // namespace holdfast
