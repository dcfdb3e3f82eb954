#include "libs/crypto/secret_key.h"

#include <sodium.h>

#include <cstring>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "libs/base/check.h"

namespace holdfast {
namespace {

// Slots of locked memory. Locking is by the page, so a key alone would cost a page and two guard
// pages.
class Slots {
 public:
  Slots() { HOLDFAST_CHECK(sodium_init() >= 0); }

  KeyBytes* Take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) Grow();
    KeyBytes* slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void Return(KeyBytes* slot) {
    sodium_memzero(slot->data(), slot->size());
    const std::lock_guard lock(mutex_);
    free_.push_back(slot);
  }

 private:
  static constexpr size_t kSlotsInSlab = 512;

  void Grow() {
    void* slab = sodium_malloc(kSlotsInSlab * sizeof(KeyBytes));
    HOLDFAST_CHECK(slab != nullptr);
    auto* slots = static_cast<KeyBytes*>(slab);
    for (size_t i = 0; i < kSlotsInSlab; ++i) free_.push_back(new (slots + i) KeyBytes{});
  }

  std::mutex mutex_;
  std::vector<KeyBytes*> free_;
};

// Never destroyed: keys of other static objects may go after it would.
Slots& AllSlots() {
  static Slots* const slots = new Slots;
  return *slots;
}

}  // namespace

SecretKey::SecretKey() : slot_(AllSlots().Take()) {}

SecretKey::~SecretKey() {
  if (slot_ != nullptr) AllSlots().Return(slot_);
}

SecretKey::SecretKey(SecretKey&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  const SecretKey replaced(std::move(*this));
  slot_ = std::exchange(other.slot_, nullptr);
  return *this;
}

SecretKey SecretKey::Random() {
  SecretKey key;
  randombytes_buf(key.data(), key.bytes().size());
  return key;
}

std::optional<SecretKey> SecretKey::FromBytes(std::string_view bytes) {
  SecretKey key;
  if (bytes.size() != key.bytes().size()) return std::nullopt;
  std::memcpy(key.data(), bytes.data(), bytes.size());
  return key;
}

SecretKey SecretKey::Copy() const {
  SecretKey copy;
  copy.bytes() = bytes();
  return copy;
}

}  // namespace holdfast
