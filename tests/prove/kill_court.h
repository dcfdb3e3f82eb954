// A court that feeds hearings while the real program is killed, and what must come of them in other
// services' journals.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/prove/campaign.h"
#include "tests/prove/real_folder.h"

namespace holdfast {

// Each batch sets hearings of a child that is registered and of one that may not be yet, and moves
// the first hearing of the batch before. Every batch is sent until it is answered, so each hearing
// must stand once at its child, on the day that was said last, however often the program died
// between the court's journal, the child's and the calendar's.
class FeedingCourt {
 public:
  FeedingCourt(const RealFolder& folder, std::filesystem::path files, std::string authority)
      : folder_(folder), files_(std::move(files)), authority_(std::move(authority)) {}

  // Makes the court known; to be called once, while the program serves.
  void Register();
  // Sends the next batch. Local ids of the authority's children. From one thread at a time.
  void Feed(const std::string& registered, const std::string& to_come,
            const std::function<bool()>& gives_up);
  // Sends again whole what was not answered.
  void Settle(CampaignResult& result);
  // Counts hearings that are nowhere as lost, those that stand twice as doubled.
  void Judge(CampaignResult& result) const;

  uint64_t hearings() const;

 private:
  using DayByRef = std::map<std::string, std::string>;

  struct Batch {
    std::filesystem::path file;
    bool answered = false;
  };

  bool Send(Batch& batch, const std::function<bool()>& gives_up);
  // True if `shown`, a case, has all of `hearings`.
  static bool AreThere(const DayByRef& hearings, const nlohmann::json& shown);
  void JudgeChild(const std::string& local_id, const DayByRef& hearings, nlohmann::json shown,
                  CampaignResult& result) const;
  void JudgeCalendar(const nlohmann::json& shown, CampaignResult& result) const;

  const RealFolder& folder_;
  const std::filesystem::path files_;
  const std::string authority_;
  std::vector<Batch> batches_;
  std::map<std::string, DayByRef> hearings_;  // by local id
  std::string moves_;                         // the first hearing of the last batch, as columns
};

}  // namespace holdfast
