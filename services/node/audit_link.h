// The audit trail as services are given it, before the audit service is made and where no instance
// can run it.
#pragma once

#include "services/node/service.h"

namespace holdfast {

class AuditLink final : public AuditTrail {
 public:
  // Before any service starts. `trail` outlives every call.
  void ConnectTo(AuditTrail& trail) { trail_ = &trail; }
  bool is_connected() const { return trail_ != nullptr; }

  // AUDIT_NOT_SERVING (kUnavailable) where no audit service runs: nothing personal may be answered.
  void Record(audit::v1::PersonalDataRead read, std::function<void(Result<void>)> then) override {
    if (trail_ != nullptr) return trail_->Record(std::move(read), std::move(then));
    then(Fail(StatusCode::kFailedPrecondition, "AUDIT_NOT_SERVING",
              "personal data is shown only where the audit service runs too"));
  }
  void RecordAct(audit::v1::OperatorActed act, std::function<void(Result<void>)> then) override {
    if (trail_ != nullptr) return trail_->RecordAct(std::move(act), std::move(then));
    AuditTrail::RecordAct(std::move(act), std::move(then));
  }

 private:
  AuditTrail* trail_ = nullptr;
};

}  // namespace holdfast
