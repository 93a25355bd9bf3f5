#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/support/vault_owner.h"

namespace landfall {
namespace {

TEST_CASE("a backup comes back as it was put, with its owner's statement and its time") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string bytes(300000, 'x');
  const std::string statement = statement_for(applicant, 1, bytes);

  Exchange{"PUT",
           path_of(kId),
           first_put(statement),
           bytes,
           201,
           {{"ETag", etag_of(bytes)}, {"Vault-Expires", "Sun, 21 Nov 2027 09:00:00 GMT"}},
           ""}
      .run(*intake.api);
  const Fields headers = {{"ETag", etag_of(bytes)},
                          {"Vault-Statement", statement},
                          {"Vault-Expires", "Sun, 21 Nov 2027 09:00:00 GMT"},
                          {"Content-Type", kOctets},
                          {"Cache-Control", "no-store"}};
  const HttpResponse got =
      Exchange{"GET", path_of(kId), {}, std::nullopt, 200, headers, ""}.run(*intake.api);
  const HttpResponse not_modified =
      Exchange{"GET", path_of(kId), {{"If-None-Match", etag_of(bytes)}}, std::nullopt, 304, headers,
               ""}
          .run(*intake.api);

  CHECK(text_of_stored(got) == bytes);
  CHECK(not_modified.stored_body == nullptr);
  Exchange{"HEAD", path_of(kId), {}, std::nullopt, 200, headers, ""}.run(*intake.api);
  intake.reopen();
  CHECK(kept_bytes(intake) == bytes);
}

TEST_CASE("age's own media type is as good as plain octets, others are not") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  Fields fields = first_put(statement_for(applicant, 1, "one"));

  fields[0].second = "application/json";
  Exchange{"PUT", path_of(kId), fields, "one", 415, {}, "content_type_unsupported"}.run(
      *intake.api);
  fields[0].second = "application/vnd.age";
  Exchange{"PUT", path_of(kId), fields, "one", 201, {}, ""}.run(*intake.api);
}

TEST_CASE("a newer version takes the place of the one it names, whose bytes are gone") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");

  Exchange{"PUT", path_of(kId), later_put(statement_for(applicant, 2, "two"), etag_of("one")),
           "two", 204,          {{"ETag", etag_of("two")}},
           ""}
      .run(*intake.api);

  CHECK(kept_bytes(intake) == "two");
  CHECK(vault_files(intake) == 1);
}

TEST_CASE("a change must say what it replaces, and only that is replaced") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string next = statement_for(applicant, 2, "two");
  put_first(intake, applicant, "one");
  struct Refused {
    Fields condition;
    int status;
    std::string code;
    std::string etag;
  };
  const std::vector<Refused> refused = {
      {{}, 428, "precondition_required", "-"},
      {{{"If-Match", "*"}}, 428, "precondition_required", "-"},
      {{{"If-None-Match", etag_of("one")}}, 428, "precondition_required", "-"},
      {{{"If-Match", etag_of("one")}, {"If-None-Match", "*"}}, 400, "header_malformed", "-"},
      {{{"If-Match", etag_of("one")}, {"If-Match", etag_of("one")}}, 400, "header_malformed", "-"},
      {{{"If-None-Match", "*"}}, 412, "vault_changed", etag_of("one")},
      {{{"If-Match", etag_of("zero")}}, 412, "vault_changed", etag_of("one")},
      {{{"If-Match", "W/" + etag_of("one")}}, 412, "vault_changed", etag_of("one")},
      {{{"If-Match", "one"}}, 412, "vault_changed", etag_of("one")},
  };
  std::size_t ran = 0;

  for (const Refused& row : refused) {
    Fields fields = {{"Content-Type", kOctets}, {"Vault-Statement", next}};
    fields.insert(fields.end(), row.condition.begin(), row.condition.end());
    Exchange{"PUT", path_of(kId), fields, "two", row.status, {{"ETag", row.etag}}, row.code}.run(
        *intake.api);
    ++ran;
  }

  CHECK(ran == refused.size());
  CHECK(kept_bytes(intake) == "one");
  CHECK(vault_files(intake) == 1);
}

TEST_CASE("a counter is used once, also when the version is named") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");

  Exchange{"PUT",
           path_of(kId),
           later_put(statement_for(applicant, 1, "two"), etag_of("one")),
           "two",
           409,
           {},
           "vault_counter_used"}
      .run(*intake.api);
  Exchange{"DELETE",
           path_of(kId),
           {{"If-Match", etag_of("one")}, {"Vault-Statement", deletion_by(applicant, 1)}},
           std::nullopt,
           409,
           {},
           "vault_counter_used"}
      .run(*intake.api);

  CHECK(kept_bytes(intake) == "one");
}

TEST_CASE("the same statement again is a retry: nothing changes, whatever it names") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string first = statement_for(applicant, 1, "one");
  put_first(intake, applicant, "one");

  Exchange{"PUT", path_of(kId), first_put(first), "one", 204, {{"ETag", etag_of("one")}}, ""}.run(
      *intake.api);
  Exchange{"PUT", path_of(kId), later_put(first, etag_of("zero")),
           "one", 204,          {{"ETag", etag_of("one")}},
           ""}
      .run(*intake.api);

  CHECK(vault_files(intake) == 1);
}

TEST_CASE("only the key that was first may change a vault") {
  IntakeFixture intake;
  const TestApplicant owner(1);
  const TestApplicant stranger(2);
  put_first(intake, owner, "one");

  Exchange{"PUT",
           path_of(kId),
           later_put(statement_for(stranger, 2, "two"), etag_of("one")),
           "two",
           403,
           {{"ETag", "-"}},
           "vault_key_wrong"}
      .run(*intake.api);
  Exchange{
      "PUT",           path_of(kId),     first_put(statement_for(stranger, 2, "two")), "two", 403,
      {{"ETag", "-"}}, "vault_key_wrong"}
      .run(*intake.api);
  Exchange{"DELETE",
           path_of(kId),
           {{"If-Match", etag_of("one")}, {"Vault-Statement", deletion_by(stranger, 2)}},
           std::nullopt,
           403,
           {},
           "vault_key_wrong"}
      .run(*intake.api);

  CHECK(kept_bytes(intake) == "one");
}

TEST_CASE("a statement must be there, genuine, and about this vault and these bytes") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string good = statement_for(applicant, 1, "one");
  std::string changed = good;
  char& in_signature = changed[changed.size() - 10];
  in_signature = in_signature == 'A' ? 'B' : 'A';
  BackupStatement elsewhere{"another.example/log", kId, 1, BackupContent{std::string(64, 'b'), 3},
                            ""};
  struct Refused {
    std::string statement;
    int status;
    std::string code;
  };
  const std::vector<Refused> refused = {
      {"", 400, "jws_malformed"},
      {"a.b.c", 400, "jws_malformed"},
      {changed, 401, "jws_signature_wrong"},
      {sign_backup_statement(elsewhere, applicant.signing_key()).value(), 403,
       "jws_audience_wrong"},
      {applicant.manifest(1, {"one"}), 400, "jws_type_wrong"},
      {statement_for(applicant, 1, "one", std::string(64, 'b')), 422, "vault_statement_wrong"},
      {deletion_by(applicant, 1), 422, "vault_statement_wrong"},
      {statement_for(applicant, 1, "eno"), 422, "upload_digest_mismatch"},
      {statement_for(applicant, 1, "one and more"), 422, "upload_digest_mismatch"},
      {std::string(kMaxBackupStatementBytes + 1, 'a'), 413, "too_large"},
  };
  std::size_t ran = 0;

  for (const Refused& row : refused) {
    Exchange{"PUT", path_of(kId), first_put(row.statement), "one", row.status, {}, row.code}.run(
        *intake.api);
    ++ran;
  }
  Fields twice = first_put(good);
  twice.emplace_back("Vault-Statement", good);
  Exchange{"PUT", path_of(kId), twice, "one", 400, {}, "header_malformed"}.run(*intake.api);

  CHECK(ran == refused.size());
  CHECK(vault_files(intake) == 0);
  Exchange{"GET", path_of(kId), {}, std::nullopt, 404, {}, "not_found"}.run(*intake.api);
}

TEST_CASE("an id that was never used, one that was deleted and one that is none are the same 404") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");
  const Fields deletion = {{"If-Match", etag_of("one")},
                           {"Vault-Statement", deletion_by(applicant, 2)}};
  Exchange{"DELETE", path_of(kId), deletion, std::nullopt, 204, {}, ""}.run(*intake.api);
  const std::string never(64, 'c');
  const std::string later = statement_for(applicant, 3, "two");
  std::vector<std::string> bodies;

  for (const std::string& id : {kId, never, std::string("x"), std::string(64, 'A')}) {
    for (const std::string method : {"GET", "HEAD"}) {
      bodies.push_back(
          Exchange{method, path_of(id), {}, std::nullopt, 404, {{"ETag", "-"}}, "not_found"}
              .run(*intake.api)
              .body);
    }
    const Fields fields = later_put(id == kId || id.size() != 64 || id[0] == 'A'
                                        ? later
                                        : statement_for(applicant, 3, "two", id),
                                    etag_of("one"));
    bodies.push_back(Exchange{"PUT", path_of(id), fields, "two", 404, {{"ETag", "-"}}, "not_found"}
                         .run(*intake.api)
                         .body);
  }
  Exchange{"DELETE", path_of(kId), deletion, std::nullopt, 404, {}, "not_found"}.run(*intake.api);

  CHECK(bodies.size() == 12);
  for (const std::string& body : bodies) CHECK(body == bodies[0]);
  CHECK(vault_files(intake) == 0);
}

TEST_CASE("a deleted id stays with its key, and its counter goes on") {
  IntakeFixture intake;
  const TestApplicant owner(1);
  const TestApplicant stranger(2);
  put_first(intake, owner, "one");
  Exchange{"DELETE",
           path_of(kId),
           {{"If-Match", etag_of("one")}, {"Vault-Statement", deletion_by(owner, 5)}},
           std::nullopt,
           204,
           {},
           ""}
      .run(*intake.api);
  intake.reopen();

  Exchange{"PUT", path_of(kId),     first_put(statement_for(stranger, 9, "two")), "two", 403,
           {},    "vault_key_wrong"}
      .run(*intake.api);
  Exchange{"PUT", path_of(kId),        first_put(statement_for(owner, 5, "two")), "two", 409,
           {},    "vault_counter_used"}
      .run(*intake.api);
  Exchange{"PUT", path_of(kId), first_put(statement_for(owner, 6, "two")), "two", 201, {}, ""}.run(
      *intake.api);

  CHECK(kept_bytes(intake) == "two");
}

TEST_CASE("a deletion names what it deletes and is signed as one") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");
  const auto refused = [&](const Fields& fields, int status, const std::string& code) {
    Exchange{"DELETE", path_of(kId), fields, std::nullopt, status, {}, code}.run(*intake.api);
  };
  const std::string deletion = deletion_by(applicant, 2);

  refused({{"Vault-Statement", deletion}}, 428, "precondition_required");
  refused({{"If-None-Match", "*"}, {"Vault-Statement", deletion}}, 428, "precondition_required");
  refused({{"If-Match", etag_of("two")}, {"Vault-Statement", deletion}}, 412, "vault_changed");
  refused({{"If-Match", etag_of("one")}}, 400, "jws_malformed");
  refused({{"If-Match", etag_of("one")}, {"Vault-Statement", statement_for(applicant, 2, "two")}},
          422, "vault_statement_wrong");

  CHECK(kept_bytes(intake) == "one");
}

TEST_CASE("of several versions that name the same one, exactly one is kept") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");
  constexpr int kDevices = 8;
  std::vector<std::string> versions;
  std::vector<std::string> statements;
  for (int device = 0; device < kDevices; ++device) {
    versions.push_back("from device " + std::to_string(device));
    statements.push_back(statement_for(applicant, 2, versions.back()));
  }
  std::atomic<int> won = -1;
  std::atomic<int> winners = 0;
  std::atomic<int> told = 0;
  std::vector<std::thread> devices;

  for (int device = 0; device < kDevices; ++device) {
    devices.emplace_back([&, device] {
      MemorySource source(bytes_of(versions[static_cast<std::size_t>(device)]));
      const VaultAnswer answer =
          intake.vaults->put(kId, statements[static_cast<std::size_t>(device)],
                             {sha256_hex_of(bytes_of("one"))}, source, "192.0.2.1");
      if (answer.state) {
        won = device;
        ++winners;
      } else if (answer.refusal.error.code == ErrorCode::vault_changed) {
        ++told;
      }
    });
  }
  for (std::thread& device : devices) device.join();

  CHECK(winners == 1);
  CHECK(told == kDevices - 1);
  CHECK(kept_bytes(intake) == versions[static_cast<std::size_t>(won.load())]);
  CHECK(vault_files(intake) == 1);
}

TEST_CASE("a reader gets the version that it began with, whole, though it is replaced meanwhile") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string old(200000, 'o');
  put_first(intake, applicant, old);
  const HttpResponse reading =
      Exchange{"GET", path_of(kId), {}, std::nullopt, 200, {}, ""}.run(*intake.api);

  Exchange{"PUT", path_of(kId), later_put(statement_for(applicant, 2, "two"), etag_of(old)),
           "two", 204,          {},
           ""}
      .run(*intake.api);

  CHECK(text_of_stored(reading) == old);
  CHECK(kept_bytes(intake) == "two");
}

}  // namespace
}  // namespace landfall
