// The door to the network: sockets, HTTP/1.1 and its limits; alone includes httplib.h.

#ifndef LANDFALL_SERVER_APP_HTTP_LISTENER_H_
#define LANDFALL_SERVER_APP_HTTP_LISTENER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace landfall {

struct ListenerOptions {
  std::string host = "127.0.0.1";
  int port = 8480;           // 0: any free one
  std::size_t threads = 64;  // kept; one request in hand occupies one, a waiting connection none
  std::size_t most_threads = 256;
  std::size_t connections_per_address = 64;
  std::vector<std::string> trusted_proxies;  // addresses that the number above does not bind
  std::int64_t drain_seconds = 10;
  std::uint64_t max_body_bytes = 0;
};

// What the log is told about one answer: no address, no id, no header.
struct AnsweredRequest {
  std::string_view method;
  std::string_view route;
  int status = 0;
  double milliseconds = 0;
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_bytes = 0;
};

class HttpListener {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;
  using Log = std::function<void(const AnsweredRequest&)>;

  // `handler` and `log` are called from many threads at once.
  HttpListener(const ListenerOptions& options, Handler handler, Log log);
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  // Takes the address. False when it is in use or not ours.
  [[nodiscard]] bool bind();

  // The port taken by bind().
  [[nodiscard]] int port() const;

  // Answers requests until stop(); false when the socket failed. Requests in hand are finished as
  // far as they come within `drain_seconds`; what has arrived of the others is kept.
  bool run();

  // May be called from any thread, before or during run().
  void stop();

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_HTTP_LISTENER_H_
