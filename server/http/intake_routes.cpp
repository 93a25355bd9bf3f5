#include <memory>
#include <string>
#include <utility>

#include "server/http/api.h"
#include "server/http/assets.h"
#include "server/http/body_reader.h"
#include "server/http/limits.h"
#include "server/http/problem.h"
#include "server/http/upload_headers.h"
#include "server/intake/read_log.h"
#include "server/intake/receive_bundle.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

constexpr std::string_view kPartsPath = "/api/v1/parts";

HttpResponse text_response(std::string body, std::string_view type, std::string_view cache) {
  HttpResponse response;
  response.headers = {{"Content-Type", std::string(type)}, {"Cache-Control", std::string(cache)}};
  response.body = std::move(body);
  return response;
}

// Shares the bytes of `file`, which stays alive as long as the answer does.
std::shared_ptr<const std::string> member_of(const std::shared_ptr<const PublishedFile>& file,
                                             const std::string& bytes) {
  return bytes.empty() ? nullptr : std::shared_ptr<const std::string>(file, &bytes);
}

HttpResponse serve_published(const std::shared_ptr<const PublishedFile>& file,
                             const HttpRequest& request, std::string_view type,
                             std::string_view cache) {
  if (file == nullptr) return problem_response(Error{ErrorCode::not_found});
  return serve_asset(
      {member_of(file, file->identity), member_of(file, file->brotli), member_of(file, file->gzip),
       std::string(type), file->sha256, std::string(cache)},
      request);
}

// The index; where there are certificates of root keys beside it, it says so, so that phones ask
// for them only then.
HttpResponse serve_index(const PublishedFiles& published, const HttpRequest& request) {
  HttpResponse response =
      serve_published(published.index(), request, "application/jose", "no-cache");
  if (published.root_certificates() != nullptr) {
    response.headers.set("Link", "</api/v1/packages/certificates>; rel=\"describedby\"");
  }
  return response;
}

HttpResponse receipt_response(SubmissionAnswer answer) {
  if (!answer.issued) return problem_response(answer.refusal);
  HttpResponse response =
      text_response(std::move(answer.issued->receipt), "application/jose", "no-store");
  response.status = answer.issued->is_new ? 201 : 200;
  return response;
}

HttpResponse submit(AcceptSubmission& submissions, const HttpRequest& request) {
  const std::string type = request.media_type();
  const bool is_bundle = type == "application/x-tar";
  if (!is_bundle && type != "application/jose") {
    return problem_response(Error{ErrorCode::content_type_unsupported});
  }
  const Result<std::string> body =
      read_body(request, is_bundle ? kMaxBundleBodyBytes : kMaxManifestBodyBytes);
  if (!body.ok()) return problem_response(body.error());
  return receipt_response(is_bundle ? submissions.accept_bundle(bytes_of(body.value()))
                                    : submissions.accept_manifest(body.value()));
}

// The same with all its parts, however large, from whoever carries it.
HttpResponse submit_bundle(const IntakeServices& intake, const HttpRequest& request) {
  if (request.media_type() != "application/x-tar") {
    return problem_response(Error{ErrorCode::content_type_unsupported});
  }
  if (request.body == nullptr) return problem_response(Error{ErrorCode::bundle_malformed});
  if (request.body->declared_bytes().value_or(0) > kMaxCarriedBundleBytes) {
    return problem_response(Error{ErrorCode::too_large});
  }
  return receipt_response(ReceiveBundle(intake.submissions, intake.parts).receive(*request.body));
}

// Whoever does not know id and digest learns nothing, not even which of the two was wrong.
HttpResponse read_receipt(const Store& store, const HttpRequest& request, std::string_view id) {
  Result<std::optional<std::string>> receipt =
      store.find_receipt(id, request.query_value("digest").value_or(""));
  if (!receipt.ok()) return problem_response(receipt.error());
  if (!receipt.value()) return problem_response(Error{ErrorCode::not_found});
  return text_response(*std::move(receipt).value(), "application/jose", "no-store");
}

// As read_receipt: what the desk says of a submission is for whoever holds its receipt.
HttpResponse read_messages(const Store& store, const HttpRequest& request, std::string_view id) {
  const Result<std::optional<std::vector<std::string>>> messages =
      store.find_messages(id, request.query_value("digest").value_or(""));
  if (!messages.ok()) return problem_response(messages.error());
  if (!messages.value()) return problem_response(Error{ErrorCode::not_found});
  std::string body = R"({"messages":[)";
  for (const std::string& message : *messages.value()) {
    if (body.back() != '[') body += ',';
    // A compact JWS has no character that JSON would escape.
    body += '"' + message + '"';
  }
  return text_response(body + "]}", "application/json", "no-store");
}

HttpResponse proof_response(const Result<std::vector<LogHash>>& proof) {
  if (!proof.ok()) return problem_response(proof.error());
  std::string body = R"({"proof":[)";
  for (const LogHash& hash : proof.value()) {
    if (body.back() != '[') body += ',';
    body += '"' + format_hex(hash) + '"';
  }
  // Asked for again each time: after a restore the log may grow another way to the same size.
  return text_response(body + "]}", "application/json", "no-cache");
}

HttpResponse prove_inclusion(const Store& store, const HttpRequest& request,
                             std::string_view index_text) {
  const Result<std::uint64_t> index = parse_byte_count(index_text);
  const Result<std::uint64_t> size = parse_byte_count(request.query_value("size").value_or(""));
  if (!index.ok() || !size.ok()) return problem_response(Error{ErrorCode::request_malformed});
  return proof_response(read_inclusion_proof(store, index.value(), size.value()));
}

HttpResponse prove_consistency(const Store& store, const HttpRequest& request) {
  const Result<std::uint64_t> from = parse_byte_count(request.query_value("from").value_or(""));
  const Result<std::uint64_t> to = parse_byte_count(request.query_value("to").value_or(""));
  if (!from.ok() || !to.ok()) return problem_response(Error{ErrorCode::request_malformed});
  return proof_response(read_consistency_proof(store, from.value(), to.value()));
}

std::vector<Route> upload_routes(const IntakeServices& intake) {
  const auto tus = std::make_shared<Tus>(intake.parts, intake.max_upload_bytes, kPartsPath);
  const auto on_upload = [tus](const HttpRequest& request, std::string_view id) {
    return tus->on_upload(request, id);
  };
  const auto options = [tus](const HttpRequest&, std::string_view) { return tus->options(); };
  return {
      {"OPTIONS", kPartsPath, options},
      {"POST", kPartsPath,
       [tus](const HttpRequest& request, std::string_view) { return tus->create(request); }},
      {"OPTIONS", "/api/v1/parts/{id}", options},
      {"HEAD", "/api/v1/parts/{id}", on_upload},
      {"PATCH", "/api/v1/parts/{id}", on_upload},
      {"DELETE", "/api/v1/parts/{id}", on_upload},
      {"POST", "/api/v1/parts/{id}", on_upload},
  };
}

// Tokens are base64url and dots, which JSON takes as they are.
HttpResponse list_links(const Store& store) {
  const Result<std::vector<std::string>> links = read_log_links(store);
  if (!links.ok()) return problem_response(links.error());
  std::string body = R"({"links":[)";
  for (const std::string& link : links.value()) {
    body += (body.back() == '[' ? "\"" : ",\"") + link + "\"";
  }
  return text_response(body + "]}", "application/json", "no-cache");
}

std::vector<Route> log_routes(const Store& store) {
  return {
      {"GET", "/api/v1/log/links",
       [&store](const HttpRequest&, std::string_view) { return list_links(store); }},
      {"GET", "/api/v1/log/checkpoint",
       [&store](const HttpRequest&, std::string_view) {
         Result<std::string> checkpoint = read_checkpoint(store);
         if (!checkpoint.ok()) return problem_response(checkpoint.error());
         return text_response(std::move(checkpoint).value(), "text/plain; charset=utf-8",
                              "no-cache");
       }},
      {"GET", "/api/v1/log/proof/{index}",
       [&store](const HttpRequest& request, std::string_view index) {
         return prove_inclusion(store, request, index);
       }},
      {"GET", "/api/v1/log/consistency",
       [&store](const HttpRequest& request, std::string_view) {
         return prove_consistency(store, request);
       }},
  };
}

}  // namespace

std::vector<Route> intake_routes(const IntakeServices& intake) {
  const IntakeServices* services = &intake;
  std::vector<Route> routes = {
      {"GET", "/api/v1/packages",
       [services](const HttpRequest& request, std::string_view) {
         return serve_index(services->published, request);
       }},
      // Before the digests, of which none is so short.
      {"GET", "/api/v1/packages/certificates",
       [services](const HttpRequest& request, std::string_view) {
         return serve_published(services->published.root_certificates(), request,
                                "text/plain; charset=utf-8", "no-cache");
       }},
      {"GET", "/api/v1/packages/{digest}",
       [services](const HttpRequest& request, std::string_view digest) {
         return serve_published(services->published.file(digest), request, "application/json",
                                "public, max-age=31536000, immutable");
       }},
      {"POST", "/api/v1/submissions",
       [services](const HttpRequest& request, std::string_view) {
         return submit(services->submissions, request);
       }},
      {"POST", "/api/v1/bundles",
       [services](const HttpRequest& request, std::string_view) {
         return submit_bundle(*services, request);
       }},
      {"GET", "/api/v1/submissions/{id}/receipt",
       [services](const HttpRequest& request, std::string_view id) {
         return read_receipt(services->store, request, id);
       }},
      {"GET", "/api/v1/submissions/{id}/messages",
       [services](const HttpRequest& request, std::string_view id) {
         return read_messages(services->store, request, id);
       }},
  };
  for (Route& route : upload_routes(intake)) routes.push_back(std::move(route));
  for (Route& route : vault_routes(intake.vaults)) routes.push_back(std::move(route));
  for (Route& route : log_routes(intake.store)) routes.push_back(std::move(route));
  return routes;
}

}  // namespace landfall
