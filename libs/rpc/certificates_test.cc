#include "libs/rpc/certificates.h"

#include <gtest/gtest.h>

#include "libs/base/check.h"
#include "libs/crypto/private_file.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

const AuthorityCode kEngland = *AuthorityCode::FromText("england");
const AuthorityCode kNorth = *AuthorityCode::FromText("E06000901");
const Instant kNow{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};

class Certificates : public ::testing::Test {
 protected:
  CertificateAuthority Authority(Instant now = kNow) const {
    return std::move(*CertificateAuthority::OpenOrCreate(folder_.path(), now));
  }
  void IssueAll(Instant now = kNow) const {
    HOLDFAST_CHECK(Authority(now).IssueForDeployment(kEngland, now));
    HOLDFAST_CHECK(Authority(now).IssueForAuthority(kNorth, now));
  }
  CertificateFacts Facts(const std::string& name) const {
    return std::move(*ReadCertificate(folder_.path() / "id" / name / "cert.pem"));
  }
  std::string Bytes(const std::string& file) const { return *ReadPrivateFile(folder_ / file); }

  testing::TemporaryFolder folder_;
};

TEST_F(Certificates, NameTheirHolderInAUri) {
  IssueAll();
  const auto uri = [&](const char* name) { return Facts(name).uris; };
  EXPECT_EQ(uri("worker@E06000901"),
            std::vector<std::string>{"holdfast://E06000901/worker/worker"});
  EXPECT_EQ(uri("data@E06000901"), std::vector<std::string>{"holdfast://E06000901/data/data"});
  EXPECT_EQ(uri("national"), std::vector<std::string>{"holdfast://england/national/national"});
  EXPECT_EQ(uri("auditor"), std::vector<std::string>{"holdfast://england/auditor/auditor"});
  EXPECT_EQ(uri("operator"), std::vector<std::string>{"holdfast://england/operator/operator"});
  EXPECT_EQ(uri("service"), std::vector<std::string>{"holdfast://england/service/service"});
  EXPECT_EQ(uri("service-cases"), std::vector<std::string>{"holdfast://england/service/cases"});
  EXPECT_EQ(uri("server"), std::vector<std::string>{"holdfast://england/server/server"});
  EXPECT_EQ(uri("broker"), std::vector<std::string>{"holdfast://england/server/broker"});
}

TEST_F(Certificates, LastAYear) {
  IssueAll();
  EXPECT_EQ(Facts("operator").not_after, kNow + std::chrono::days(365));
  EXPECT_LT(Facts("operator").not_before, kNow);
}

TEST_F(Certificates, AreForTheirOwnerAlone) {
  IssueAll();
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
    const auto others =
        fs::status(entry).permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(others, fs::perms::none) << entry;
  }
  EXPECT_EQ(fs::status(folder_ / "ca.key").permissions(), fs::perms::owner_read);
  EXPECT_EQ(fs::status(folder_ / "id/operator/key.pem").permissions(), fs::perms::owner_read);
}

TEST_F(Certificates, StayWhileTheyAreGood) {
  IssueAll();
  const auto authority = Bytes("ca.pem");
  const auto certificate = Bytes("id/operator/cert.pem");
  IssueAll(kNow + std::chrono::days(300));
  EXPECT_EQ(Bytes("ca.pem"), authority);
  EXPECT_EQ(Bytes("id/operator/cert.pem"), certificate);
}

TEST_F(Certificates, AreRenewedBeforeTheyEnd) {
  IssueAll();
  IssueAll(kNow + std::chrono::days(340));
  EXPECT_EQ(Facts("operator").not_after, kNow + std::chrono::days(340 + 365));
}

TEST_F(Certificates, ThatDoNotFitTheirKeyAreMadeAnew) {
  IssueAll();
  const auto key = Bytes("id/operator/key.pem");
  ASSERT_TRUE(ReplacePrivateFile(folder_ / "id/operator/key.pem", Bytes("id/auditor/key.pem"),
                                 FileMode::kReadOnly));
  IssueAll();
  EXPECT_NE(Bytes("id/operator/key.pem"), Bytes("id/auditor/key.pem"));
  EXPECT_NE(Bytes("id/operator/key.pem"), key);
}

TEST_F(Certificates, OfAnotherAuthorityAreMadeAnew) {
  IssueAll();
  testing::TemporaryFolder other;
  const auto foreign = *CertificateAuthority::OpenOrCreate(other.path(), kNow);
  ASSERT_TRUE(foreign.IssueForDeployment(kEngland, kNow));
  const auto bytes = *ReadPrivateFile(other / "id/operator/cert.pem");
  ASSERT_TRUE(ReplacePrivateFile(folder_ / "id/operator/cert.pem", bytes, FileMode::kReadWrite));
  IssueAll();
  EXPECT_NE(Bytes("id/operator/cert.pem"), bytes);
}

TEST_F(Certificates, OfAnAuthorityWhoseKeyIsAnothersAreRefused) {
  IssueAll();
  ASSERT_TRUE(
      ReplacePrivateFile(folder_ / "ca.key", Bytes("id/operator/key.pem"), FileMode::kReadOnly));
  EXPECT_EQ(CertificateAuthority::OpenOrCreate(folder_.path(), kNow).error().reason,
            "CERTIFICATE_DAMAGED");
}

TEST_F(Certificates, AreLoadedByName) {
  IssueAll();
  const auto identity = LoadIdentity(folder_.path(), NameOfRoleAt(Role::kWorker, kNorth));
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->authority_pem, Bytes("ca.pem"));
  EXPECT_EQ(LoadIdentity(folder_.path(), {"nobody"}).error().reason, "FILE_MISSING");
  fs::permissions(folder_ / "id/operator/key.pem", fs::perms::owner_read | fs::perms::group_read);
  EXPECT_EQ(LoadIdentity(folder_.path(), NameOfRole(Role::kOperator)).error().reason,
            "KEYS_NOT_PRIVATE");
}

}  // namespace
}  // namespace holdfast
