// Which published forms may be submitted, and what intake must know of each.

#ifndef LANDFALL_SERVER_INTAKE_FORM_CATALOG_H_
#define LANDFALL_SERVER_INTAKE_FORM_CATALOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace landfall {

// Thread rule: any thread; the catalog may be renewed meanwhile.
class FormCatalog {
 public:
  virtual ~FormCatalog() = default;

  // True when exactly this form, version and digest is published.
  [[nodiscard]] virtual bool is_published(std::string_view form_id, std::string_view version,
                                          std::string_view digest) const = 0;

  // The fee in whole New Taiwan dollars that `fee_code` names in that package; an empty code costs
  // nothing. nullopt when the package has no such code.
  [[nodiscard]] virtual std::optional<std::int64_t> fee_twd(std::string_view digest,
                                                            std::string_view fee_code) const = 0;

  // The two-digit kind in the case numbers of `form_id`.
  [[nodiscard]] virtual int case_kind(std::string_view form_id) const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_FORM_CATALOG_H_
