#include "shared/identity/country.h"

#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::size_t kCodeSize = 3;

// All officially assigned codes of ISO 3166-1, ascending, run together.
constexpr std::string_view kIsoCodes =
    "ABWAFGAGOAIAALAALBANDAREARGARMASMATAATFATGAUSAUTAZEBDIBELBENBESBFABGDBGRBHRBHSBIHBLM"
    "BLRBLZBMUBOLBRABRBBRNBTNBVTBWACAFCANCCKCHECHLCHNCIVCMRCODCOGCOKCOLCOMCPVCRICUBCUWCXR"
    "CYMCYPCZEDEUDJIDMADNKDOMDZAECUEGYERIESHESPESTETHFINFJIFLKFRAFROFSMGABGBRGEOGGYGHAGIB"
    "GINGLPGMBGNBGNQGRCGRDGRLGTMGUFGUMGUYHKGHMDHNDHRVHTIHUNIDNIMNINDIOTIRLIRNIRQISLISRITA"
    "JAMJEYJORJPNKAZKENKGZKHMKIRKNAKORKWTLAOLBNLBRLBYLCALIELKALSOLTULUXLVAMACMAFMARMCOMDA"
    "MDGMDVMEXMHLMKDMLIMLTMMRMNEMNGMNPMOZMRTMSRMTQMUSMWIMYSMYTNAMNCLNERNFKNGANICNIUNLDNOR"
    "NPLNRUNZLOMNPAKPANPCNPERPHLPLWPNGPOLPRIPRKPRTPRYPSEPYFQATREUROURUSRWASAUSDNSENSGPSGS"
    "SHNSJMSLBSLESLVSMRSOMSPMSRBSSDSTPSURSVKSVNSWESWZSXMSYCSYRTCATCDTGOTHATJKTKLTKMTLSTON"
    "TTOTUNTURTUVTWNTZAUGAUKRUMIURYUSAUZBVATVCTVENVGBVIRVNMVUTWLFWSMYEMZAFZMBZWE";

// Doc 9303-3 section 5: what stands in a zone besides ISO's codes. The last two are states that no
// longer exist and whose documents may.
constexpr std::string_view kMrzBoth = "D<<GBDGBNGBOGBPGBSRKSUNOUNAUNKANTNTZ";
constexpr std::string_view kMrzIssuers = "EUEXBAXIMXCCXCEXCOXECXPOXESXMPXOMXDC";
constexpr std::string_view kMrzNationalities = "XXAXXBXXCXXX";
constexpr std::string_view kSpecimenState = "UTO";
constexpr std::string_view kGermanyInForms = "DEU";

// Whether `code` is one of the three-character codes run together in `codes`.
bool is_listed(std::string_view codes, std::string_view code) {
  if (code.size() != kCodeSize) return false;
  for (std::size_t at = 0; at < codes.size(); at += kCodeSize) {
    if (codes.substr(at, kCodeSize) == code) return true;
  }
  return false;
}

}  // namespace

bool is_iso_country(std::string_view alpha3) { return is_listed(kIsoCodes, alpha3); }

bool is_country_code(std::string_view code, CountryUse use, bool specimens) {
  if (use == CountryUse::form) return is_iso_country(code);
  if (code == kSpecimenState) return specimens;
  if (code == kGermanyInForms) return false;
  return is_iso_country(code) || is_listed(kMrzBoth, code) ||
         is_listed(use == CountryUse::mrz_issuer ? kMrzIssuers : kMrzNationalities, code);
}

CheckOutcome check_country(std::string_view value) {
  const std::string code = fold_identifier(value);
  if (!is_iso_country(code)) return refused_with(finding_code::country_unknown);
  return {{}, code};
}

CheckOutcome check_mrz_country(std::string_view value, CountryUse use, bool specimens) {
  if (!is_country_code(value, use, specimens)) {
    return refused_with(finding_code::country_unknown);
  }
  return {{}, std::string(value)};
}

}  // namespace landfall
