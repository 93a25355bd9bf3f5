// One request and the answer it must get, written like a line of a protocol trace.

#ifndef LANDFALL_TESTS_SERVER_SUPPORT_EXCHANGE_H_
#define LANDFALL_TESTS_SERVER_SUPPORT_EXCHANGE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/http/api.h"
#include "server/http/message.h"

namespace landfall {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Exchange {
  std::string method;
  std::string path;
  Fields headers;
  std::optional<std::string> body;
  int status = 0;
  Fields expected;   // headers the answer must have; "-" stands for: must not be there
  std::string code;  // of the problem, when one is expected

  // Sends it and checks the answer; every problem is checked against its schema and size. Returns
  // the answer for what the table cannot say.
  HttpResponse run(Api& api) const;
};

// A body that breaks off after `arrives` bytes of those announced.
class BrokenSource final : public ByteSource {
 public:
  BrokenSource(std::string bytes, std::size_t arrives, SourceEnd end)
      : bytes_(std::move(bytes)), arrives_(arrives), end_(end) {}
  SourceEnd read(const std::function<bool(ByteView)>& receive) override;
  [[nodiscard]] std::optional<std::uint64_t> declared_bytes() const override {
    return bytes_.size();
  }

 private:
  std::string bytes_;
  std::size_t arrives_;
  SourceEnd end_;
};

// The value of a header, or "" when it is absent.
[[nodiscard]] std::string header_of(const HttpResponse& response, std::string_view name);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_SUPPORT_EXCHANGE_H_
