// A team that states contact and holds meetings of several children while the real program is
// killed, and what must come of them in each child's record.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/prove/campaign.h"
#include "tests/prove/clients_record.h"
#include "tests/prove/judge_sets.h"
#include "tests/prove/real_folder.h"

namespace holdfast {

// States an agreement or a session, each of a day of its own, and then takes a meeting of two
// children one step on: planned, held, and of three meetings one corrected and one withdrawn. A
// command is asked again under its id until it is answered, so that each fact must stand once in
// contact's record, in the case, and in each child of a meeting, as it was said last.
class TeamAtWork {
 public:
  // `children`: ids of the authority's children, four or more.
  TeamAtWork(const RealFolder& folder, const std::filesystem::path& files, std::string authority)
      : folder_(folder), record_(files / "team"), authority_(std::move(authority)) {}

  void KnowsChild(std::string child) { children_.push_back(std::move(child)); }

  // The next command. From one thread at a time.
  void Work(const std::function<bool()>& gives_up);
  // Asks again for what was not answered.
  void Settle(CampaignResult& result);
  void Judge(CampaignResult& result) const;

  uint64_t contact_facts() const { return facts_.size(); }
  uint64_t meetings() const { return meetings_.size(); }
  uint64_t commands() const { return record_.asked().size(); }

 private:
  struct ContactFact {
    std::string child;
    bool is_session = false;
    std::string on;
  };
  struct Meeting {
    size_t number = 0;
    std::string id;
    size_t steps_done = 0;
  };
  // A command, and what its answer changes.
  struct Step {
    std::string command_id;
    std::vector<std::string> words;
    std::function<void(const nlohmann::json&)> done;
  };
  // What must stand of a child, or stands.
  struct ChildsRecord {
    Standing agreements;          // in contact's record
    Standing agreements_of_case;  // in the case, from contact's journal
    Standing sessions;
    Standing meetings;  // id, state and day
    Standing reviews;   // the meetings', by day

    bool operator==(const ChildsRecord&) const = default;
  };

  Step NextFact();
  Step NextOfMeetings();
  bool Send(const std::function<bool()>& gives_up);
  ChildsRecord Expected(const std::string& child) const;
  ChildsRecord Found(const std::string& child) const;

  const RealFolder& folder_;
  ClientsRecord record_;
  const std::string authority_;
  std::vector<std::string> children_;
  std::vector<ContactFact> facts_;  // that were stated
  std::vector<Meeting> meetings_;
  size_t turns_ = 0;
  std::optional<Step> under_way_;  // asked, and not answered
};

}  // namespace holdfast
