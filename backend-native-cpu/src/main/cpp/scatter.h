// What the two scatter steps share: where their first operand comes from, what happens to an element that is written to.
#pragma once
#include "indices.h"
#include "threads.h"

namespace keratin {

enum class ScatterKind : int64_t { set, add, mul, max, min };

/// The common part of steps that change elements of a value. Indices are checked, the result is begun with the first
/// operand, then apply() changes it. 16-bit floating types are computed in float32 and rounded once, at the end.
struct ScatterStep : Step {
  /// SCATTERED := splat:flag (bits | x:slot) out:slot dtype size:of x updates:slot kind INDICES update_count
  void read(Reader& in, Planner& planner);
  void run(const Frame& frame) final;

 protected:
  Indices indices;
  ScatterKind kind = ScatterKind::set;

  /// Changes `target` by `updates`. Elements are of `type`; where they are replaced they are told apart by size only.
  virtual void apply(const Frame& frame, DType type, char* target, const char* updates) const = 0;

 private:
  void begin(const Frame& frame, char* target) const;
  void run_in_float32(const Frame& frame) const;

  bool splat_ = false, in_float32_ = false;
  int64_t bits_ = 0, size_ = 0, update_count_ = 0, float_target_ = 0, float_updates_ = 0;
  Slot x_, out_, updates_;
  DType dtype_ = DType::f32;
};

/// An element as it becomes when it is replaced.
template <class T>
struct SetElement {
  static T of(T, T b) { return b; }
};
template <class T>
struct AddElement {
  static T of(T a, T b) { return static_cast<T>(a + b); }
};
template <class T>
struct MulElement {
  static T of(T a, T b) { return static_cast<T>(a * b); }
};
template <class T>
struct MaxElement {
  static T of(T a, T b) { return a > b || a != a ? a : b; }
};
template <class T>
struct MinElement {
  static T of(T a, T b) { return a < b || a != a ? a : b; }
};

/// An element of which only the size matters.
template <int size>
struct Opaque {
  char bytes[size];
};

/// Calls body(element, change) with an object of the element's type and one of what happens to it.
template <class T, class Body>
void with_change(ScatterKind kind, Body&& body) {
  switch (kind) {
    case ScatterKind::set: return;
    case ScatterKind::add: return body(T(), AddElement<T>());
    case ScatterKind::mul: return body(T(), MulElement<T>());
    case ScatterKind::max: return body(T(), MaxElement<T>());
    case ScatterKind::min: return body(T(), MinElement<T>());
  }
}

template <class Body>
void with_change(DType type, ScatterKind kind, Body&& body) {
  if (kind == ScatterKind::set) {
    switch (byte_size(type)) {
      case 1: return body(Opaque<1>(), SetElement<Opaque<1>>());
      case 2: return body(Opaque<2>(), SetElement<Opaque<2>>());
      case 4: return body(Opaque<4>(), SetElement<Opaque<4>>());
      default: return body(Opaque<8>(), SetElement<Opaque<8>>());
    }
  }
  switch (type) {
    case DType::f32: return with_change<float>(kind, body);
    case DType::f64: return with_change<double>(kind, body);
    case DType::i8: return with_change<int8_t>(kind, body);
    case DType::u8: return with_change<uint8_t>(kind, body);
    case DType::i32: return with_change<int32_t>(kind, body);
    case DType::i64: return with_change<int64_t>(kind, body);
    case DType::boolean: return with_change<bool>(kind, body);
    default: return;  // computed in float32
  }
}

}  // namespace keratin
