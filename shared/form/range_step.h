// The numbers that a range offers: its start, and whole steps from there.

#ifndef LANDFALL_SHARED_FORM_RANGE_STEP_H_
#define LANDFALL_SHARED_FORM_RANGE_STEP_H_

namespace landfall {

// Whether `value` is `start` and a whole number of `step`s, up or down; with a step of 0 every
// value is. Each number counts as the decimal that its shortest digits say, as people write it:
// 0.3 is three steps of 0.1, whatever their bits add up to.
// REQUIRES: all finite, step ≥ 0.
[[nodiscard]] bool lies_on_step(double value, double start, double step);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_RANGE_STEP_H_
