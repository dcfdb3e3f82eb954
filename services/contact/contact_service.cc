#include "services/contact/contact_service.h"

#include "services/contact/api/contact_calls.h"
#include "services/contact/app/contact_keeper.h"
#include "services/node/ask_shards.h"
#include "services/node/journalled_service.h"

namespace holdfast {
namespace {

constexpr size_t kThreads = 1;

// All of the service, from bottom to top.
class ContactService final : public JournalledService {
 public:
  explicit ContactService(NodeContext& context)
      : JournalledService(context, "contact"),
        sealer_(context.key_store, {.service = {"contact"}}),
        macs_(context.key_store, context.keys),
        keeper_({.sealer = sealer_,
                 .macs = macs_,
                 .manual_clock = context.clock_mode == ClockMode::kManual}) {}
  ~ContactService() override { Stop(); }

  Result<void> Start() override {
    if (auto opened = Open(keeper_, {"cases"}, kThreads); !opened) return opened;
    if (auto serving = Serve(); !serving) return serving;
    parts_.reset(new contact::ContactParts{*shards_, sealer_, macs_, context_.keys, context_.clock,
                                           context_.today, context_.audit});
    calls_ = contact::MakeContactCalls(context_.gate, *parts_);
    return {};
  }

  Result<ErasedWith> Erase(const SubjectId& child) override {
    return ReadNow<ErasedWith>(*shards_, child, context_.clock, [&](Subjects& subjects) {
      ErasedWith none;
      if (StateOf<contact::ContactState>(subjects, child).child.erased) none.emplace();
      return none;
    });
  }

  void Stop() override { JournalledService::Stop(); }

 private:
  PersonalSealer sealer_;
  RequestMacs macs_;
  contact::ContactKeeper keeper_;
  std::unique_ptr<contact::ContactParts> parts_;
};

}  // namespace

std::unique_ptr<Service> MakeContactService(NodeContext& context) {
  return std::make_unique<ContactService>(context);
}

}  // namespace holdfast
