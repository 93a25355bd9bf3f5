#include "server/http/assets.h"

#include <algorithm>
#include <array>
#include <utility>

namespace landfall {
namespace {

constexpr std::string_view name_of(ContentCoding coding) {
  switch (coding) {
    case ContentCoding::brotli:
      return "br";
    case ContentCoding::gzip:
      return "gzip";
    default:
      return "identity";
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The part of `list` before the next `separator`, which is taken off it.
std::string_view take(std::string_view& list, char separator) {
  const std::size_t at = list.find(separator);
  const std::string_view item = list.substr(0, at);
  list = at == std::string_view::npos ? std::string_view() : list.substr(at + 1);
  return trim(item);
}

// True for "q=0", "q=0.", "q=0.000": the one weight that says no.
bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = take(parameters, ';');
    if (parameter.size() < 3 || (parameter[0] != 'q' && parameter[0] != 'Q')) continue;
    std::string_view weight = trim(parameter.substr(1));
    if (weight.empty() || weight[0] != '=') continue;
    weight = trim(weight.substr(1));
    return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kMediaTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".gif", "image/gif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".pdf", "application/pdf"},
    {".txt", "text/plain; charset=utf-8"},
    {".jws", "application/jose"},
    {".xml", "application/xml"},
}};

}  // namespace

bool accepts_coding(std::string_view accept_encoding, ContentCoding coding) {
  bool by_wildcard = coding == ContentCoding::identity;
  while (!accept_encoding.empty()) {
    std::string_view item = take(accept_encoding, ',');
    const std::string_view name = take(item, ';');
    if (equals_ignoring_case(name, name_of(coding))) return !is_refused(item);
    if (name == "*") by_wildcard = !is_refused(item);
  }
  return by_wildcard;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view candidate = take(if_none_match, ',');
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate.size() == etag.size() + 2 && candidate.substr(1, etag.size()) == etag)
      return true;
  }
  return false;
}

HttpResponse serve_asset(const Asset& asset, const HttpRequest& request) {
  HttpResponse response;
  response.headers = {{"ETag", "\"" + asset.etag + "\""},
                      {"Vary", "Accept-Encoding"},
                      {"Cache-Control", asset.cache_control},
                      {"Accept-Ranges", "none"},
                      {"Content-Type", asset.content_type}};
  // A browser writes the headers of a 304 over those it stored (RFC 9111 section 4.3.4), and the
  // policies follow the type: without it a page would come back with the policy of no page.
  if (matches_etag(request.headers.find("If-None-Match").value_or(""), asset.etag)) {
    response.status = 304;
    return response;
  }
  const std::string_view accepted = request.headers.find("Accept-Encoding").value_or("");
  if (asset.brotli != nullptr && accepts_coding(accepted, ContentCoding::brotli)) {
    response.headers.add("Content-Encoding", "br");
    response.shared_body = asset.brotli;
  } else if (asset.gzip != nullptr && accepts_coding(accepted, ContentCoding::gzip)) {
    response.headers.add("Content-Encoding", "gzip");
    response.shared_body = asset.gzip;
  } else {
    response.shared_body = asset.identity;
  }
  return response;
}

std::string_view media_type_of(std::string_view file_name) {
  for (const auto& [ending, type] : kMediaTypes) {
    if (file_name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

}  // namespace landfall
