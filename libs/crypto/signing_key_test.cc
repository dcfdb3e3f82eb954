#include "libs/crypto/signing_key.h"

#include <gtest/gtest.h>

#include "libs/base/ids.h"

namespace holdfast {
namespace {

SigningKey Signer(char fill) { return SigningKey(*SecretKey::FromBytes(std::string(32, fill))); }

TEST(SigningKey, SignsForItsLabelAndTextAlone) {
  const SigningKey key = Signer('s');
  const Signature signature = key.Sign({"head", "offset 7"});
  EXPECT_TRUE(IsSignedBy(key.public_key(), {"head", "offset 7"}, signature));
  EXPECT_FALSE(IsSignedBy(key.public_key(), {"head", "offset 8"}, signature));
  EXPECT_FALSE(IsSignedBy(key.public_key(), {"release", "offset 7"}, signature));
  EXPECT_FALSE(IsSignedBy(Signer('t').public_key(), {"head", "offset 7"}, signature));
}

// Golden: HEAD files are read by later versions.
TEST(SigningKey, SignsTheSameForEver) {
  const SigningKey key = Signer('s');
  const auto text = [](const auto& bytes) {
    return Hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  };
  EXPECT_EQ(text(key.public_key()),
            "fec1428673f6afe89264b3807344ae8b269d125a503855202687db5a7128579f");
  EXPECT_EQ(text(key.Sign({"head", "offset 7"})),
            "d8cd48b7427fbb9ce8442a542faaaa563dd65bf8b26de96dc835fe152250dee8c8014c5e21560c26aaca05"
            "cd2e68c7ba7d15863c9419842bbdada38bed14a409");
}

}  // namespace
}  // namespace holdfast
