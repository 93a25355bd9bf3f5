#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>

#include "server/app/config.h"
#include "server/app/connections.h"
#include "server/app/http_listener.h"
#include "server/app/request_log.h"
#include "server/app/server_keys.h"
#include "server/store/data_lock.h"
#include "server/store/published_folder.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/sealing/key_document.h"
#include "shared/submission/certificate.h"
#include "shared/submission/index.h"
#include "tests/server/support/intake_fixture.h"

namespace landfall {
namespace {

std::string problem_of(const std::variant<std::monostate, ConfigProblem>& outcome) {
  const auto* problem = std::get_if<ConfigProblem>(&outcome);
  return problem == nullptr ? "" : problem->message;
}

TEST_CASE("the configuration file sets what the options set") {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/landfall.json";
  save_text(path, R"({"role": "intake", "listen": "[::1]:9000", "data": "d", "web": "w",
    "packages": "p", "keys": "k", "origin": "o.example/log", "production": true, "threads": 8,
    "most_threads": 16, "upload_bytes": 1000, "unclaimed_seconds": 60,
    "connections_per_address": 7, "trusted_proxies": ["192.0.2.1"], "drain_seconds": 3,
    "vault_bytes": 2000, "vault_retention_seconds": 90, "new_vaults_per_address_and_day": 5})");
  ServeOptions options;

  const auto loaded = load_config(options, path);

  CHECK(problem_of(loaded).empty());
  CHECK(options.role == ServerRole::intake);
  CHECK(options.host == "::1");
  CHECK(options.port == 9000);
  CHECK(options.data_folder == "d");
  CHECK(options.web_folder == "w");
  CHECK(options.packages_folder == "p");
  CHECK(options.keys_folder == "k");
  CHECK(options.origin == "o.example/log");
  CHECK(options.is_production);
  CHECK(options.threads == 8);
  CHECK(options.most_threads == 16);
  CHECK(options.part_limits.upload_bytes == 1000);
  CHECK(options.part_limits.unclaimed_seconds == 60);
  CHECK(options.connections_per_address == 7);
  CHECK(options.trusted_proxies == std::vector<std::string>{"192.0.2.1"});
  CHECK(options.drain_seconds == 3);
  CHECK(options.vault_limits.backup_bytes == 2000);
  CHECK(options.vault_limits.retention_seconds == 90);
  CHECK(options.vault_limits.new_per_peer_and_day == 5);
}

TEST_CASE("a peer is an IPv4 address, or the network of an IPv6 one") {
  CHECK(peer_of_address("192.0.2.1") == "192.0.2.1");
  CHECK(peer_of_address("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(peer_of_address("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  CHECK(peer_of_address("2001:db8:1:2::9") == peer_of_address("2001:db8:1:2:ffff::1"));
  CHECK(peer_of_address("2001:db8:1:3::9") != peer_of_address("2001:db8:1:2::9"));
  CHECK(peer_of_address("::1") == "::1");
}

TEST_CASE("one address has its share of connections, a proxy as many as it needs") {
  Connections connections(2, {"127.0.0.1"});

  CHECK(connections.enter(1001, "192.0.2.1"));
  CHECK(connections.enter(1002, "192.0.2.1"));
  CHECK_FALSE(connections.enter(1003, "192.0.2.1"));
  CHECK(connections.enter(1003, "192.0.2.2"));
  connections.leave(1001);
  CHECK(connections.enter(1004, "192.0.2.1"));
  CHECK(connections.enter(1005, "127.0.0.1"));
  CHECK(connections.enter(1006, "127.0.0.1"));
  CHECK(connections.enter(1007, "127.0.0.1"));
}

TEST_CASE("a stop that comes before the first connection is taken is not forgotten") {
  for (int round = 0; round < 20; ++round) {
    ListenerOptions options;
    options.port = 0;
    HttpListener listener(
        options, [](const HttpRequest&) { return HttpResponse{}; }, [](const AnsweredRequest&) {});
    REQUIRE(listener.bind());

    listener.stop();

    CHECK(listener.run());
  }
}

TEST_CASE("only one server at a time has a data folder") {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/data";
  std::optional<FileDescriptor> first = lock_data_folder(path).value();

  CHECK(first.has_value());
  CHECK_FALSE(lock_data_folder(path).value().has_value());
  first.reset();
  CHECK(lock_data_folder(path).value().has_value());
}

TEST_CASE("a configuration file that cannot be meant is refused with the member's name") {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/landfall.json";
  struct Row {
    const char* text;
    const char* expected;
  };
  constexpr std::array kRows = {
      Row{"[]", "not a JSON object"},        Row{"{", "not a JSON object"},
      Row{R"({"lisen": "1"})", "lisen"},     Row{R"({"threads": 0})", "threads"},
      Row{R"({"threads": "8"})", "threads"}, Row{R"({"production": 1})", "production"},
      Row{R"({"role": "king"})", "king"},    Row{R"({"data": 7})", "data"},
  };
  int cases = 0;

  for (const Row& row : kRows) {
    save_text(path, row.text);
    ServeOptions options;
    CHECK(problem_of(load_config(options, path)).find(row.expected) != std::string::npos);
    ++cases;
  }

  CHECK(cases == 8);
}

TEST_CASE("an address to listen on is host and port, or a port alone") {
  ServeOptions options;

  CHECK(problem_of(set_listen_address(options, "0.0.0.0:80")).empty());
  CHECK(options.host == "0.0.0.0");
  CHECK(problem_of(set_listen_address(options, "0")).empty());
  CHECK(options.host == "127.0.0.1");
  CHECK(options.port == 0);
  for (const char* wrong : {"", "host:", ":80", "host:65536", "host:-1", "80x"}) {
    CHECK_FALSE(problem_of(set_listen_address(options, wrong)).empty());
  }
}

TEST_CASE("a line of the log holds the route's pattern and no text of the request") {
  const AnsweredRequest request{"GE\"T", "/api/v1/parts/{id}", 204, 1.25, 10, 20};

  const std::string line = format_request_line(request, {1795251600});

  CHECK(line ==
        "{\"time\":\"2026-11-21T09:00:00Z\",\"method\":\"other\",\"route\":\"/api/v1/parts/{id}\","
        "\"status\":204,\"ms\":1.2,\"in\":10,\"out\":20}\n");
  CHECK(parse_json(line).ok());
}

// A folder of keys as `landfall keygen` makes them.
struct KeyFolder {
  explicit KeyFolder(bool development) {
    const KeyDocument agency = generate_key(KeyRole::agency, development, entropy);
    const KeyDocument receipt = generate_key(KeyRole::receipt, development, entropy);
    save_text(folder.path() + "/agency.json", write_key_document(agency) + "\n");
    save_text(folder.path() + "/receipt.json", write_key_document(receipt) + "\n");
    root.emplace(Secret<32>(agency.secret.view()));
    receipt_key.emplace(Secret<32>(receipt.secret.view()));
  }

  // What a server in production finds: public halves and a certificate.
  void make_production(bool certificate_for_development) const {
    std::filesystem::remove(folder.path() + "/agency.json");
    save_text(folder.path() + "/root.pub", format_public_key(root->public_key()) + "\n");
    const Certificate certificate{std::string(kTestOrigin),  CertificateRole::receipt,
                                  receipt_key->public_key(), "2026-01-01T00:00:00Z",
                                  "2027-01-01T00:00:00Z",    certificate_for_development};
    save_text(folder.path() + "/receipt.cert", sign_certificate(certificate, *root).value() + "\n");
  }

  [[nodiscard]] std::string problem(bool is_production,
                                    const std::string& origin = std::string(kTestOrigin)) const {
    const auto keys = load_server_keys({folder.path(), origin, is_production}, clock);
    const auto* unusable = std::get_if<KeysUnusable>(&keys);
    return unusable == nullptr ? "" : unusable->message;
  }

  TemporaryFolder folder;
  TestEntropy entropy;
  TestClock clock;
  std::optional<SigningKey> root;
  std::optional<SigningKey> receipt_key;
};

TEST_CASE("development keys serve in development and are refused in production") {
  const KeyFolder folder(true);

  CHECK(folder.problem(false).empty());
  CHECK(folder.problem(true).find("agency's secret key") != std::string::npos);
  folder.make_production(false);
  CHECK(folder.problem(true).find("a development key") != std::string::npos);
}

TEST_CASE("production keys need a certificate of the agency that is no development one") {
  const KeyFolder folder(false);

  folder.make_production(true);
  CHECK(folder.problem(true).find("a development certificate") != std::string::npos);
  folder.make_production(false);
  CHECK(folder.problem(true).empty());
  CHECK(folder.problem(true, "other.example/log").find("receipt.cert") != std::string::npos);
  std::filesystem::remove(folder.folder.path() + "/receipt.cert");
  CHECK(folder.problem(true).find("cannot be read") != std::string::npos);
}

TEST_CASE("damaged keys are refused without showing any of them") {
  const KeyFolder folder(false);
  save_text(folder.folder.path() + "/receipt.json", R"({"secret":"MARKER"})");

  const std::string problem = folder.problem(false);

  CHECK(problem.find("receipt.json") != std::string::npos);
  CHECK(problem.find("MARKER") == std::string::npos);
}

// What `landfall package sign` writes: one package with texts, and the index.
struct PublishedFixture {
  PublishedFixture() {
    text_digest = save_published(R"({"key":"text"})");
    package = R"json({"fees":{"currency":"TWD","rows":[)json"
              R"json({"amount":"500","code":"old","until":"2026-01-01","when":"true()"},)json"
              R"json({"amount":600,"code":"single","when":"true()"},)json"
              R"json({"amount":"100 * 2","code":"varies","when":"true()"}]},)json"
              R"json("texts":{"en":{"digest":")json" +
              text_digest + R"json(","size":14}},"workflow":{"case_kind":55}})json";
    digest = save_published(package);
    sign(1);
  }

  std::string save_published(const std::string& bytes) const {
    const Sha256Digest hash = sha256(bytes_of(bytes));
    save_text(folder.path() + "/" + format_hex(hash) + ".json", bytes);
    return format_hex(hash);
  }

  void sign(std::uint64_t serial) { sign(serial, root); }

  void sign(std::uint64_t serial, const SigningKey& by) {
    Index index;
    index.aud = std::string(kTestOrigin);
    index.serial = serial;
    index.issued = "2026-11-21T00:00:00Z";
    index.expires = "2027-11-21T00:00:00Z";
    index.packages = {{"entry-permit", "1", digest, package.size(), "a.b.c"}};
    const Result<std::string> text = sign_index(index, by);
    REQUIRE(text.ok());
    save_text(folder.path() + "/index.jws", text.value());
  }

  // The certificate by which `root` hands over to `next`, from `not_before` on.
  void certify(const SigningKey& next, std::string_view not_before) const {
    const Result<std::string> text =
        sign_certificate({std::string(kTestOrigin), CertificateRole::agency, next.public_key(),
                          std::string(not_before), "2046-11-21T00:00:00Z", false},
                         root);
    REQUIRE(text.ok());
    save_text(folder.path() + "/agency.certs", text.value() + "\n");
  }

  TemporaryFolder folder;
  TestClock clock;
  SigningKey root{Secret<32>()};
  std::string package;
  std::string digest;
  std::string text_digest;
  PublishedFolder published{folder.path(), root.public_key(), std::string(kTestOrigin), clock};
};

TEST_CASE("a published folder gives index, packages, texts, fees and the kind of case") {
  PublishedFixture fixture;

  REQUIRE(fixture.published.refresh().ok());

  CHECK(fixture.published.is_published("entry-permit", "1", fixture.digest));
  CHECK_FALSE(fixture.published.is_published("entry-permit", "2", fixture.digest));
  CHECK_FALSE(fixture.published.is_published("entry-permit", "1", fixture.text_digest));
  CHECK(fixture.published.fee_twd(fixture.digest, "") == 0);
  CHECK(fixture.published.fee_twd(fixture.digest, "single") == 600);
  CHECK(fixture.published.fee_twd(fixture.digest, "old") == 500);
  CHECK_FALSE(fixture.published.fee_twd(fixture.digest, "varies").has_value());
  CHECK_FALSE(fixture.published.fee_twd(fixture.digest, "none").has_value());
  CHECK(fixture.published.case_kind("entry-permit") == 55);
  CHECK(fixture.published.file(fixture.digest)->identity == fixture.package);
  CHECK(fixture.published.file(fixture.text_digest)->identity == R"({"key":"text"})");
  CHECK(fixture.published.file(std::string(64, '0')) == nullptr);
}

TEST_CASE("a new index is taken over, a forged or damaged one leaves the old in use") {
  PublishedFixture fixture;
  REQUIRE(fixture.published.refresh().ok());
  const std::string old = fixture.published.index()->identity;

  fixture.sign(2);
  REQUIRE(fixture.published.refresh().ok());
  const std::string fresh = fixture.published.index()->identity;
  save_text(fixture.folder.path() + "/index.jws", fresh.substr(0, fresh.size() - 8) + "AAAAAAAA");
  const Result<Done> forged = fixture.published.refresh();
  fixture.sign(3);
  save_text(fixture.folder.path() + "/" + fixture.digest + ".json", "{}");
  const Result<Done> damaged = fixture.published.refresh();

  CHECK(fresh != old);
  CHECK(forged.error().code == ErrorCode::index_not_genuine);
  CHECK(damaged.error().code == ErrorCode::packages_unusable);
  CHECK(fixture.published.index()->identity == fresh);
}

TEST_CASE("an index by the root that took over is published where its certificate lies beside it") {
  PublishedFixture fixture;
  TestEntropy entropy;
  const SigningKey next = signing_key_of(generate_key(KeyRole::agency, false, entropy)).value();
  fixture.sign(2, next);
  const Result<Done> alone = fixture.published.refresh();
  fixture.certify(next, "2026-11-21T00:00:01Z");
  const Result<Done> too_early = fixture.published.refresh();
  fixture.certify(next, "2026-11-21T00:00:00Z");
  const Result<Done> certified = fixture.published.refresh();

  CHECK(alone.error().code == ErrorCode::index_not_genuine);
  CHECK(too_early.error().code == ErrorCode::index_not_genuine);
  CHECK(certified.ok());
  REQUIRE(fixture.published.root_certificates() != nullptr);
  CHECK(fixture.published.root_certificates()->identity.ends_with('\n'));
  fixture.sign(3, SigningKey{Secret<32>()});
  REQUIRE(fixture.published.refresh().ok());
}

}  // namespace
}  // namespace landfall
