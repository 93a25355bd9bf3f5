// Tracer: whom the engine tells of every evaluation.

#ifndef LANDFALL_SHARED_FORM_TRACER_H_
#define LANDFALL_SHARED_FORM_TRACER_H_

#include "shared/base/result.h"
#include "shared/xpath/evaluate.h"

namespace landfall {

class FormTree;

class Tracer {
 public:
  virtual ~Tracer() = default;
  // An evaluation begins: whom to tell of what it reads, null for nobody.
  [[nodiscard]] virtual ReadObserver* begin(const FormTree& tree) = 0;
  // It ended. `aspect` is what the expression decides: relevant, calculation, the code of a rule …
  virtual void end(const EvaluationContext& context, const Expression& expression,
                   const char* aspect, const Result<Value>& value) = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_TRACER_H_
