#include "services/cases/cases_service.h"

#include <future>

#include "services/cases/api/cases_calls.h"
#include "services/cases/app/tell_children.h"
#include "services/node/journalled_service.h"

namespace holdfast {
namespace {

constexpr size_t kThreads = 2;
constexpr std::chrono::seconds kEraseLimit{5};

// All of the service, from bottom to top.
class CasesService final : public JournalledService {
 public:
  explicit CasesService(NodeContext& context)
      : JournalledService(context, "cases"),
        sealer_(context.key_store, {.service = {"cases"}}),
        of_proceedings_(context.key_store, {.service = {"proceedings"}}),
        pool_(context.key_store),
        macs_(context.key_store, context.keys),
        copies_(context.partition_count),
        keeper_({.sealer = sealer_,
                 .keys = pool_,
                 .macs = macs_,
                 .copies = copies_,
                 .manual_clock = context.clock_mode == ClockMode::kManual,
                 .instance = context.instance}) {}
  ~CasesService() override { Stop(); }

  Result<void> Start() override {
    if (auto opened = Open(keeper_, {"proceedings", "contact"}, kThreads); !opened) return opened;
    if (auto serving = Serve(); !serving) return serving;
    if (auto started = StartLookup(); !started) return started;
    push_ = std::make_unique<cases::AuthorityPush>(*shards_, copies_, context_.clock);
    if (auto caught_up = push_->CatchUp(); !caught_up) return caught_up;
    tell_ = std::make_unique<Pusher>(cases::TellChildren(), *shards_, context_.clock);
    if (auto caught_up = tell_->CatchUp(); !caught_up) return caught_up;
    parts_.reset(new cases::CasesParts{
        *shards_, copies_, *push_, *tell_, runs_, sealer_, of_proceedings_, macs_, context_.keys,
        context_.clock, context_.today, context_.audit, *people_, context_.erasures});
    calls_ = cases::MakeCasesCalls(context_.gate, *parts_);
    return {};
  }

  // The look-up no longer finds the child, nor will it after a restart.
  Result<ErasedWith> Erase(const SubjectId& child) override {
    std::promise<Result<ErasedWith>> erased;
    people_->reader().ReadLatest({}, context_.clock.Steady() + kEraseLimit,
                                 [&](const Result<void>& read) {
                                   if (!read) return erased.set_value(tl::unexpected(read.error()));
                                   ErasedWith none;
                                   if (people_->model().HasStoredErasure(child)) none.emplace();
                                   erased.set_value(std::move(none));
                                 });
    return erased.get_future().get();
  }

  void Stop() override {
    if (push_ != nullptr) push_->Stop();
    if (tell_ != nullptr) tell_->Stop();
    JournalledService::Stop();
    if (people_ != nullptr) people_->Stop();
  }

  std::vector<ReadModel*> read_models() override { return {people_.get()}; }

 private:
  Result<void> StartLookup() {
    const uint32_t count = context_.partition_count;
    people_ = std::make_unique<ReadModelOf<cases::PersonLookup>>(
        "people", Projection::Options{.journals = JournalsOf("cases", count)}, context_.log,
        cases::PersonLookupRows([this](uint32_t part) { return database_->StoreOf(part); }, count),
        [this, count](const OpenPart& open) {
          return std::make_unique<cases::PersonLookup>(cases::LookupKeys{sealer_, context_.keys},
                                                       open, count);
        });
    return people_->Start(context_.witness);
  }

  PersonalSealer sealer_;
  PersonalSealer of_proceedings_;
  DataKeyPool pool_;
  RequestMacs macs_;
  cases::CopySubjects copies_;
  cases::StartedRuns runs_;
  cases::CasesKeeper keeper_;
  std::unique_ptr<ReadModelOf<cases::PersonLookup>> people_;
  std::unique_ptr<cases::AuthorityPush> push_;
  std::unique_ptr<Pusher> tell_;
  std::unique_ptr<cases::CasesParts> parts_;
};

}  // namespace

std::unique_ptr<Service> MakeCasesService(NodeContext& context) {
  return std::make_unique<CasesService>(context);
}

}  // namespace holdfast
