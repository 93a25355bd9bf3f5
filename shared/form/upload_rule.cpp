#include "shared/form/upload_rule.h"

#include <utility>

namespace landfall {
namespace {

constexpr int kMaxPictureBytes = 2'000'000;
constexpr int kMaxPaperBytes = 5'000'000;
constexpr int kMaxSoundBytes = 10'000'000;
constexpr int kMaxFilmBytes = 25'000'000;
constexpr int kMaxPages = 30;

Json rule(Json types, Json extensions, int max_bytes) {
  return Json::object({{"types", std::move(types)},
                       {"ext", std::move(extensions)},
                       {"max_bytes", max_bytes},
                       {"max_files", 1}});
}

}  // namespace

Json upload_rule(std::string_view type) {
  if (type == "image") {
    return rule(Json::array({"image/jpeg", "image/png"}), Json::array({"jpg", "jpeg", "png"}),
                kMaxPictureBytes);
  }
  if (type == "audio") {
    // Phones record sound into the containers of films, too.
    return rule(Json::array({"audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/amr",
                             "video/mp4", "video/3gpp", "video/webm"}),
                Json::array({"m4a", "mp3", "ogg", "oga", "opus", "wav", "amr", "mp4", "3gp", "3gpp",
                             "webm", "weba"}),
                kMaxSoundBytes);
  }
  if (type == "video") {
    return rule(Json::array({"video/mp4", "video/quicktime", "video/3gpp", "video/webm"}),
                Json::array({"mp4", "m4v", "mov", "qt", "3gp", "3gpp", "webm"}), kMaxFilmBytes);
  }
  Json any = rule(Json::array({"image/jpeg", "image/png", "application/pdf"}),
                  Json::array({"jpg", "jpeg", "png", "pdf"}), kMaxPaperBytes);
  any["max_pages"] = kMaxPages;
  return any;
}

}  // namespace landfall
