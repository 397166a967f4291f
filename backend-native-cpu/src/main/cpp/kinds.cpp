// Names of elementwise kinds, so that Java can check that both sides have the same ones.
#include "keratin_cpu.h"
#include "kernels.h"

const char* kr_kind_name(int32_t family, int32_t kind) {
  static const char* const unary[] = {
#define UNARY(kind, domain, expression) #kind,
#define PREDICATE(kind, expression) #kind,
#include "elementwise.def"
#undef UNARY
#undef PREDICATE
      nullptr};
  static const char* const binary[] = {
#define BINARY(kind, domain, expression) #kind,
#include "elementwise.def"
#undef BINARY
      nullptr};
  static const char* const compare[] = {
#define COMPARE(kind, expression) #kind,
#include "elementwise.def"
#undef COMPARE
      nullptr};
  return family == 0 ? unary[kind] : family == 1 ? binary[kind] : compare[kind];
}
