// The transcendental functions of one C library, musl's, compiled into every build of the core:
// glibc and Emscripten give different last bits for most of them.

#ifndef LANDFALL_SHARED_LIBM_LIBM_H_
#define LANDFALL_SHARED_LIBM_LIBM_H_

extern "C" {

// Each is the C function of the same name without the prefix, to the bit, in every build.
double lfm_exp(double x);
double lfm_log(double x);
double lfm_log10(double x);
double lfm_pow(double base, double exponent);
double lfm_sin(double x);
double lfm_cos(double x);
double lfm_tan(double x);
double lfm_asin(double x);
double lfm_acos(double x);
double lfm_atan(double x);
double lfm_atan2(double y, double x);

}  // extern "C"

#endif  // LANDFALL_SHARED_LIBM_LIBM_H_
