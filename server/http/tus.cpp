#include "server/http/tus.h"

#include <optional>
#include <string>
#include <utility>

#include "server/http/problem.h"
#include "server/http/upload_headers.h"
#include "server/intake/clock.h"

namespace landfall {
namespace {

constexpr std::string_view kVersion = "1.0.0";
constexpr std::string_view kChunkType = "application/offset+octet-stream";

HttpResponse with_version(HttpResponse response) {
  response.headers.set("Tus-Resumable", std::string(kVersion));
  return response;
}

HttpResponse refuse(ErrorCode code) { return with_version(problem_response(Error{code})); }
HttpResponse refuse(Error error) { return with_version(problem_response(error)); }

// Every request but OPTIONS must say which protocol it speaks.
std::optional<HttpResponse> refuse_version(const HttpRequest& request) {
  if (request.headers.find("Tus-Resumable") == kVersion) return std::nullopt;
  HttpResponse response = refuse(ErrorCode::tus_version_unsupported);
  response.headers.set("Tus-Version", std::string(kVersion));
  return response;
}

Result<std::optional<UploadChunk::Checksum>> checksum_of(const HttpRequest& request) {
  const std::optional<std::string_view> text = request.headers.find("Upload-Checksum");
  if (!text) return std::optional<UploadChunk::Checksum>();
  Result<UploadChunk::Checksum> checksum = parse_upload_checksum(*text);
  if (!checksum.ok()) return checksum.error();
  return std::optional<UploadChunk::Checksum>(std::move(checksum).value());
}

Result<NewUpload> new_upload_of(const HttpRequest& request) {
  // creation-defer-length is not offered, so the length must be known.
  if (request.headers.find("Upload-Defer-Length")) return Error{ErrorCode::upload_length_malformed};
  const std::optional<std::string_view> length = request.headers.find("Upload-Length");
  if (!length) return Error{ErrorCode::upload_length_malformed};
  const Result<std::uint64_t> length_bytes = parse_byte_count(*length);
  if (!length_bytes.ok()) return Error{ErrorCode::upload_length_malformed};
  const std::string_view text = request.headers.find("Upload-Metadata").value_or("");
  if (request.headers.count("Upload-Metadata") > 1) {
    return Error{ErrorCode::upload_metadata_malformed};
  }
  Result<UploadMetadata> metadata = parse_upload_metadata(text);
  if (!metadata.ok()) return metadata.error();
  return NewUpload{length_bytes.value(), std::string(text), std::move(metadata.value().kid),
                   std::move(metadata.value().sha256), request.peer};
}

void add_progress(HttpResponse& response, const UploadStatus& status) {
  response.headers.set("Upload-Offset", std::to_string(status.offset_bytes));
  response.headers.set("Upload-Expires", format_http_date(status.record.expires));
}

}  // namespace

std::string effective_upload_method(const HttpRequest& request) {
  const std::optional<std::string_view> override = request.headers.find("X-HTTP-Method-Override");
  return override ? std::string(*override) : request.method;
}

HttpResponse Tus::options() const {
  HttpResponse response;
  response.status = 204;
  response.headers = {
      {"Tus-Version", std::string(kVersion)},
      {"Tus-Extension", "creation,creation-with-upload,checksum,expiration,termination"},
      {"Tus-Max-Size", std::to_string(max_upload_bytes_)},
      {"Tus-Checksum-Algorithm", "sha1,sha256"}};
  return with_version(std::move(response));
}

HttpResponse Tus::create(const HttpRequest& request) {
  if (std::optional<HttpResponse> refused = refuse_version(request)) return *std::move(refused);
  const Result<NewUpload> wanted = new_upload_of(request);
  if (!wanted.ok()) return refuse(wanted.error());
  UploadChunk chunk;
  const bool has_type = request.headers.find("Content-Type").has_value();
  const bool has_body = request.body != nullptr && request.body->declared_bytes() != 0;
  if (has_body) {
    if (has_type && request.media_type() != kChunkType) {
      return refuse(ErrorCode::content_type_unsupported);
    }
    Result<std::optional<UploadChunk::Checksum>> checksum = checksum_of(request);
    if (!checksum.ok()) return refuse(checksum.error());
    chunk = {request.body, std::move(checksum).value()};
  }
  // Bytes without the chunk type are not meant as the beginning of the upload.
  const bool is_filled = has_body && has_type;
  const Result<UploadStatus> made = parts_.create(wanted.value(), is_filled ? &chunk : nullptr);
  if (!made.ok()) return refuse(made.error());
  HttpResponse response;
  response.status = 201;
  response.headers = {{"Location", std::string(base_path_) + "/" + made.value().record.id}};
  add_progress(response, made.value());
  return with_version(std::move(response));
}

HttpResponse Tus::on_upload(const HttpRequest& request, std::string_view id) {
  const std::string method = effective_upload_method(request);
  if (std::optional<HttpResponse> refused = refuse_version(request)) return *std::move(refused);
  if (method == "HEAD") return head(id);
  if (method == "PATCH") return patch(request, id);
  if (method == "DELETE") return remove(id);
  HttpResponse response = refuse(ErrorCode::method_not_allowed);
  response.headers.set("Allow", "OPTIONS, HEAD, PATCH, DELETE");
  return response;
}

HttpResponse Tus::head(std::string_view id) {
  const Result<UploadStatus> status = parts_.status(id);
  if (!status.ok()) return refuse(status.error());
  HttpResponse response;
  response.headers = {{"Cache-Control", "no-store"},
                      {"Upload-Length", std::to_string(status.value().record.length_bytes)}};
  const std::string& metadata = status.value().record.metadata;
  if (!metadata.empty()) response.headers.set("Upload-Metadata", metadata);
  add_progress(response, status.value());
  return with_version(std::move(response));
}

HttpResponse Tus::patch(const HttpRequest& request, std::string_view id) {
  if (request.media_type() != kChunkType) return refuse(ErrorCode::content_type_unsupported);
  const std::optional<std::string_view> text = request.headers.find("Upload-Offset");
  const Result<std::uint64_t> offset = parse_byte_count(text.value_or(""));
  if (!offset.ok()) return refuse(offset.error());
  Result<std::optional<UploadChunk::Checksum>> checksum = checksum_of(request);
  if (!checksum.ok()) return refuse(checksum.error());
  MemorySource nothing{ByteView()};
  UploadChunk chunk{request.body != nullptr ? request.body : &nothing, std::move(checksum).value()};
  const Result<UploadStatus> status = parts_.append(id, offset.value(), chunk);
  if (!status.ok()) return refuse(status.error());
  HttpResponse response;
  response.status = 204;
  add_progress(response, status.value());
  return with_version(std::move(response));
}

HttpResponse Tus::remove(std::string_view id) {
  const Result<Done> removed = parts_.remove(id);
  if (!removed.ok()) return refuse(removed.error());
  HttpResponse response;
  response.status = 204;
  return with_version(std::move(response));
}

}  // namespace landfall
