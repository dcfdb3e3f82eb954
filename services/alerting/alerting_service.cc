#include "services/alerting/alerting_service.h"

#include "services/alerting/api/alerting_calls.h"
#include "services/alerting/app/alerting_keeper.h"
#include "services/alerting/app/clock_check.h"
#include "services/node/ask_shards.h"
#include "services/node/journalled_service.h"

namespace holdfast {
namespace {

constexpr size_t kThreads = 2;

// All of the service, from bottom to top.
class AlertingService final : public JournalledService {
 public:
  explicit AlertingService(NodeContext& context)
      : JournalledService(context, "alerting"),
        sealer_(context.key_store, {.service = {"alerting"}}),
        registrations_(context.key_store, {.service = {"cases"}}),
        macs_(context.key_store, context.keys),
        keeper_({.sealer = sealer_, .macs = macs_, .partition_count = context.partition_count}) {}
  ~AlertingService() override { Stop(); }

  Result<void> Start() override {
    if (auto opened = Open(keeper_, {"cases", "proceedings", "contact"}, kThreads); !opened)
      return opened;
    auto refused = context_.clock_mode == ClockMode::kManual
                       ? Result<std::string>("")
                       : alerting::WhyClockIsRefused(context_.log, context_.partition_count,
                                                     context_.clock.Now());
    if (!refused) return tl::unexpected(refused.error());
    if (auto serving = Serve(); !serving) return serving;
    rounds_ = std::make_unique<alerting::Rounds>(
        alerting::RoundsParts{.shards = *shards_,
                              .log = context_.log,
                              .clock = context_.clock,
                              .today = context_.today,
                              .clock_mode = context_.clock_mode,
                              .policy = alerting::PolicyOfFiles(ShippedPolicyFiles())},
        std::move(*refused));
    rounds_->Start();
    parts_.reset(new alerting::AlertingParts{*shards_, context_.log, *rounds_, registrations_,
                                             macs_, context_.clock, context_.clock_mode,
                                             context_.manual_day, context_.audit});
    calls_ = alerting::MakeAlertingCalls(context_.gate, *parts_);
    return {};
  }

  bool serving() const override {
    return rounds_ != nullptr && rounds_->status().refused.empty() && shards_->all_serving();
  }

  Result<ErasedWith> Erase(const SubjectId& child) override {
    return ReadNow<ErasedWith>(*shards_, child, context_.clock, [&](Subjects& subjects) {
      ErasedWith none;
      if (StateOf<alerting::AlertingState>(subjects, child).alerts.erased) none.emplace();
      return none;
    });
  }

  void Stop() override {
    if (rounds_ != nullptr) rounds_->Stop();
    JournalledService::Stop();
  }

 private:
  PersonalSealer sealer_;
  PersonalSealer registrations_;
  RequestMacs macs_;
  alerting::AlertingKeeper keeper_;
  std::unique_ptr<alerting::Rounds> rounds_;
  std::unique_ptr<alerting::AlertingParts> parts_;
};

}  // namespace

std::unique_ptr<Service> MakeAlertingService(NodeContext& context) {
  return std::make_unique<AlertingService>(context);
}

}  // namespace holdfast
