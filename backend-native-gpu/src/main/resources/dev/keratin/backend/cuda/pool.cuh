// Pooling over up to 3 spatial axes and its gradients, which are gathered: each element asks the windows that hold it.

namespace {

/// Windows along one axis; a window starts at place * stride - low.
struct Axis {
  Divisor input, output, stride;
  Index window, low;
  Index inputs() const { return Index(input.value); }
  Index outputs() const { return Index(output.value); }
  Index start(Index place) const { return place * Index(stride.value) - low; }
  Index begin(Index place) const { return start(place) > 0 ? start(place) : 0; }
  Index end(Index place) const { return start(place) + window < inputs() ? start(place) + window : inputs(); }
  /// Those that hold a position.
  Index first_place(Index position) const {
    Index before = position + low - window;
    return before < 0 ? 0 : quotient(before, stride) + 1;
  }
  Index last_place(Index position) const {
    Index last = quotient(position + low, stride);
    return last < outputs() ? last : outputs() - 1;
  }
  Index within(Index place, Index position) const { return position - start(place); }
};

/// Which channel of which position of which sample an element is.
struct Place {
  Index n, a, b, c, channel;
};

struct Windows {
  Axis a, b, c;
  Divisor channels;
  /// Of each axis: input, output and stride; window and low.
  Windows(const Divisors<9>& d, const Longs<6>& w, const Divisor& channels)
      : a(axis(d, w, 0)), b(axis(d, w, 1)), c(axis(d, w, 2)), channels(channels) {}
  static Axis axis(const Divisors<9>& d, const Longs<6>& w, int i) {
    return {d.at[3 * i], d.at[3 * i + 1], d.at[3 * i + 2], Index(w.at[2 * i]), Index(w.at[2 * i + 1])};
  }
  Index depth() const { return Index(channels.value); }
  /// Which element of its window a position is, in row-major order.
  int32_t ordinal(Index in_a, Index in_b, Index in_c) const { return int32_t((in_a * b.window + in_b) * c.window + in_c); }
  Place place(Index i, const Divisor& of_a, const Divisor& of_b, const Divisor& of_c) const {
    const Index position = quotient(i, channels), row = quotient(position, of_c), plane = quotient(row, of_b), n = quotient(plane, of_a);
    return {n, plane - n * Index(of_a.value), row - plane * Index(of_b.value), position - row * Index(of_c.value), i - position * depth()};
  }
};

/// Calls visit(input, ordinal) for the elements in the window of output i.
template <class Visit>
inline void elements_of(const Windows& w, Index i, Visit visit) {
  const Place o = w.place(i, w.a.output, w.b.output, w.c.output);
  for (Index pa = w.a.begin(o.a); pa < w.a.end(o.a); pa++) {
    for (Index pb = w.b.begin(o.b); pb < w.b.end(o.b); pb++) {
      const Index row = ((o.n * w.a.inputs() + pa) * w.b.inputs() + pb) * w.c.inputs();
      for (Index pc = w.c.begin(o.c); pc < w.c.end(o.c); pc++) {
        visit((row + pc) * w.depth() + o.channel, w.ordinal(w.a.within(o.a, pa), w.b.within(o.b, pb), w.c.within(o.c, pc)));
      }
    }
  }
}

/// Calls visit(output, ordinal, size) for the windows that hold input i: which element of the window it is, of how many.
template <class Visit>
inline void windows_of(const Windows& w, Index i, Visit visit) {
  const Place p = w.place(i, w.a.input, w.b.input, w.c.input);
  for (Index oa = w.a.first_place(p.a); oa <= w.a.last_place(p.a); oa++) {
    for (Index ob = w.b.first_place(p.b); ob <= w.b.last_place(p.b); ob++) {
      const Index row = ((p.n * w.a.outputs() + oa) * w.b.outputs() + ob) * w.c.outputs();
      const Index area = (w.a.end(oa) - w.a.begin(oa)) * (w.b.end(ob) - w.b.begin(ob));
      for (Index oc = w.c.first_place(p.c); oc <= w.c.last_place(p.c); oc++) {
        visit((row + oc) * w.depth() + p.channel, w.ordinal(w.a.within(oa, p.a), w.b.within(ob, p.b), w.c.within(oc, p.c)),
              area * (w.c.end(oc) - w.c.begin(oc)));
      }
    }
  }
}

/// The first largest element of each window and which one it is, where these are asked for; a NaN counts as largest. Here and
/// below a thread takes W neighbouring channels, which divide the channels, at a time.
template <int W, class S>
inline void max_pool(const S* x, S* y, int32_t* which, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(p, count / W) {
    T best[W];
    Pack<int32_t, W> at;
    EACH(k, W) best[k] = 0, at.at[k] = -1;
    elements_of(w, p * W, [&](Index input, int32_t ordinal) {
      T values[W];
      load(x + input, values);
      EACH(k, W) {
        const T value = values[k];
        if (at.at[k] < 0 || value > best[k] || (value != value && best[k] == best[k])) {
          best[k] = value;
          at.at[k] = ordinal;
        }
      }
    });
    if (y) store(y + p * W, best);
    if (which) write_pack(at, which + p * W);
  }
}

template <int W, class S>
inline void mean_pool(const S* x, S* y, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(p, count / W) {
    T sum[W];
    EACH(k, W) sum[k] = 0;
    int32_t size = 0;
    elements_of(w, p * W, [&](Index input, int32_t) {
      T values[W];
      load(x + input, values);
      EACH(k, W) sum[k] += values[k];
      size++;
    });
    EACH(k, W) sum[k] = sum[k] / T(size);
    store(y + p * W, sum);
  }
}

template <int W, class S>
inline void max_pool_grad(const S* gradient, const int32_t* which, S* dx, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(p, count / W) {
    T sum[W];
    EACH(k, W) sum[k] = 0;
    windows_of(w, p * W, [&](Index output, int32_t ordinal, Index) {
      T values[W];
      load(gradient + output, values);
      const Pack<int32_t, W> at = read_pack<W>(which + output);
      EACH(k, W) sum[k] += at.at[k] == ordinal ? values[k] : T(0);
    });
    store(dx + p * W, sum);
  }
}

template <int W, class S>
inline void mean_pool_grad(const S* gradient, S* dx, int64_t count, const Windows& w) {
  typedef typename Element<S>::compute T;
  FOR_EACH(p, count / W) {
    T sum[W];
    EACH(k, W) sum[k] = 0;
    windows_of(w, p * W, [&](Index output, int32_t, Index size) {
      T values[W];
      load(gradient + output, values);
      EACH(k, W) sum[k] += values[k] / T(size);
    });
    store(dx + p * W, sum);
  }
}

}  // namespace
