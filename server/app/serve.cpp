#include "server/app/serve.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "server/app/http_listener.h"
#include "server/app/intake_process.h"
#include "server/app/load_site.h"
#include "server/app/request_log.h"
#include "server/app/system_clock.h"
#include "server/http/limits.h"

namespace landfall {
namespace {

// New packages are looked for this often, expired uploads every kCleanUpEvery such rounds.
constexpr std::chrono::seconds kMaintenanceInterval{5};
constexpr int kCleanUpEvery = 60;

ServeEnd not_started(const std::string& message) {
  std::fprintf(stderr, "landfall serve: %s\n", message.c_str());
  return ServeEnd::not_started;
}

// One connection is one open file, and the usual 1024 are fewer than may wait.
void allow_many_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Waits for a stop signal in a thread of its own, where anything may be called.
class SignalWatch {
 public:
  explicit SignalWatch(HttpListener& listener)
      : thread_([&listener] {
          const sigset_t signals = stop_signals();
          int received = 0;
          sigwait(&signals, &received);
          listener.stop();
        }) {}
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch() {
    // Where the listener ended by itself, the thread still waits.
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }

 private:
  std::thread thread_;
};

class Maintenance {
 public:
  explicit Maintenance(IntakeProcess& intake) : intake_(intake), thread_([this] { run(); }) {}
  Maintenance(const Maintenance&) = delete;
  Maintenance& operator=(const Maintenance&) = delete;
  ~Maintenance() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (int round = 0; !is_stopping_; ++round) {
      lock.unlock();
      intake_.maintain(round % kCleanUpEvery == 0);
      lock.lock();
      wake_.wait_for(lock, kMaintenanceInterval, [this] { return is_stopping_; });
    }
  }

  IntakeProcess& intake_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_stopping_ = false;
  std::thread thread_;
};

bool has_intake(ServerRole role) { return role == ServerRole::all || role == ServerRole::intake; }

// The largest body that any route takes; the routes have their own limits.
std::uint64_t max_body_bytes(const ServeOptions& options) {
  return std::max({options.part_limits.upload_bytes, options.vault_limits.backup_bytes,
                   kMaxCarriedBundleBytes});
}

ServeEnd serve_api(const ServeOptions& options, Api& api, IntakeProcess* intake) {
  const SystemClock clock;
  HttpListener listener(
      {options.host, options.port, options.threads, options.most_threads,
       options.connections_per_address, options.trusted_proxies, options.drain_seconds,
       max_body_bytes(options)},
      [&api](const HttpRequest& request) { return api.handle(request); },
      [&clock](const AnsweredRequest& request) {
        write_log_line(format_request_line(request, clock.now()));
      });
  if (!listener.bind()) {
    return not_started("cannot listen on " + options.host + ":" + std::to_string(options.port));
  }
  const SignalWatch watch(listener);
  std::optional<Maintenance> maintenance;
  if (intake != nullptr) maintenance.emplace(*intake);
  const bool is_v6 = options.host.find(':') != std::string::npos;
  std::printf("listening on http://%s%s%s:%d\n", is_v6 ? "[" : "", options.host.c_str(),
              is_v6 ? "]" : "", listener.port());
  std::fflush(stdout);
  listener.run();
  return ServeEnd::stopped;
}

}  // namespace

ServeEnd run_server(const ServeOptions& options) {
  // Ciphertext is still nobody else's business.
  umask(0077);
  signal(SIGPIPE, SIG_IGN);
  allow_many_files();
  // Blocked here, before there is a second thread, so that every thread inherits it.
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  if (options.role == ServerRole::desk) {
    return not_started("--role desk is not part of this build yet; use all or intake");
  }
  const std::optional<StaticSite> site = load_site(options.web_folder);
  if (!site) return not_started("no built portal in " + options.web_folder);
  std::unique_ptr<IntakeProcess> intake;
  if (has_intake(options.role)) {
    std::variant<std::unique_ptr<IntakeProcess>, ConfigProblem> opened =
        IntakeProcess::open(options);
    if (auto* problem = std::get_if<ConfigProblem>(&opened)) return not_started(problem->message);
    intake = std::get<std::unique_ptr<IntakeProcess>>(std::move(opened));
  }
  const SystemClock clock;
  Api api(intake == nullptr ? nullptr : &intake->services(), *site, clock);
  return serve_api(options, api, intake.get());
}

}  // namespace landfall
