// libcublasLt.so.13 of the fake device: column-major products with epilogues, by the definition.
#include <stdint.h>
#include <jni.h>
#include <math.h>
#include <string.h>

#include "fake_cuda.h"
#include "shim.h"
#include "kernel.cuh"
#include "elementwise.cuh"

namespace {

enum Epilogue { plain = 1, relu = 2, bias = 4, gelu = 32, gelu_gradient = 64, matrix = 128, sums_of_a = 256 };
/// Which epilogues the library has, whether relu and gelu keep NaN, and whether gelu and sums of a are right.
int most_epilogue = plain | relu | bias | gelu | gelu_gradient | matrix | sums_of_a;
bool keeps_nan = true, right = true;

/// The epilogues that can be asked for: the gradient of gelu and sums of a go with nothing else.
bool is_epilogue(int epilogue) {
  switch (epilogue & ~bias) {
    case 0: return epilogue == bias;
    case plain: case gelu_gradient | matrix: case sums_of_a: return !(epilogue & bias);
    case relu: case gelu: case gelu | matrix: return true;
    default: return false;
  }
}

double bend(double x) { return tanh(sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)); }

double slope(double x) {
  return 0.5 * (1 + bend(x)) + 0.5 * x * (1 - bend(x) * bend(x)) * sqrt(2 / M_PI) * (1 + 3 * 0.044715 * x * x);
}

/// What is set with a number and later asked for: a descriptor, a layout or a preference.
struct Record {
  int type, scale;
  int64_t rows, columns, leading;
  std::map<int, std::string> attributes;

  template <class T>
  T get(int attribute, T otherwise) const {
    auto found = attributes.find(attribute);
    if (found == attributes.end()) return otherwise;
    memcpy(&otherwise, found->second.data(), sizeof otherwise);
    return otherwise;
  }
};

struct Heuristic {
  uint64_t algorithm[8];
  size_t workspace;
  int state;
  float waves;
  int reserved[4];
};

/// All that a call reads when its work is done.
struct Call {
  Record op, a, b, d;
  const void *x, *y, *summand;
  void* z;
  double beta;

  bool has(int part) const { return op.get<int>(7, plain) & part; }
  bool ta() const { return op.get<int>(3, 0) == 1; }
  bool tb() const { return op.get<int>(4, 0) == 1; }
  int64_t inner() const { return ta() ? a.rows : a.columns; }
  int64_t place_in_a(int64_t row, int64_t l) const { return ta() ? row * a.leading + l : l * a.leading + row; }
  int64_t place_in_b(int64_t l, int64_t column) const { return tb() ? l * b.leading + column : column * b.leading + l; }
};

int set(Record* record, int attribute, const void* value, size_t bytes) {
  record->attributes[attribute] = std::string(static_cast<const char*>(value), bytes);
  return 0;
}

/// The columns of the result are c's rows on the other side; the bias has one number for each row.
template <class S, class R>
void multiply(const Call& call) {
  const Record &a = call.a, &b = call.b, &d = call.d;
  const S *x = static_cast<const S*>(call.x), *y = static_cast<const S*>(call.y);
  const R *summand = static_cast<const R*>(call.summand), *vector = call.op.get<const R*>(8, nullptr);
  R *z = static_cast<R*>(call.z), *matrix_of = call.op.get<R*>(11, nullptr);
  int count = d.get<int>(5, 1);
  for (int which = 0; which < count; which++) {
    for (int64_t j = 0; j < d.columns; j++) {
      for (int64_t i = 0; i < d.rows; i++) {
        typename Element<S>::compute sum = 0;
        for (int64_t l = 0; l < call.inner(); l++) {
          sum += Element<S>::load(x[call.place_in_a(i, l)]) * Element<S>::load(y[call.place_in_b(l, j)]);
        }
        if (call.beta == 1) sum += Element<R>::load(summand[j * d.leading + i]);
        if (call.has(bias)) sum += Element<R>::load(vector[i]);
        R* beside = matrix_of + j * call.op.get<int64_t>(12, 0) + i;
        if (call.has(gelu) && call.has(matrix)) *beside = Element<R>::store(sum);
        if (call.has(gelu) && right) sum = 0.5 * sum * (1 + bend(sum));
        if (call.has(gelu_gradient)) sum *= slope(Element<R>::load(*beside));
        if (call.has(relu) && sum < 0 || call.has(relu | gelu) && sum != sum && !keeps_nan) sum = 0;
        z[j * d.leading + i] = Element<R>::store(sum);
      }
    }
    x += a.get<int64_t>(6, 0);
    y += b.get<int64_t>(6, 0);
    z += d.get<int64_t>(6, 0);
    summand += d.get<int64_t>(6, 0);
  }
}

/// The gradient of a bias, based on a: one sum over k for each row, of the element type of d.
template <class S, class R>
void sum_rows(const Call& call) {
  const S* x = static_cast<const S*>(call.x);
  R* out = call.op.get<R*>(8, nullptr);
  for (int64_t i = 0; i < call.d.rows; i++) {
    typename Element<S>::compute sum = 0;
    for (int64_t l = 0; l < call.inner(); l++) sum += Element<S>::load(x[call.place_in_a(i, l)]);
    out[i] = Element<R>::store(right ? sum : 0);
  }
}

template <class S, class R>
void run(const Call& call) {
  multiply<S, R>(call);
  if (call.has(sums_of_a)) sum_rows<S, R>(call);
}

template <class S>
void run(const Call& call) {
  if (call.d.type == 0) return run<S, float>(call);
  run<S, S>(call);
}

}  // namespace

FAKE size_t cublasLtGetVersion() { return 130000; }
FAKE const char* cublasGetStatusString(int) { return "CUBLAS_STATUS"; }
FAKE int cublasLtCreate(void** library) {
  *library = &library;
  return fake_call(__func__);
}
FAKE int cublasLtMatmulDescCreate(Record** out, int compute, int scale) { fake_live("operation", 1); *out = new Record{compute, scale, 0, 0, 0, {}}; return 0; }
FAKE int cublasLtMatmulDescSetAttribute(Record* r, int attribute, const void* value, size_t bytes) { return set(r, attribute, value, bytes); }
FAKE int cublasLtMatrixLayoutCreate(Record** out, int type, uint64_t rows, uint64_t columns, int64_t leading) { fake_live("layout", 1);
  *out = new Record{type, 0, int64_t(rows), int64_t(columns), leading, {}};
  return leading < int64_t(rows) ? 7 : 0;
}
FAKE int cublasLtMatrixLayoutSetAttribute(Record* r, int attribute, const void* value, size_t bytes) { return set(r, attribute, value, bytes); }
FAKE int cublasLtMatmulPreferenceCreate(Record** out) { fake_live("preference", 1); *out = new Record{}; return 0; }
FAKE int cublasLtMatmulPreferenceSetAttribute(Record* r, int attribute, const void* value, size_t bytes) { return set(r, attribute, value, bytes); }
FAKE int cublasLtMatmulPreferenceDestroy(Record* r) { fake_live("preference", -1); delete r; return 0; }
FAKE int cublasLtMatmulDescDestroy(Record* r) { fake_live("operation", -1); delete r; return 0; }
FAKE int cublasLtMatrixLayoutDestroy(Record* r) { fake_live("layout", -1); delete r; return 0; }

/// Whether what an epilogue reads or writes beside d has an aligned place.
bool is_placed(const Record* op, int attribute) {
  uint64_t place = op->get<uint64_t>(attribute, 0);
  return place != 0 && place % 16 == 0;
}

/// Whether a matrix beside d lies where it may, with columns of a multiple of 8 elements.
bool has_matrix(const Record* op, const Record* d) {
  int64_t leading = op->get<int64_t>(12, 0);
  return is_placed(op, 11) && leading % 8 == 0 && leading >= d->rows;
}

/// What the place of a vector or matrix beside d is a multiple of, which an algorithm may count on; 0 if there is none.
uint64_t alignment(const Record* op, int attribute) {
  uint64_t place = op->get<uint64_t>(attribute, 0);
  return place & (~place + 1);
}

/// Whether those of a call lie as those did for which its algorithm was chosen.
bool are_aligned(const Record* op, const uint64_t* algorithm) {
  auto fits = [op](int attribute, uint64_t asked) { return asked == 0 || op->get<uint64_t>(attribute, 0) % asked == 0; };
  return fits(8, algorithm[1]) && fits(11, algorithm[2]);
}

/// Whether an algorithm may round parts of sums to the element type of d before they are added, by default it may.
bool may_round_sums(const Record* d, const Record* preference) {
  return d->type != 0 && d->type != 1 && preference->get<int>(3, 7) & (1 | 4);
}

/// Checks that operands and result fit together, that a bias is at an aligned place, and that sums are not rounded. The algorithm is the
/// alignments that it was chosen for.
FAKE int cublasLtMatmulAlgoGetHeuristic(void*, Record* op, Record* a, Record* b, Record* c, Record* d, Record* preference, int, Heuristic* out, int* count) {
  if (int status = fake_call(__func__)) return status;
  bool ta = op->get<int>(3, 0) == 1, tb = op->get<int>(4, 0) == 1;
  int64_t rows = ta ? a->columns : a->rows, inner = ta ? a->rows : a->columns;
  int64_t other = tb ? b->columns : b->rows, columns = tb ? b->rows : b->columns;
  bool fits = inner == other && d->rows == rows && d->columns == columns && c == d && a->type == b->type
      && (op->type == 70) == (a->type == 1) && op->scale == (a->type == 1 ? 1 : 0);
  int epilogue = op->get<int>(7, plain);
  fits &= !(epilogue & (bias | sums_of_a)) || is_placed(op, 8);
  if (!is_epilogue(epilogue) || (epilogue & matrix && !has_matrix(op, d))) return 7;
  if (may_round_sums(d, preference)) return 15;
  bool many = d->get<int>(5, 1) > 1;
  if (epilogue & ~most_epilogue || (epilogue != plain && a->type == 1) || (epilogue == sums_of_a && (ta || many))) return 15;
  if (epilogue & matrix && (many || (epilogue & gelu_gradient && inner == 1))) return 15;
  *count = fits;
  *out = {};
  out->algorithm[0] = preference->get<int>(5, 256);
  out->algorithm[1] = alignment(op, 8);
  out->algorithm[2] = alignment(op, 11);
  out->workspace = 1024;
  return preference->get<uint64_t>(1, 0) < 1024 ? 7 : 0;
}

FAKE int cublasLtMatmul(void*, Record* op, const void* alpha, const void* a, Record* la, const void* b, Record* lb, const void* beta,
                        const void* c, Record*, void* d, Record* ld, const uint64_t* algorithm, void* workspace, size_t bytes, FakeStream* stream) {
  if (int status = fake_call(__func__)) return status;
  uint64_t places = reinterpret_cast<uint64_t>(a) | reinterpret_cast<uint64_t>(b) | reinterpret_cast<uint64_t>(c) | reinterpret_cast<uint64_t>(d);
  double one = 0, zero = 1;
  if (op->scale == 1) {
    memcpy(&one, alpha, sizeof one);
    memcpy(&zero, beta, sizeof zero);
  } else {
    one = *static_cast<const float*>(alpha);
    zero = *static_cast<const float*>(beta);
  }
  if (places % *algorithm != 0 || one != 1 || (zero != 0 && zero != 1) || (bytes > 0 && (workspace == nullptr || reinterpret_cast<uint64_t>(workspace) % 256 != 0))) return 7;
  if ((op->get<int>(7, plain) & matrix && !has_matrix(op, ld)) || !are_aligned(op, algorithm)) return 7;
  Call call{*op, *la, *lb, *ld, a, b, c, d, zero};
  return fake_ask(stream, [call] {
    switch (call.a.type) {
      case 0: return run<float>(call);
      case 1: return run<double>(call);
      case 2: return run<f16>(call);
      default: return run<bf16>(call);
    }
  });
}

extern "C" JNIEXPORT void JNICALL Java_dev_keratin_backend_cuda_FakeCuda_products(JNIEnv*, jclass, jint epilogue, jboolean nan, jboolean beside) {
  most_epilogue = epilogue;
  keeps_nan = nan;
  right = beside;
}
