// The list of kernel families.
#include "frame.h"
#include "keratin_cpu.h"

namespace keratin {
namespace {

enum Opcode {
#define OPCODE(name, number) name = number,
#include "opcodes.def"
#undef OPCODE
};

}  // namespace

#define FAMILY(opcode, function) StepPtr function(Reader& in, Planner& planner);
#include "families.def"
#undef FAMILY

Decoder find_decoder(int64_t opcode) {
  switch (opcode) {
#define FAMILY(opcode, function) \
  case opcode:                   \
    return function;
#include "families.def"
#undef FAMILY
    default:
      return nullptr;
  }
}

}  // namespace keratin

const char* kr_opcode_name(int32_t opcode) {
  switch (opcode) {
#define OPCODE(name, number) \
  case number:               \
    return #name;
#include "opcodes.def"
#undef OPCODE
    default:
      return nullptr;
  }
}
