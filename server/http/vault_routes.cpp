#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/http/api.h"
#include "server/http/assets.h"
#include "server/http/problem.h"

namespace landfall {
namespace {

constexpr std::string_view kVaultPath = "/api/v1/vaults/{id}";
constexpr const char* kStatementHeader = "Vault-Statement";
constexpr const char* kExpiresHeader = "Vault-Expires";

std::string quoted(std::string_view sha256) { return '"' + std::string(sha256) + '"'; }

void add_state(HttpResponse& response, const VaultRecord& record) {
  response.headers.set("ETag", quoted(record.sha256));
  response.headers.set(kExpiresHeader, format_http_date(record.expires));
  response.headers.set("Cache-Control", "no-store");
}

HttpResponse refuse(const VaultRefusal& refusal) {
  HttpResponse response = problem_response(refusal.error);
  if (!refusal.present_sha256.empty()) {
    response.headers.set("ETag", quoted(refusal.present_sha256));
  }
  return response;
}

// What If-Match or If-None-Match says the vault holds. One of them must be there, as a condition
// that compares: "If-Match: *" would replace whatever is there.
//
// Errors: precondition_required; header_malformed for both at once
Result<VaultCondition> condition_of(const HttpRequest& request) {
  const std::size_t matches = request.headers.count("If-Match");
  const std::size_t others = request.headers.count("If-None-Match");
  if (matches + others > 1) return Error{ErrorCode::header_malformed};
  if (others == 1) {
    const bool is_new = request.headers.find("If-None-Match") == "*";
    return is_new ? Result<VaultCondition>(VaultCondition{})
                  : Error{ErrorCode::precondition_required};
  }
  const std::string_view tag = request.headers.find("If-Match").value_or("*");
  if (tag == "*") return Error{ErrorCode::precondition_required};
  // A tag that is none of ours names nothing that was ever here, and so never what is here now.
  const bool is_quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
  return VaultCondition{
      std::string(is_quoted ? tag.substr(1, tag.size() - 2) : std::string_view())};
}

// Errors: header_malformed when it is there twice. An absent one is empty, and no statement.
Result<std::string> statement_of(const HttpRequest& request) {
  if (request.headers.count(kStatementHeader) > 1) return Error{ErrorCode::header_malformed};
  return std::string(request.headers.find(kStatementHeader).value_or(""));
}

// Condition and statement of a change.
struct Change {
  VaultCondition condition;
  std::string statement;
};

Result<Change> change_of(const HttpRequest& request, std::string_view id) {
  if (!is_vault_id(id)) return Error{ErrorCode::not_found};
  Result<VaultCondition> condition = condition_of(request);
  if (!condition.ok()) return condition.error();
  Result<std::string> statement = statement_of(request);
  if (!statement.ok()) return statement.error();
  return Change{std::move(condition).value(), std::move(statement).value()};
}

HttpResponse put_vault(KeepVaults& vaults, const HttpRequest& request, std::string_view id) {
  const Result<Change> change = change_of(request, id);
  if (!change.ok()) return problem_response(change.error());
  const std::string type = request.media_type();
  if (type != "application/octet-stream" && type != "application/vnd.age") {
    return problem_response(Error{ErrorCode::content_type_unsupported});
  }
  MemorySource nothing{ByteView()};
  const VaultAnswer answer =
      vaults.put(id, change.value().statement, change.value().condition,
                 request.body != nullptr ? *request.body : nothing, request.peer);
  if (!answer.state) return refuse(answer.refusal);
  HttpResponse response;
  response.status = answer.state->is_new ? 201 : 204;
  add_state(response, answer.state->record);
  return response;
}

HttpResponse delete_vault(KeepVaults& vaults, const HttpRequest& request, std::string_view id) {
  const Result<Change> change = change_of(request, id);
  if (!change.ok()) return problem_response(change.error());
  if (!change.value().condition.sha256) {
    return problem_response(Error{ErrorCode::precondition_required});
  }
  const VaultAnswer answer = vaults.remove(id, change.value().statement, change.value().condition);
  if (!answer.state) return refuse(answer.refusal);
  HttpResponse response;
  response.status = 204;
  return response;
}

HttpResponse answer_with(Result<KeepVaults::Opened> opened, const HttpRequest& request) {
  if (!opened.ok()) return problem_response(opened.error());
  const VaultRecord& record = opened.value().record;
  HttpResponse response;
  add_state(response, record);
  response.headers.set(kStatementHeader, record.statement);
  response.headers.set("Content-Type", "application/octet-stream");
  const std::string_view held = request.headers.find("If-None-Match").value_or("");
  if (matches_etag(held, record.sha256)) {
    response.status = 304;
  } else {
    response.stored_body = std::move(opened.value().bytes);
  }
  return response;
}

}  // namespace

std::vector<Route> vault_routes(KeepVaults& vaults) {
  KeepVaults* kept = &vaults;
  return {
      // First, because a route for GET answers HEAD as well.
      {"HEAD", kVaultPath,
       [kept](const HttpRequest& request, std::string_view id) {
         // What is asked in passing does not prolong the time that a backup is kept.
         return answer_with(kept->look(id), request);
       }},
      {"GET", kVaultPath,
       [kept](const HttpRequest& request, std::string_view id) {
         return answer_with(kept->open(id), request);
       }},
      {"PUT", kVaultPath,
       [kept](const HttpRequest& request, std::string_view id) {
         return put_vault(*kept, request, id);
       }},
      {"DELETE", kVaultPath,
       [kept](const HttpRequest& request, std::string_view id) {
         return delete_vault(*kept, request, id);
       }},
  };
}

}  // namespace landfall
