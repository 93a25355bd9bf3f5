// Included in front of each of musl's sources: gives what they define names of our own, so that
// they stand beside the platform's functions instead of in their place.

#ifndef LANDFALL_SHARED_LIBM_MUSL_NAMES_H_
#define LANDFALL_SHARED_LIBM_MUSL_NAMES_H_

// The platform's own declarations come first, under their own names.
#include <float.h>
#include <math.h>

// Nothing here is a long double. Where the platform's is wide (128 bits in WebAssembly), musl would
// carry the 690 words of 2/pi that reducing such an argument takes; for a double 66 are enough.
#undef LDBL_MANT_DIG
#undef LDBL_MAX_EXP
#define LDBL_MANT_DIG DBL_MANT_DIG
#define LDBL_MAX_EXP DBL_MAX_EXP

#define exp lfm_exp
#define log lfm_log
#define log10 lfm_log10
#define pow lfm_pow
#define sin lfm_sin
#define cos lfm_cos
#define tan lfm_tan
#define asin lfm_asin
#define acos lfm_acos
#define atan lfm_atan
#define atan2 lfm_atan2

#define __sin lfm_kernel_sin
#define __cos lfm_kernel_cos
#define __tan lfm_kernel_tan
#define __rem_pio2 lfm_rem_pio2
#define __rem_pio2_large lfm_rem_pio2_large
#define __exp_data lfm_exp_data
#define __log_data lfm_log_data
#define __pow_log_data lfm_pow_log_data
#define __sinl lfm_kernel_sinl
#define __cosl lfm_kernel_cosl
#define __tanl lfm_kernel_tanl
#define __rem_pio2l lfm_rem_pio2l
#define __math_divzero lfm_math_divzero
#define __math_invalid lfm_math_invalid
#define __math_oflow lfm_math_oflow
#define __math_uflow lfm_math_uflow
#define __math_xflow lfm_math_xflow
#define __math_check_oflow lfm_math_check_oflow
#define __math_check_uflow lfm_math_check_uflow

// musl's mark for symbols that stay inside the library; a static library has no use for it.
#define hidden

// What one of the sources calls in another.
double lfm_atan(double x);

#endif  // LANDFALL_SHARED_LIBM_MUSL_NAMES_H_
