#include "libs/crypto/data_key_pool.h"

namespace holdfast {
namespace {

constexpr size_t kMadeAtOnce = 64;

}  // namespace

Result<KeyId> DataKeyPool::Take(const AuthorityCode& authority) {
  const std::lock_guard lock(mutex_);
  auto& spare = spare_[authority];
  if (spare.empty()) {
    auto made = keys_.MakeKeys(authority, kMadeAtOnce);
    if (!made) return tl::unexpected(made.error());
    spare = std::move(*made);
  }
  const KeyId key = spare.back();
  spare.pop_back();
  return key;
}

void DataKeyPool::PutBack(const AuthorityCode& authority, const KeyId& key) {
  const std::lock_guard lock(mutex_);
  spare_[authority].push_back(key);
}

}  // namespace holdfast
