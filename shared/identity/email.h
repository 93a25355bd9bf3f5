// E-mail addresses, and the policy about providers that some forms have.

#ifndef LANDFALL_SHARED_IDENTITY_EMAIL_H_
#define LANDFALL_SHARED_IDENTITY_EMAIL_H_

#include <span>
#include <string>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// Checks local@domain: at most 254 bytes, the local part at most 64 of RFC 5321's atom characters
// or of letters beyond ASCII, at least two labels of letters, digits and inner hyphens. Stored with
// the domain in lower case, its labels as A-labels.
//
// Findings: email_malformed, email_too_long {max}.
// Source: RFC 5321 section 4.1.2 (without quoted local parts and address literals), RFC 3492.
[[nodiscard]] CheckOutcome check_email(std::string_view value);

// Domains of Mainland providers as of this build: "qq.com" means it and all below it, "cn" the
// whole top-level domain. Form packages may bring their own list.
[[nodiscard]] std::span<const std::string_view> mainland_email_domains();

// Checks a normalised address against `domains`. Whether that blocks or warns is the form's policy.
//
// Findings: email_provider_refused {domain} with `severity`.
[[nodiscard]] std::vector<Finding> check_email_provider(std::string_view normalised,
                                                        std::span<const std::string_view> domains,
                                                        Severity severity);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_EMAIL_H_
