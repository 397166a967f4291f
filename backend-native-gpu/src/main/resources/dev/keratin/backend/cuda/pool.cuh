// Pooling over up to 3 spatial axes and its gradients, which are gathered: each element asks the windows that hold it.

namespace {

/// Windows along one axis; a window starts at place * stride - low.
struct Axis {
  int64_t input, output, window, stride, low;
  int64_t begin(int64_t place) const { return place * stride > low ? place * stride - low : 0; }
  int64_t end(int64_t place) const {
    int64_t end = place * stride - low + window;
    return end < input ? end : input;
  }
  /// Those that hold a position.
  int64_t first_place(int64_t position) const {
    int64_t before = position + low - window;
    return before < 0 ? 0 : before / stride + 1;
  }
  int64_t last_place(int64_t position) const {
    int64_t last = (position + low) / stride;
    return last < output ? last : output - 1;
  }
  int64_t within(int64_t place, int64_t position) const { return position + low - place * stride; }
};

struct Windows {
  Axis a, b, c;
  int64_t channels;
  Windows(const Longs<15>& w, int64_t channels) : a(axis(w, 0)), b(axis(w, 5)), c(axis(w, 10)), channels(channels) {}
  static Axis axis(const Longs<15>& w, int i) { return {w.at[i], w.at[i + 1], w.at[i + 2], w.at[i + 3], w.at[i + 4]}; }
  /// Which element of its window a position is, in row-major order.
  int32_t ordinal(int64_t in_a, int64_t in_b, int64_t in_c) const { return int32_t((in_a * b.window + in_b) * c.window + in_c); }
};

/// Calls visit(input, ordinal) for the elements in the window of output i.
template <class Visit>
inline void elements_of(const Windows& w, int64_t i, Visit visit) {
  int64_t channel = i % w.channels, place = i / w.channels;
  int64_t oc = place % w.c.output, ob = place / w.c.output % w.b.output, rest = place / w.c.output / w.b.output;
  int64_t oa = rest % w.a.output, n = rest / w.a.output;
  for (int64_t pa = w.a.begin(oa); pa < w.a.end(oa); pa++) {
    for (int64_t pb = w.b.begin(ob); pb < w.b.end(ob); pb++) {
      int64_t row = ((n * w.a.input + pa) * w.b.input + pb) * w.c.input;
      for (int64_t pc = w.c.begin(oc); pc < w.c.end(oc); pc++) {
        visit((row + pc) * w.channels + channel, w.ordinal(w.a.within(oa, pa), w.b.within(ob, pb), w.c.within(oc, pc)));
      }
    }
  }
}

/// Calls visit(output, ordinal, size) for the windows that hold input i: which element of the window it is, of how many.
template <class Visit>
inline void windows_of(const Windows& w, int64_t i, Visit visit) {
  int64_t channel = i % w.channels, position = i / w.channels;
  int64_t pc = position % w.c.input, pb = position / w.c.input % w.b.input, rest = position / w.c.input / w.b.input;
  int64_t pa = rest % w.a.input, n = rest / w.a.input;
  for (int64_t oa = w.a.first_place(pa); oa <= w.a.last_place(pa); oa++) {
    for (int64_t ob = w.b.first_place(pb); ob <= w.b.last_place(pb); ob++) {
      int64_t row = ((n * w.a.output + oa) * w.b.output + ob) * w.c.output;
      int64_t area = (w.a.end(oa) - w.a.begin(oa)) * (w.b.end(ob) - w.b.begin(ob));
      for (int64_t oc = w.c.first_place(pc); oc <= w.c.last_place(pc); oc++) {
        visit((row + oc) * w.channels + channel, w.ordinal(w.a.within(oa, pa), w.b.within(ob, pb), w.c.within(oc, pc)),
              area * (w.c.end(oc) - w.c.begin(oc)));
      }
    }
  }
}

/// The first largest element of each window and which one it is, where these are asked for; a NaN counts as largest.
template <class S>
inline void max_pool(const S* x, S* y, int32_t* which, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(i, count) {
    T best = 0;
    int32_t at = -1;
    elements_of(w, i, [&](int64_t input, int32_t ordinal) {
      T value = Element<S>::load(x[input]);
      if (at < 0 || value > best || (value != value && best == best)) {
        best = value;
        at = ordinal;
      }
    });
    if (y) y[i] = Element<S>::store(best);
    if (which) which[i] = at;
  }
}

template <class S>
inline void mean_pool(const S* x, S* y, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(i, count) {
    T sum = 0;
    int32_t size = 0;
    elements_of(w, i, [&](int64_t input, int32_t) {
      sum += Element<S>::load(x[input]);
      size++;
    });
    y[i] = Element<S>::store(sum / T(size));
  }
}

template <class S>
inline void max_pool_grad(const S* gradient, const int32_t* which, S* dx, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(i, count) {
    T sum = 0;
    windows_of(w, i, [&](int64_t output, int32_t ordinal, int64_t) {
      if (which[output] == ordinal) sum += Element<S>::load(gradient[output]);
    });
    dx[i] = Element<S>::store(sum);
  }
}

template <class S>
inline void mean_pool_grad(const S* gradient, S* dx, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(i, count) {
    T sum = 0;
    windows_of(w, i, [&](int64_t output, int32_t, int64_t size) { sum += Element<S>::load(gradient[output]) / T(size); });
    dx[i] = Element<S>::store(sum);
  }
}

}  // namespace
