// An authority that imports its tracker sheet again and again while the real program is killed.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/prove/campaign.h"
#include "tests/prove/clients_record.h"
#include "tests/prove/judge_sets.h"
#include "tests/prove/real_folder.h"

namespace holdfast {

// Each sheet is of a day of its own, moves the hearing of the same three children and brings one
// child more. A sheet is imported anew until an import of it ends, so that each child must stand
// once, with one care period and one hearing, which is the last sheet's.
class ImportedSheets {
 public:
  ImportedSheets(const RealFolder& folder, const std::filesystem::path& files,
                 std::string authority);

  // Imports the next sheet. From one thread at a time.
  void Import(const std::function<bool()>& gives_up);
  // Imports again what did not end.
  void Settle(CampaignResult& result);
  void Judge(CampaignResult& result) const;

  uint64_t sheets() const { return sheets_; }

 private:
  bool Send(const std::function<bool()>& gives_up);
  Standing LocalIds() const;
  // The hearings in the child's calendar, once it has this one alone or has had time to.
  Standing InCalendar(const std::string& child, const std::string& hearing) const;

  const RealFolder& folder_;
  const std::filesystem::path files_;
  ClientsRecord record_;
  const std::string authority_;
  size_t sheets_ = 0;
  std::vector<std::string> under_way_;  // the words of an import that has not ended
};

}  // namespace holdfast
