#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <fstream>
#include <sstream>

#include "libs/rpc/echo_bench.h"
#include "libs/rpc/x509.h"

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using testing::TestDeployment;
using testing::v1::EchoService;

class MutualTls : public ::testing::Test {
 protected:
  bool Connects(const std::shared_ptr<grpc::Channel>& channel,
                const std::string& text = "hello") const {
    testing::v1::EchoRequest request;
    request.set_text(text);
    const auto stub = EchoService::NewStub(channel);
    return CallUnary(*stub, &EchoService::Stub::Echo, request, {.timeout = milliseconds(2000)})
        .has_value();
  }
  bool Connects(const TlsIdentity& identity) const {
    return Connects(OpenChannel(echo_.server->endpoint(), identity));
  }

  // The TLS version of a connection that offers versions up to `most`; 0 when there is none.
  int Negotiates(int most) const {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), most);
    const auto identity = deployment_.Worker();
    SSL_CTX_use_certificate(context.get(), CertificateFromPem(identity.certificate_pem).get());
    SSL_CTX_use_PrivateKey(context.get(), KeyFromPem(identity.key_pem).get());
    BIO* connection = BIO_new_ssl_connect(context.get());
    BIO_set_conn_hostname(connection, echo_.server->endpoint().c_str());
    SSL* ssl = nullptr;
    BIO_get_ssl(connection, &ssl);
    const unsigned char h2[] = "\x02h2";
    SSL_set_alpn_protos(ssl, h2, 3);
    const int version = BIO_do_connect(connection) == 1 ? SSL_version(ssl) : 0;
    BIO_free_all(connection);
    return version;
  }

  TestDeployment deployment_;
  testing::EchoServer echo_{deployment_.Server()};
};

TEST_F(MutualTls, ConnectsThoseOfItsOwnAuthority) { EXPECT_TRUE(Connects(deployment_.Worker())); }

TEST_F(MutualTls, ConnectsWhoeverReachesTheServerByAnotherAddress) {
  const std::string endpoint = echo_.server->endpoint();
  const std::string elsewhere = "0.0.0.0" + endpoint.substr(endpoint.rfind(':'));  // not in it
  EXPECT_TRUE(AwaitServer(*OpenChannel(elsewhere, deployment_.Worker()), std::chrono::seconds(5)));
}

TEST_F(MutualTls, RefusesCertificatesOfAnotherAuthority) {
  const TestDeployment other;
  TlsIdentity foreign = other.Worker();
  EXPECT_FALSE(Connects(foreign));  // the client does not accept the server either
  foreign.authority_pem = deployment_.Worker().authority_pem;
  EXPECT_FALSE(Connects(foreign));
}

TEST_F(MutualTls, RefusesClientsWithoutACertificate) {
  const auto credentials = grpc::SslCredentials({deployment_.Worker().authority_pem, "", ""});
  EXPECT_FALSE(Connects(grpc::CreateChannel(echo_.server->endpoint(), credentials)));
}

TEST_F(MutualTls, RefusesPlainText) {
  EXPECT_FALSE(
      Connects(grpc::CreateChannel(echo_.server->endpoint(), grpc::InsecureChannelCredentials())));
}

TEST_F(MutualTls, RefusesCertificatesThatHaveEnded) {
  const testing::TemporaryFolder folder;
  const Instant now = SystemClock().Now();
  const Instant past = now - std::chrono::days(400);
  const auto authority = CertificateAuthority::OpenOrCreate(folder.path(), past);
  ASSERT_TRUE(authority->IssueForDeployment(testing::kEngland, now));
  ASSERT_TRUE(authority->IssueForAuthority(testing::kNorth, past));
  ASSERT_TRUE(authority->IssueForAuthority(testing::kSouth, now));
  const testing::EchoServer echo(*LoadIdentity(folder.path(), {kServerIdentity}));
  const auto connects = [&](const AuthorityCode& code) {
    const auto identity = *LoadIdentity(folder.path(), NameOfRoleAt(Role::kWorker, code));
    return Connects(OpenChannel(echo.server->endpoint(), identity));
  };
  EXPECT_FALSE(connects(testing::kNorth));
  EXPECT_TRUE(connects(testing::kSouth));
}

TEST_F(MutualTls, RefusesTheServersCertificateAsAClients) {
  EXPECT_FALSE(Connects(deployment_.Server()));
}

TEST_F(MutualTls, RefusesAClientsCertificateAsAServers) {
  const testing::EchoServer impostor(deployment_.Worker());
  EXPECT_FALSE(Connects(OpenChannel(impostor.server->endpoint(), deployment_.Worker())));
}

// Of our own authority, but naming nobody whom Holdfast knows: connected, and then turned away.
TEST_F(MutualTls, TurnsAwayCertificatesThatNameNoIdentity) {
  const testing::TemporaryFolder folder;
  const Instant now = SystemClock().Now();
  const auto authority = CertificateAuthority::OpenOrCreate(folder.path(), now);
  ASSERT_TRUE(authority->IssueForDeployment(testing::kEngland, now));
  const testing::EchoServer echo(*LoadIdentity(folder.path(), {kServerIdentity}));
  const auto text_of = [&](const char* name) {
    std::ostringstream bytes;
    bytes << std::ifstream(folder / name).rdbuf();
    return bytes.str();
  };
  const auto ca_key = KeyFromPem(text_of("ca.key"));
  const auto ca = CertificateFromPem(text_of("ca.pem"));
  ASSERT_TRUE(ca_key && ca);
  for (const std::string uri :
       {"https://E06000901/worker/worker", "holdfast://E06000901/worker",
        "holdfast://E06000901/chief/worker", "holdfast://E06000901/worker/worker/too",
        "HOLDFAST://E06000901/worker/worker", "holdfast://../worker/worker"}) {
    const auto key = GenerateKey();
    const auto certificate = IssueCertificate({.common_name = "worker",
                                               .uri = uri,
                                               .use = CertificateUse::kClient,
                                               .not_before = now - std::chrono::hours(1),
                                               .not_after = now + std::chrono::hours(1)},
                                              key.get(), {ca.get(), ca_key.get()});
    const TlsIdentity identity{text_of("ca.pem"), ToPem(certificate.get()), ToPem(key.get())};
    EXPECT_FALSE(Connects(OpenChannel(echo.server->endpoint(), identity))) << uri;
    EXPECT_EQ(echo.handlers.turned_away().back().why.reason, "NOT_AUTHENTICATED") << uri;
  }
  EXPECT_EQ(echo.handlers.turned_away().size(), 6U);
}

TEST_F(MutualTls, RefusesOldVersions) {
  EXPECT_EQ(Negotiates(TLS1_3_VERSION), TLS1_3_VERSION);
  EXPECT_EQ(Negotiates(TLS1_2_VERSION), TLS1_2_VERSION);
  EXPECT_EQ(Negotiates(TLS1_1_VERSION), 0);
}

TEST_F(MutualTls, SaysThatThereIsNoServer) {
  const auto endpoint = echo_.server->endpoint();
  EXPECT_TRUE(AwaitServer(*OpenChannel(endpoint, deployment_.Worker()), milliseconds(2000)));
  echo_.server->Drain(milliseconds(0));
  const auto awaited = AwaitServer(*OpenChannel(endpoint, deployment_.Worker()), milliseconds(200));
  EXPECT_EQ(awaited.error().reason, "NO_SERVER");
}

}  // namespace
}  // namespace holdfast
