#include "services/proceedings/proceedings_service.h"

#include "services/node/ask_shards.h"
#include "services/node/journalled_service.h"
#include "services/proceedings/api/proceedings_calls.h"
#include "services/proceedings/app/erase_items.h"
#include "services/proceedings/app/proceedings_keeper.h"
#include "services/proceedings/app/what_follows.h"

namespace holdfast {
namespace {

constexpr size_t kThreads = 2;

// All of the service, from bottom to top.
class ProceedingsService final : public JournalledService {
 public:
  explicit ProceedingsService(NodeContext& context)
      : JournalledService(context, "proceedings"),
        sealer_(context.key_store, {.service = {"proceedings"}}),
        pool_(context.key_store),
        macs_(context.key_store, context.keys),
        copies_(context.partition_count),
        keeper_({.sealer = sealer_,
                 .keys = pool_,
                 .macs = macs_,
                 .copies = copies_,
                 .manual_clock = context.clock_mode == ClockMode::kManual}) {}
  ~ProceedingsService() override { Stop(); }

  Result<void> Start() override {
    if (auto opened = Open(keeper_, {"cases"}, kThreads); !opened) return opened;
    if (auto serving = Serve(); !serving) return serving;
    push_ =
        std::make_unique<Pusher>(proceedings::PushesOf(sealer_, copies_), *shards_, context_.clock);
    if (auto caught_up = push_->CatchUp(); !caught_up) return caught_up;
    parts_.reset(new proceedings::ProceedingsParts{
        *shards_, copies_, *push_, heard_, sealer_, macs_, context_.keys, context_.clock,
        context_.clock_mode == ClockMode::kManual, context_.audit});
    calls_ = proceedings::MakeProceedingsCalls(context_.gate, *parts_);
    return {};
  }

  // What is matched to the child is erased with it.
  Result<ErasedWith> Erase(const SubjectId& child) override {
    const auto items = ReadNow<ItemsOfErased>(
        *shards_, child, context_.clock,
        [&](Subjects& subjects) { return proceedings::ItemsOfErasedChild(subjects, child); });
    if (!items) return tl::unexpected(items.error());
    if (!*items) return ErasedWith{};
    ErasedWith erased{std::in_place};
    for (const SubjectId& item : **items) {
      if (auto done = SubmitNow(*shards_, item, proceedings::EraseItem(item, child)); !done)
        return tl::unexpected(done.error());
      auto key = ReadNow<std::optional<KeyOfBody>>(
          *shards_, item, context_.clock,
          [&](Subjects& subjects) { return proceedings::KeyOfErasedItem(subjects, item); });
      if (!key) return tl::unexpected(key.error());
      if (*key) erased->push_back(**key);
    }
    return erased;
  }

  void Stop() override {
    if (push_ != nullptr) push_->Stop();
    JournalledService::Stop();
  }

 private:
  using ItemsOfErased = std::optional<std::vector<SubjectId>>;

  PersonalSealer sealer_;
  DataKeyPool pool_;
  RequestMacs macs_;
  proceedings::SourceCopies copies_;
  proceedings::HeardDays heard_;
  proceedings::ProceedingsKeeper keeper_;
  std::unique_ptr<Pusher> push_;
  std::unique_ptr<proceedings::ProceedingsParts> parts_;
};

}  // namespace

std::unique_ptr<Service> MakeProceedingsService(NodeContext& context) {
  return std::make_unique<ProceedingsService>(context);
}

}  // namespace holdfast
