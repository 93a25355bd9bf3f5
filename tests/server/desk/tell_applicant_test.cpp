#include "server/desk/tell_applicant.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/submission/certificate.h"
#include "tests/server/desk/received_sample.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

constexpr std::uint64_t kSeconds = 1'795'334'400;
const TellingTime kNow{kSeconds, "2026-11-22T08:00:00Z"};

DeskKey sample_desk() {
  DeskKey desk{sample_key(9), "", std::string(kAudience)};
  desk.certificate = sign_certificate({desk.aud, CertificateRole::desk, desk.key.public_key(),
                                       "2026-01-01T00:00:00Z", "2027-12-31T23:59:59Z", true},
                                      agency_key())
                         .value();
  return desk;
}

Message verified(const ToldMessage& told, const ReceivedCase& received) {
  MessageTrust trust;
  trust.root = agency_key().public_key();
  trust.manifest_sha256 = received.manifest_sha256;
  return verify_message(told.text, trust).value().message;
}

// Takes the next counter just before the one that tells stores its own.
class BusyStore final : public MemoryCaseStore {
 public:
  std::string rival;

  Result<bool> add_message(std::string_view manifest_sha256, std::uint64_t counter,
                           std::string_view message) override {
    if (!rival.empty()) CHECK(MemoryCaseStore::add_message(manifest_sha256, counter, rival).ok());
    rival.clear();
    return MemoryCaseStore::add_message(manifest_sha256, counter, message);
  }
};

TEST_CASE("messages of a case are counted from one and verify") {
  ReceivedSample sample = received_sample();

  const ToldMessage first =
      tell_applicant(sample.store, sample.received, MessageKind::unreadable, sample_desk(), kNow)
          .value();
  const ToldMessage second =
      tell_applicant(sample.store, sample.received, MessageKind::opened, sample_desk(), kNow)
          .value();

  CHECK(first.is_new);
  CHECK(verified(first, sample.received) == Message{std::string(kAudience),
                                                    sample.received.manifest_sha256, kSeconds,
                                                    kNow.text, MessageKind::unreadable});
  CHECK(verified(second, sample.received).counter == kSeconds + 1);
  CHECK(sample.store.messages(sample.received.manifest_sha256).value() ==
        std::vector<std::string>{first.text, second.text});
}

TEST_CASE("what was said last is not said twice") {
  ReceivedSample sample = received_sample();
  const auto tell = [&](MessageKind kind) {
    return tell_applicant(sample.store, sample.received, kind, sample_desk(), kNow).value();
  };
  const ToldMessage first = tell(MessageKind::opened);
  const ToldMessage again = tell(MessageKind::opened);

  CHECK_FALSE(again.is_new);
  CHECK(again.text == first.text);
  CHECK(sample.store.messages(sample.received.manifest_sha256).value().size() == 1);
}

TEST_CASE("what another key said is said again, for that key may be withdrawn") {
  ReceivedSample sample = received_sample();
  DeskKey next{sample_key(10), "", std::string(kAudience)};
  const std::string first =
      tell_applicant(sample.store, sample.received, MessageKind::opened, sample_desk(), kNow)
          .value()
          .text;

  const ToldMessage again =
      tell_applicant(sample.store, sample.received, MessageKind::opened, next, kNow).value();

  CHECK(again.is_new);
  CHECK(again.counter == kSeconds + 1);
  CHECK(again.text != first);
}

TEST_CASE("after a restore the counters go on above what phones have seen") {
  ReceivedSample before = received_sample();
  const std::uint64_t seen =
      tell_applicant(before.store, before.received, MessageKind::opened, sample_desk(), kNow)
          .value()
          .counter;
  ReceivedSample restored = received_sample();
  const TellingTime later{kSeconds + 60, "2026-11-22T08:01:00Z"};
  const ToldMessage told = tell_applicant(restored.store, restored.received,
                                          MessageKind::unreadable, sample_desk(), later)
                               .value();
  CHECK(told.counter > seen);
}

TEST_CASE("somebody else's message at the same moment comes first") {
  const ReceivedSample sample = received_sample();
  BusyStore store;
  store.rival = sign_message({std::string(kAudience), sample.received.manifest_sha256, kSeconds,
                              kNow.text, MessageKind::unreadable},
                             sample_desk().certificate, sample_key(9))
                    .value();

  const ToldMessage told =
      tell_applicant(store, sample.received, MessageKind::opened, sample_desk(), kNow).value();

  CHECK(told.counter == kSeconds + 1);
  CHECK(store.messages(sample.received.manifest_sha256).value().size() == 2);
}

TEST_CASE("a case gets no more messages than a phone reads") {
  ReceivedSample sample = received_sample();
  for (std::size_t i = 0; i < kMaxMessages; ++i) {
    const MessageKind kind = i % 2 == 0 ? MessageKind::opened : MessageKind::unreadable;
    REQUIRE(tell_applicant(sample.store, sample.received, kind, sample_desk(), kNow).ok());
  }
  const Result<ToldMessage> more =
      tell_applicant(sample.store, sample.received, MessageKind::opened, sample_desk(), kNow);
  CHECK(more.error() == Error{ErrorCode::too_large});
}

}  // namespace
}  // namespace landfall
