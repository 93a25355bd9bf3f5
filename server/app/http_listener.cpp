#include "server/app/http_listener.h"

#include "server/http/limits.h"

// Limits that httplib fixes at compile time; this file is its only includer.
#define CPPHTTPLIB_HEADER_MAX_LENGTH landfall::kMaxHeaderLineBytes
#define CPPHTTPLIB_HEADER_MAX_COUNT landfall::kMaxHeaderCount
#define CPPHTTPLIB_REQUEST_URI_MAX_LENGTH landfall::kMaxTargetBytes
// A longer line gets no answer at all, a longer target than above 414.
#define CPPHTTPLIB_MAX_LINE_LENGTH std::size_t(131072)
#define CPPHTTPLIB_LISTEN_BACKLOG 1024
#define CPPHTTPLIB_RECV_BUFSIZ std::size_t(65536)
#define CPPHTTPLIB_SEND_BUFSIZ std::size_t(65536)
#include <httplib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "server/app/connections.h"
#include "server/app/waiting_room.h"
#include "server/http/chunked_body.h"
#include "server/http/problem.h"
#include "server/http/security_headers.h"

namespace landfall {
namespace {

using SteadyClock = std::chrono::steady_clock;

// What this thread knows of the request it is answering.
struct Exchange {
  httplib::Stream* stream = nullptr;
  bool must_close = false;  // bytes of the request are still unread
  bool is_past_headers = false;
  SteadyClock::time_point started;
  std::uint64_t received_bytes = 0;
  std::string_view route = "none";
};
thread_local Exchange* current_exchange = nullptr;

// Passes everything through, but gives up on a request whose headers take too long: one byte every
// few seconds would otherwise hold a thread for hours.
class BoundedStream final : public httplib::Stream {
 public:
  BoundedStream(httplib::Stream& inner, const Exchange& exchange)
      : inner_(inner), exchange_(exchange) {}

  bool is_readable() const override { return inner_.is_readable(); }
  bool wait_readable() const override { return inner_.wait_readable(); }
  bool wait_writable() const override { return inner_.wait_writable(); }
  bool is_peer_alive() const override { return inner_.is_peer_alive(); }
  ssize_t read(char* data, std::size_t size) override {
    if (exchange_.is_past_headers) {
      inner_.set_read_timeout(kSilenceSeconds, 0);
    } else {
      const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
          exchange_.started + std::chrono::seconds(kHeaderSeconds) - SteadyClock::now());
      if (left.count() <= 0) return -1;
      inner_.set_read_timeout(0, left.count());
    }
    return inner_.read(data, size);
  }
  ssize_t write(const char* data, std::size_t size) override {
    return is_checksum_line({data, size}) ? write_checksum_line({data, size})
                                          : inner_.write(data, size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    inner_.get_remote_ip_and_port(ip, port);
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    inner_.get_local_ip_and_port(ip, port);
  }
  socket_t socket() const override { return inner_.socket(); }
  time_t duration() const override { return inner_.duration(); }
  void set_read_timeout(time_t seconds, time_t microseconds) override {
    inner_.set_read_timeout(seconds, microseconds);
  }

 private:
  // The library has no phrase for the status of tus and takes the one of 500.
  static constexpr std::string_view kWrongLine = "HTTP/1.1 460 Internal Server Error\r\n";
  static constexpr std::string_view kRightLine = "HTTP/1.1 460 Checksum Mismatch\r\n";

  static bool is_checksum_line(std::string_view data) { return data.starts_with(kWrongLine); }

  ssize_t write_checksum_line(std::string_view data) {
    std::string answer(kRightLine);
    answer += data.substr(kWrongLine.size());
    const bool is_written = httplib::detail::write_data(inner_, answer.data(), answer.size());
    return is_written ? static_cast<ssize_t>(data.size()) : -1;
  }

  httplib::Stream& inner_;
  const Exchange& exchange_;
};

// Measures a body window by window, so that a fast beginning does not pay for a slow end.
class RateWindow {
 public:
  bool is_too_slow(std::size_t more_bytes) {
    bytes_ += more_bytes;
    const auto now = SteadyClock::now();
    if (now - started_ < std::chrono::seconds(kSlowWindowSeconds)) return false;
    const bool is_slow = bytes_ < kLeastBytesPerSecond * kSlowWindowSeconds;
    started_ = now;
    bytes_ = 0;
    return is_slow;
  }

 private:
  SteadyClock::time_point started_ = SteadyClock::now();
  std::uint64_t bytes_ = 0;
};

// The request's body, read strictly, counted and timed by us.
class SocketBody final : public ByteSource {
 public:
  SocketBody(const httplib::ContentReader& reader, std::optional<std::uint64_t> declared,
             std::uint64_t max_bytes, Exchange& exchange)
      : reader_(reader), declared_(declared), max_bytes_(max_bytes), exchange_(exchange) {}

  SourceEnd read(const std::function<bool(ByteView)>& receive) override {
    if (is_read_) return SourceEnd::broken;
    is_read_ = true;
    if (declared_ == 0) return SourceEnd::complete;
    if (declared_.value_or(0) > max_bytes_) {
      exchange_.must_close = true;
      return SourceEnd::too_large;
    }
    std::optional<SourceEnd> reason;
    RateWindow rate;
    const SourceEnd end = read_all([&](ByteView piece) {
      exchange_.received_bytes += piece.size();
      if (exchange_.received_bytes > max_bytes_) {
        reason = SourceEnd::too_large;
      } else if (rate.is_too_slow(piece.size())) {
        reason = SourceEnd::too_slow;
      } else {
        return receive(piece);
      }
      return false;
    });
    exchange_.must_close = end != SourceEnd::complete;
    return reason.value_or(end);
  }

  [[nodiscard]] std::optional<std::uint64_t> declared_bytes() const override { return declared_; }

  // Reads on for a while and forgets what it reads, when the handler answered without the body, so
  // that the connection can be used again.
  void drain() {
    if (is_read_ || declared_ == 0) return;
    is_read_ = true;
    exchange_.must_close = true;
    if (declared_.value_or(0) > kMaxDrainBytes) return;
    RateWindow rate;
    std::size_t drained = 0;
    const SourceEnd end = read_all([&](ByteView piece) {
      drained += piece.size();
      return drained <= kMaxDrainBytes && !rate.is_too_slow(piece.size());
    });
    exchange_.must_close = end != SourceEnd::complete;
  }

 private:
  SourceEnd read_all(const std::function<bool(ByteView)>& receive) {
    if (!declared_) {
      // httplib takes "-2" for the size of a chunk.
      return read_chunked_body(
          [this](char* data, std::size_t size) { return exchange_.stream->read(data, size); },
          receive);
    }
    bool is_refused = false;
    const bool is_whole = reader_([&](const char* data, std::size_t size) {
      is_refused = !receive(bytes_of({data, size}));
      return !is_refused;
    });
    if (is_whole) return SourceEnd::complete;
    return is_refused ? SourceEnd::refused : SourceEnd::broken;
  }

  const httplib::ContentReader& reader_;
  std::optional<std::uint64_t> declared_;
  std::uint64_t max_bytes_;
  Exchange& exchange_;
  bool is_read_ = false;
};

HttpRequest request_of(const httplib::Request& from) {
  HttpRequest request;
  request.method = from.method;
  request.path = from.path;
  request.peer = peer_of_address(from.remote_addr);
  for (const auto& [name, value] : from.params) request.query.emplace_back(name, value);
  for (const auto& [name, value] : from.headers) request.headers.add(name, value);
  return request;
}

bool is_chunked(const httplib::Request& request) { return request.has_header("Transfer-Encoding"); }

std::optional<std::uint64_t> declared_bytes(const httplib::Request& request) {
  if (is_chunked(request)) return std::nullopt;
  if (!request.has_header("Content-Length")) return 0;
  return request.get_header_value_u64("Content-Length");
}

bool is_digits(const std::string& text) {
  return !text.empty() && text.size() < 19 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What must be refused before anything reads the body: framing that two servers could read in two
// ways, bodies where none belongs, and encodings that would need unpacking.
std::optional<ErrorCode> refusal_of(const httplib::Request& request) {
  const std::size_t lengths = request.get_header_value_count("Content-Length");
  const std::size_t encodings = request.get_header_value_count("Transfer-Encoding");
  if (lengths > 1 || encodings > 1 || (lengths != 0 && encodings != 0)) {
    return ErrorCode::header_malformed;
  }
  if (encodings == 1 &&
      !equals_ignoring_case(request.get_header_value("Transfer-Encoding"), "chunked")) {
    return ErrorCode::header_malformed;
  }
  if (lengths == 1 && !is_digits(request.get_header_value("Content-Length"))) {
    return ErrorCode::header_malformed;
  }
  if (request.get_header_value_count("Host") > 1) return ErrorCode::header_malformed;
  const bool takes_body = request.method == "POST" || request.method == "PUT" ||
                          request.method == "PATCH" || request.method == "DELETE";
  if (!takes_body && (encodings != 0 || declared_bytes(request) != 0)) {
    return ErrorCode::request_malformed;
  }
  if (request.has_header("Content-Encoding")) return ErrorCode::content_encoding_unsupported;
  // httplib would take it apart before we saw it.
  if (request.is_multipart_form_data()) return ErrorCode::content_type_unsupported;
  const bool is_known = takes_body || request.method == "GET" || request.method == "HEAD" ||
                        request.method == "OPTIONS";
  if (!is_known) return ErrorCode::method_not_allowed;
  return std::nullopt;
}

// Sends what is stored in pieces. When one cannot be read, the connection ends early.
void fill_from_store(httplib::Response& to, const std::string& type,
                     std::shared_ptr<const StoredBytes> bytes) {
  to.set_content_provider(bytes->size_bytes(), type,
                          [bytes](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                            constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
                            Bytes piece(std::min(length, kPieceBytes));
                            if (!bytes->read(offset, piece).ok()) return false;
                            const std::string_view text = text_of(piece);
                            return sink.write(text.data(), text.size());
                          });
}

// httplib adds Content-Length.
void fill(httplib::Response& to, HttpResponse from) {
  to.status = from.status;
  const bool is_stored = from.stored_body != nullptr && from.stored_body->size_bytes() > 0;
  const bool is_shared = from.shared_body != nullptr && !from.shared_body->empty();
  for (const auto& [name, value] : from.headers) {
    // set_content_provider() adds the type itself.
    if ((!is_shared && !is_stored) || name != "Content-Type") to.set_header(name, value);
  }
  const std::string type(from.headers.find("Content-Type").value_or("application/octet-stream"));
  if (is_stored) return fill_from_store(to, type, std::move(from.stored_body));
  if (!is_shared) {
    to.body = std::move(from.body);
    return;
  }
  const std::shared_ptr<const std::string> body = std::move(from.shared_body);
  to.set_content_provider(body->size(), type,
                          [body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                            return sink.write(body->data() + offset, length);
                          });
}

// Says that nothing more will be sent, and reads on for a moment: closing on unread bytes would
// reset the connection, and the client might lose the refusal that is on its way.
void linger(socket_t socket) {
  constexpr std::chrono::seconds kLingerAtMost{1};
  shutdown(socket, SHUT_WR);
  const auto started = SteadyClock::now();
  std::array<char, 16384> buffer;
  std::size_t read_bytes = 0;
  while (read_bytes < kMaxDrainBytes && SteadyClock::now() - started < kLingerAtMost &&
         httplib::detail::select_read(socket, 1, 0) > 0) {
    const ssize_t got = recv(socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) return;
    read_bytes += static_cast<std::size_t>(got);
  }
}

HttpResponse refused(ErrorCode code) {
  HttpResponse response = problem_response(Error{code});
  add_security_headers(response);
  return response;
}

ErrorCode code_of_status(int status) {
  switch (status) {
    case 404:
      return ErrorCode::not_found;
    case 408:
      return ErrorCode::request_too_slow;
    case 413:
    case 414:
      return ErrorCode::too_large;
    case 415:
      return ErrorCode::content_type_unsupported;
    default:
      return status >= 500 ? ErrorCode::internal : ErrorCode::request_malformed;
  }
}

}  // namespace

class HttpListener::Server final : public httplib::Server {
 public:
  Server(const ListenerOptions& options, HttpListener::Handler handler, Log log)
      : options_(options),
        handler_(std::move(handler)),
        log_(std::move(log)),
        connections_(options.connections_per_address, options.trusted_proxies) {
    new_task_queue = [this] { return new Entrance(*this); };
    // SO_REUSEPORT, the library's default, would let a second server take the same port unnoticed.
    set_socket_options(
        [](socket_t socket) { httplib::set_socket_opt(socket, SOL_SOCKET, SO_REUSEADDR, 1); });
    set_tcp_nodelay(true);
    set_keep_alive_max_count(kKeepAliveRequests);
    set_keep_alive_timeout(kKeepAliveSeconds);
    set_read_timeout(kSilenceSeconds);
    set_write_timeout(kSilenceSeconds);
    // Bodies are counted by SocketBody; with a limit here, httplib would also take bytes that
    // follow a request without a body for one.
    set_payload_max_length((std::numeric_limits<std::size_t>::max)());
    set_routes();
  }

  bool bind() {
    port_ = options_.port;
    if (port_ != 0) return bind_to_port(options_.host, port_);
    port_ = bind_to_any_port(options_.host);
    return port_ > 0;
  }

  [[nodiscard]] int port() const { return port_; }

  bool run() {
    std::thread drain([this] { stop_when_asked(); });
    const bool is_fine = listen_after_bind();
    set_phase(Phase::ended);
    drain.join();
    return is_fine;
  }

  void stop_in_order() { set_phase(Phase::stopping); }

 private:
  // Runs what the library hands out for each new connection at once, which only seats it in the
  // waiting room; threads get connections whose request is there.
  class Entrance final : public httplib::TaskQueue {
   public:
    explicit Entrance(Server& server)
        : pool_(server.options_.threads, server.options_.most_threads),
          room_(
              {std::chrono::seconds(kKeepAliveSeconds), std::chrono::seconds(kHeaderSeconds),
               kMaxWaitingConnections},
              [this, &server](const WaitingConnection& connection) {
                const bool is_taken =
                    pool_.enqueue([&server, connection] { server.answer_one(connection); });
                if (!is_taken) server.close_connection(connection.socket);
              },
              [&server](const WaitingConnection& connection) {
                server.close_connection(connection.socket);
              }),
          server_(server) {
      server_.room_ = &room_;
    }

    bool enqueue(std::function<void()> seat) override {
      seat();
      return true;
    }

    void shutdown() override {
      room_.stop();
      pool_.shutdown();
    }

   private:
    httplib::ThreadPool pool_;
    WaitingRoom room_;
    Server& server_;
  };

  enum class Phase { running, stopping, ended };

  void set_phase(Phase phase) {
    {
      const std::lock_guard lock(phase_mutex_);
      phase_ = std::max(phase_, phase);
    }
    phase_changed_.notify_all();
  }

  // Stops taking connections and gives requests in hand their time; then their bodies end as if the
  // connection had broken, and soon after that their answers too.
  void stop_when_asked() {
    constexpr std::chrono::milliseconds kForTheLoop{5};
    constexpr std::chrono::seconds kForAnswers{2};
    std::unique_lock lock(phase_mutex_);
    const auto is_ended = [this] { return phase_ == Phase::ended; };
    phase_changed_.wait(lock, [this] { return phase_ != Phase::running; });
    // The library forgets a stop that comes before its loop has begun.
    while (!is_ended() && !is_running()) phase_changed_.wait_for(lock, kForTheLoop);
    if (is_ended()) return;
    stop();
    const std::chrono::seconds drain{options_.drain_seconds};
    if (phase_changed_.wait_for(lock, drain, is_ended)) return;
    connections_.end_reading();
    if (phase_changed_.wait_for(lock, kForAnswers, is_ended)) return;
    connections_.end_all();
  }

  void set_routes() {
    const std::string any = ".*";
    const httplib::Server::HandlerWithContentReader with_body =
        [this](const httplib::Request& request, httplib::Response& response,
               const httplib::ContentReader& reader) { answer(request, response, &reader); };
    const httplib::Server::Handler without_body = [this](const httplib::Request& request,
                                                         httplib::Response& response) {
      answer(request, response, nullptr);
    };
    Get(any, without_body);
    Options(any, without_body);
    Post(any, with_body);
    Put(any, with_body);
    Patch(any, with_body);
    Delete(any, with_body);
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      return screen(request, response);
    });
    set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
          fill(response, refused(ErrorCode::internal));
          if (current_exchange != nullptr) current_exchange->must_close = true;
        });
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
      // Ours have a body; those that httplib makes by itself get a problem document too.
      if (!response.body.empty()) return HandlerResponse::Unhandled;
      const int status = response.status;
      fill(response, refused(code_of_status(status)));
      response.status = status;
      response.body = problem_document(code_of_status(status), status);
      if (current_exchange != nullptr) current_exchange->must_close = true;
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([](const httplib::Request& request, httplib::Response& response) {
      // RFC 9110 section 8.6: none with 204; and httplib promises ranges that we do not serve.
      if (response.status == 204 || response.status == 304)
        response.headers.erase("Content-Length");
      if (request.method == "HEAD" && response.get_header_value("Accept-Ranges") == "bytes") {
        response.headers.erase("Accept-Ranges");
      }
      if (current_exchange != nullptr && current_exchange->must_close) {
        response.headers.erase("Connection");
        response.headers.erase("Keep-Alive");
        response.set_header("Connection", "close");
      }
    });
    set_logger([this](const httplib::Request& request, const httplib::Response& response) {
      write_log(request, response);
    });
  }

  HandlerResponse screen(const httplib::Request& request, httplib::Response& response) {
    if (current_exchange != nullptr) current_exchange->is_past_headers = true;
    // Ranges are not offered; httplib would cut our answers by them.
    const_cast<httplib::Request&>(request).ranges.clear();
    const std::optional<ErrorCode> refusal = refusal_of(request);
    if (!refusal) return HandlerResponse::Unhandled;
    fill(response, refused(*refusal));
    forget_body(request);
    if (current_exchange != nullptr) current_exchange->must_close = true;
    return HandlerResponse::Handled;
  }

  // Keeps httplib from reading what is left by itself: without an announced length it would read on
  // until the connection ends, and take the next request for a body.
  static void forget_body(const httplib::Request& request) {
    const_cast<httplib::Request&>(request).body_consumed_ = true;
  }

  void answer(const httplib::Request& from, httplib::Response& to,
              const httplib::ContentReader* reader) {
    Exchange& exchange = *current_exchange;
    HttpRequest request = request_of(from);
    std::optional<SocketBody> body;
    if (reader != nullptr) {
      body.emplace(*reader, declared_bytes(from), options_.max_body_bytes, exchange);
      request.body = &*body;
    }
    HttpResponse response = handler_(request);
    exchange.route = response.route;
    fill(to, std::move(response));
    if (body) body->drain();
    forget_body(from);
  }

  void write_log(const httplib::Request& request, const httplib::Response& response) {
    if (!log_ || current_exchange == nullptr) return;
    const Exchange& exchange = *current_exchange;
    const std::chrono::duration<double, std::milli> took = SteadyClock::now() - exchange.started;
    const std::uint64_t sent = request.method == "HEAD" ? 0
                               : response.content_length_ > 0
                                   ? std::uint64_t{response.content_length_}
                                   : std::uint64_t{response.body.size()};
    log_({request.method, exchange.route, response.status, took.count(), exchange.received_bytes,
          sent});
  }

  // Called by the thread that accepts.
  bool process_and_close_socket(socket_t socket) override {
    std::string address;
    int port = 0;
    httplib::detail::get_remote_ip_and_port(socket, address, port);
    const std::string peer = peer_of_address(address);
    bool is_in = connections_.enter(socket, peer);
    // A peer with too many gives up one that only waits; one whose requests fill its share gets
    // no further connection.
    if (!is_in && room_->drop_oldest_of(peer)) is_in = connections_.enter(socket, peer);
    if (is_in) {
      room_->enter({socket, peer, kKeepAliveRequests});
    } else {
      close_connection(socket);
    }
    return is_in;
  }

  // As the library's, for one request, with our stream around its own and our word on when to
  // close. The next request waits without a thread.
  void answer_one(const WaitingConnection& connection) {
    httplib::detail::SocketStream stream(connection.socket, read_timeout_sec_, read_timeout_usec_,
                                         write_timeout_sec_, write_timeout_usec_);
    Exchange exchange;
    exchange.started = SteadyClock::now();
    current_exchange = &exchange;
    BoundedStream bounded(stream, exchange);
    exchange.stream = &bounded;
    bool is_closed = false;
    const bool is_answered = process_request(bounded, std::string(), 0, std::string(), 0,
                                             connection.requests_left <= 1, is_closed, nullptr);
    current_exchange = nullptr;
    if (is_answered && !is_closed && !exchange.must_close && connection.requests_left > 1) {
      room_->enter({connection.socket, connection.peer, connection.requests_left - 1});
      return;
    }
    if (is_answered && exchange.must_close) linger(connection.socket);
    close_connection(connection.socket);
  }

  void close_connection(socket_t socket) {
    connections_.leave(socket);
    httplib::detail::shutdown_socket(socket);
    httplib::detail::close_socket(socket);
  }

  ListenerOptions options_;
  HttpListener::Handler handler_;
  Log log_;
  Connections connections_;
  WaitingRoom* room_ = nullptr;  // of the Entrance, which the library keeps while it listens
  std::mutex phase_mutex_;
  std::condition_variable phase_changed_;
  Phase phase_ = Phase::running;
  int port_ = 0;
};

HttpListener::HttpListener(const ListenerOptions& options, Handler handler, Log log)
    : server_(std::make_unique<Server>(options, std::move(handler), std::move(log))) {}

HttpListener::~HttpListener() = default;

bool HttpListener::bind() { return server_->bind(); }

int HttpListener::port() const { return server_->port(); }

bool HttpListener::run() { return server_->run(); }

void HttpListener::stop() { server_->stop_in_order(); }

}  // namespace landfall
