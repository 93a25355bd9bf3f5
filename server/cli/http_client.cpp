#include "server/cli/http_client.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <memory>

namespace landfall {
namespace {

constexpr std::size_t kMaxHeadBytes = std::size_t{64} << 10;
constexpr int kPatienceSeconds = 30;

struct Url {
  bool secure = false;
  std::string host;
  std::string port;
  std::string target;  // path and query
};

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Connection = std::unique_ptr<BIO, FreeBio>;
using TlsContext = std::unique_ptr<SSL_CTX, FreeContext>;

Failure could_not(const std::string& url, std::string_view why) {
  return {kExitCouldNot, url + ": " + std::string(why)};
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool parse_url(const std::string& text, Url& url) {
  url.secure = text.starts_with("https://");
  const std::size_t start = url.secure ? 8 : 7;
  const std::size_t slash = std::min(text.find_first_of("/?", start), text.size());
  const std::string authority = text.substr(start, slash - start);
  url.target = text.substr(slash, text.find('#', slash) - slash);
  if (url.target.empty() || url.target.front() != '/') url.target.insert(0, "/");
  const std::size_t colon = authority.find(':', authority.find(']') + 1);
  url.host = authority.substr(0, colon);
  url.port = colon == std::string::npos ? (url.secure ? "443" : "80") : authority.substr(colon + 1);
  return !url.host.empty() && !url.port.empty() && is_plain(text) &&
         authority.find('@') == std::string::npos;
}

// A connection of the kind the URL asks for, not connected yet.
Connection make_connection(const Url& url, TlsContext& context) {
  const std::string address = url.host + ":" + url.port;
  if (!url.secure) return Connection(BIO_new_connect(address.c_str()));
  context.reset(SSL_CTX_new(TLS_client_method()));
  if (!context || SSL_CTX_set_default_verify_paths(context.get()) != 1) return nullptr;
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  Connection connection(BIO_new_ssl_connect(context.get()));
  SSL* tls = nullptr;
  if (!connection || BIO_get_ssl(connection.get(), &tls) != 1 || tls == nullptr) return nullptr;
  if (SSL_set1_host(tls, url.host.c_str()) != 1) return nullptr;
  if (SSL_set_tlsext_host_name(tls, url.host.c_str()) != 1) return nullptr;
  BIO_set_conn_hostname(connection.get(), address.c_str());
  return connection;
}

// OpenSSL's own loop goes on asking who has refused, until the time is over.
bool connects(BIO* connection) {
  constexpr unsigned kNapMs = 100;
  BIO_set_nbio(connection, 1);
  const std::time_t end = std::time(nullptr) + kPatienceSeconds;
  while (BIO_do_connect(connection) <= 0) {
    if (BIO_should_retry(connection) == 0 || BIO_wait(connection, end, kNapMs) <= 0) return false;
  }
  return true;
}

void limit_patience(BIO* connection) {
  int descriptor = -1;
  if (BIO_get_fd(connection, &descriptor) < 0) return;
  // Connecting within a time leaves the socket non-blocking; from here on the kernel keeps time.
  BIO_socket_nbio(descriptor, 0);
  const timeval patience{kPatienceSeconds, 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

bool send(BIO* connection, ByteView bytes) {
  while (!bytes.empty()) {
    const int sent = BIO_write(connection, bytes.data(), static_cast<int>(bytes.size()));
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

// HTTP/1.0: the body comes in one piece and ends with the connection.
bool send_head(BIO* connection, const Url& url, const std::string& method,
               const std::string& fields, std::string_view accepted = "identity") {
  return send(connection, bytes_of(method + " " + url.target + " HTTP/1.0\r\nHost: " + url.host +
                                   ":" + url.port + "\r\nAccept-Encoding: " +
                                   std::string(accepted) + "\r\n" + fields + "\r\n"));
}

// False when the connection broke: the server may have answered all the same.
Outcome<bool> send_content(BIO* connection, InputFile& content, std::uint64_t size_bytes) {
  Bytes piece(kPieceBytes);
  while (size_bytes > 0) {
    Outcome<std::size_t> got = content.read(piece);
    if (!got.ok()) return got.failure();
    if (got.value() == 0) return Failure{kExitCouldNot, content.name() + ": became shorter"};
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(got.value(), size_bytes));
    if (!send(connection, ByteView(piece).first(size))) return false;
    size_bytes -= size;
  }
  return true;
}

// Everything the server sends; nothing when it is more than `max_bytes`.
bool read_all(BIO* connection, std::size_t max_bytes, std::string& answer) {
  std::string piece(std::size_t{16} << 10, '\0');
  for (;;) {
    const int got = BIO_read(connection, piece.data(), static_cast<int>(piece.size()));
    if (got <= 0) return true;  // a cut shows against the announced length
    answer.append(piece, 0, static_cast<std::size_t>(got));
    if (answer.size() > max_bytes) return false;
  }
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// The value of the field `name` in lower case, "" without one. `head` ends with a line end.
std::string field_of(const std::string& head, std::string_view name) {
  const std::string fields = lower_case(head);
  const std::string start = "\r\n" + std::string(name) + ":";
  const std::size_t at = fields.find(start);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + start.size();
  return std::string(trimmed(fields.substr(begin, fields.find("\r\n", begin) - begin)));
}

// True when the head announces no length, or the one that came.
bool length_is_right(const std::string& head, std::size_t body_bytes) {
  const std::string text = field_of(head, "content-length");
  if (text.empty()) return true;
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return error == std::errc() && end == text.data() + text.size() && length == body_bytes;
}

// An open connection to `url_text`.
struct Contact {
  Url url;
  TlsContext context;
  Connection connection;
};

Outcome<Contact> connect_to(const std::string& url_text) {
  Contact contact;
  if (!is_url(url_text) || !parse_url(url_text, contact.url)) {
    return Failure{kExitUsage, url_text + ": not a URL that can be fetched"};
  }
  // A server that hangs up while it is written to must not end the program.
  std::signal(SIGPIPE, SIG_IGN);
  contact.connection = make_connection(contact.url, contact.context);
  if (!contact.connection || !connects(contact.connection.get())) {
    return could_not(url_text, "the server cannot be reached, or is not who it says");
  }
  limit_patience(contact.connection.get());
  return contact;
}

Outcome<HttpAnswer> read_answer(BIO* connection, const std::string& url_text,
                                std::size_t max_bytes) {
  std::string answer;
  if (!read_all(connection, max_bytes + kMaxHeadBytes, answer)) {
    return could_not(url_text, "the answer is too long");
  }
  constexpr std::size_t kStatusAt = 9;  // after "HTTP/1.x "
  const std::size_t end = answer.find("\r\n\r\n");
  int status = 0;
  if (end == std::string::npos || end < kStatusAt + 3 || !answer.starts_with("HTTP/1.") ||
      std::from_chars(answer.data() + kStatusAt, answer.data() + kStatusAt + 3, status).ec !=
          std::errc()) {
    return could_not(url_text, "no HTTP answer came");
  }
  const ByteView body = bytes_of(answer).subspan(end + 4);
  const std::string head = answer.substr(0, end + 2);
  if (!length_is_right(head, body.size())) {
    return could_not(url_text, "the answer was cut short");
  }
  if (body.size() > max_bytes) return could_not(url_text, "the answer is too long");
  return HttpAnswer{status, Bytes(body.begin(), body.end()), field_of(head, "content-encoding")};
}

}  // namespace

bool is_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

Outcome<Bytes> http_get(const std::string& url_text, std::size_t max_bytes) {
  Outcome<HttpAnswer> answer = http_ask(url_text, "identity", max_bytes);
  if (!answer.ok()) return answer.failure();
  if (answer.value().status != 200) {
    return could_not(url_text, "answered " + std::to_string(answer.value().status));
  }
  return std::move(answer.value().body);
}

Outcome<HttpAnswer> http_ask(const std::string& url_text, std::string_view accepted,
                             std::size_t max_bytes) {
  Outcome<Contact> contact = connect_to(url_text);
  if (!contact.ok()) return contact.failure();
  BIO* connection = contact.value().connection.get();
  if (!send_head(connection, contact.value().url, "GET", "", accepted)) {
    return could_not(url_text, "the connection broke");
  }
  return read_answer(connection, url_text, max_bytes);
}

Outcome<HttpAnswer> http_post(const std::string& url_text, std::string_view media_type,
                              InputFile& content, std::uint64_t size_bytes, std::size_t max_bytes) {
  Outcome<Contact> contact = connect_to(url_text);
  if (!contact.ok()) return contact.failure();
  BIO* connection = contact.value().connection.get();
  const std::string fields = "Content-Type: " + std::string(media_type) +
                             "\r\nContent-Length: " + std::to_string(size_bytes) + "\r\n";
  if (!send_head(connection, contact.value().url, "POST", fields)) {
    return could_not(url_text, "the connection broke");
  }
  const Outcome<bool> sent = send_content(connection, content, size_bytes);
  if (!sent.ok()) return sent.failure();
  // Also where it hung up in the middle: a refusal comes before all has been read.
  return read_answer(connection, url_text, max_bytes);
}

}  // namespace landfall
