// Factors with orthonormal columns, and eigenvalues, by OpenBLAS's LAPACK.
#include "matrices.h"

namespace keratin {
namespace {

/// x = q r: to LAPACK x^T = l q' with l = r^T and q' = q^T, so that nothing has to be transposed.
template <class T>
struct Qr final : Step {
  Stack stack;
  Slot x, q, r;
  int64_t kept, length;
  Workspace<T> space;

  Qr(const Tensor& x, Slot q, Slot r, bool complete, Planner& planner)
      : stack(x), x(x.slot), q(q), r(r),
        kept(complete ? stack.rows : std::min(stack.rows, stack.columns)),
        length(64 * std::max<int64_t>(1, stack.rows + stack.columns)),
        space(stack.size() + stack.rows + length, 0, planner) {}

  void run(const Frame& frame) override {
    double m = static_cast<double>(stack.rows);
    each_matrix(stack.count, 4 * m * m * static_cast<double>(stack.columns), [&](int64_t i) {
      factor(frame.at<T>(x) + i * stack.size(), space.numbers(frame), frame.at<T>(q) + i * stack.rows * kept,
             frame.at<T>(r) + i * kept * stack.columns);
    });
  }

  void factor(const T* from, T* l, T* q, T* r) const {
    int64_t m = stack.rows, n = stack.columns, steps = std::min(m, n);
    if (!all_finite(from, m * n)) {
      fill_nan(q, m * kept);
      return fill_nan(r, kept * n);
    }
    if (steps == 0) {
      if (kept > 0) fill_unit(q, m);
      return;
    }
    T *scale = l + m * n, *work = scale + m;
    std::copy(from, from + m * n, l);
    Lapack<T>::gelqf(LAPACK_COL_MAJOR, whole(n), whole(m), l, whole(n), scale, work, whole(length));
    for (int64_t i = 0; i < kept; i++) {
      for (int64_t j = 0; j < n; j++) r[i * n + j] = j < i ? T{0} : l[i * n + j];
    }
    for (int64_t i = 0; i < m; i++) {
      for (int64_t j = 0; j < kept; j++) q[i * kept + j] = j < steps ? l[i * n + j] : T{0};
    }
    Lapack<T>::orglq(LAPACK_COL_MAJOR, whole(kept), whole(m), whole(steps), q, whole(kept), scale, work, whole(length));
  }
};

/// The lower triangle by rows is the upper one by columns.
template <class T>
struct Eigh final : Step {
  Stack stack;
  Slot x, values, vectors;
  int64_t length, whole_length;
  Workspace<T> space;

  Eigh(const Tensor& x, Slot values, Slot vectors, Planner& planner)
      : stack(x), x(x.slot), values(values), vectors(vectors),
        length(1 + (6 + 2 * stack.rows) * stack.rows + 64 * stack.rows),
        whole_length(3 + 5 * stack.rows),
        space(stack.size() + length, whole_length, planner) {}

  void run(const Frame& frame) override {
    int64_t n = stack.rows;
    each_matrix(stack.count, 10.0 * n * n * n, [&](int64_t i) {
      const T* from = frame.at<T>(x) + i * n * n;
      T *w = frame.at<T>(values) + i * n, *v = frame.at<T>(vectors) + i * n * n, *a = space.numbers(frame);
      if (n == 0) return;
      std::copy(from, from + n * n, a);
      if (!lower_finite(a, n) || Lapack<T>::syevd(LAPACK_COL_MAJOR, 'V', 'U', whole(n), a, whole(n), w, a + n * n, whole(length),
                                                  space.integers(frame), whole(whole_length)) != 0) {
        fill_nan(w, n);
        return fill_nan(v, n * n);
      }
      transpose(a, n, n, v);
    });
  }
};

/// x = u s v: to LAPACK x^T = v^T s u^T, so that nothing has to be transposed.
template <class T>
struct Svd final : Step {
  Stack stack;
  Slot x, u, s, v;
  int64_t least, u_columns, v_rows, length;
  char job;
  Workspace<T> space;

  Svd(const Tensor& x, Slot u, Slot s, Slot v, bool full, Planner& planner)
      : stack(x), x(x.slot), u(u), s(s), v(v), least(std::min(stack.rows, stack.columns)),
        u_columns(full ? stack.rows : least), v_rows(full ? stack.columns : least),
        length(4 * least * least + 10 * least + 64 * (stack.rows + stack.columns) + 64), job(full ? 'A' : 'S'),
        space(stack.size() + length, 8 * least + 1, planner) {}

  void run(const Frame& frame) override {
    int64_t m = stack.rows, n = stack.columns;
    each_matrix(stack.count, 20.0 * m * n * least, [&](int64_t i) {
      factor(frame, frame.at<T>(x) + i * m * n, frame.at<T>(u) + i * m * u_columns, frame.at<T>(s) + i * least,
             frame.at<T>(v) + i * v_rows * n);
    });
  }

  void factor(const Frame& frame, const T* from, T* u, T* s, T* v) const {
    int64_t m = stack.rows, n = stack.columns;
    if (least == 0) {
      if (u_columns > 0) fill_unit(u, m);
      if (v_rows > 0) fill_unit(v, n);
      return;
    }
    T* a = space.numbers(frame);
    std::copy(from, from + m * n, a);
    if (!all_finite(a, m * n) || Lapack<T>::gesdd(LAPACK_COL_MAJOR, job, whole(n), whole(m), a, whole(n), s, v, whole(n), u,
                                                  whole(u_columns), a + m * n, whole(length), space.integers(frame)) != 0) {
      fill_nan(u, m * u_columns);
      fill_nan(s, least);
      fill_nan(v, v_rows * n);
    }
  }
};

template <class T>
struct Eig final : Step {
  Stack stack;
  Slot real, imag, vectors_real, vectors_imag, x;
  int64_t length;
  Workspace<T> space;

  Eig(const Tensor& x, Slot real, Slot imag, Slot vectors_real, Slot vectors_imag, Planner& planner)
      : stack(x), real(real), imag(imag), vectors_real(vectors_real), vectors_imag(vectors_imag), x(x.slot),
        length(68 * stack.rows + 1), space(2 * stack.size() + length, 0, planner) {}

  void run(const Frame& frame) override {
    int64_t n = stack.rows;
    each_matrix(stack.count, 25.0 * n * n * n, [&](int64_t i) {
      if (n == 0) return;
      const T* from = frame.at<T>(x) + i * n * n;
      T *wr = frame.at<T>(real) + i * n, *wi = frame.at<T>(imag) + i * n;
      T *vr = frame.at<T>(vectors_real) + i * n * n, *vi = frame.at<T>(vectors_imag) + i * n * n;
      T *a = space.numbers(frame), *packed = a + n * n, *work = packed + n * n;
      transpose(from, n, n, a);
      T none;
      if (!all_finite(a, n * n) || Lapack<T>::geev(LAPACK_COL_MAJOR, 'N', 'V', whole(n), a, whole(n), wr, wi, &none, 1, packed,
                                                   whole(n), work, whole(length)) != 0) {
        fill_nan(wr, n);
        fill_nan(wi, n);
        fill_nan(vr, n * n);
        return fill_nan(vi, n * n);
      }
      unpack(packed, wi, vr, vi, n);
    });
  }

  /// LAPACK gives the vectors of a pair of conjugates as the real part, then the imaginary part of the first.
  static void unpack(const T* packed, const T* wi, T* vr, T* vi, int64_t n) {
    for (int64_t k = 0; k < n; k++) {
      bool pair = wi[k] != 0;
      for (int64_t i = 0; i < n; i++) {
        vr[i * n + k] = packed[k * n + i];
        vi[i * n + k] = pair ? packed[(k + 1) * n + i] : T{0};
        if (pair) {
          vr[i * n + k + 1] = vr[i * n + k];
          vi[i * n + k + 1] = -vi[i * n + k];
        }
      }
      if (pair) k++;
    }
  }
};

}  // namespace

/// QR := x:tensor q:slot r:slot complete
StepPtr decode_qr(Reader& in, Planner& planner) {
  Tensor x = in.tensor();
  Slot q = in.slot(), r = in.slot();
  return by_type<Qr>(x.dtype, x, q, r, in.flag(), planner);
}

/// EIGH := x:tensor values:slot vectors:slot
StepPtr decode_eigh(Reader& in, Planner& planner) {
  Tensor x = in.tensor();
  Slot values = in.slot(), vectors = in.slot();
  return by_type<Eigh>(x.dtype, x, values, vectors, planner);
}

/// SVD := x:tensor u:slot s:slot v:slot full
StepPtr decode_svd(Reader& in, Planner& planner) {
  Tensor x = in.tensor();
  Slot u = in.slot(), s = in.slot(), v = in.slot();
  return by_type<Svd>(x.dtype, x, u, s, v, in.flag(), planner);
}

/// EIG := x:tensor real:slot imag:slot vectors_real:slot vectors_imag:slot
StepPtr decode_eig(Reader& in, Planner& planner) {
  Tensor x = in.tensor();
  Slot real = in.slot(), imag = in.slot(), vectors_real = in.slot(), vectors_imag = in.slot();
  return by_type<Eig>(x.dtype, x, real, imag, vectors_real, vectors_imag, planner);
}

}  // namespace keratin
