// Convolutions without a library. Tensors [batch, spatial, channels], kernels [spatial, channels / groups, filters], over
// three spatial axes.

namespace {

struct Windows {
  Longs<3> input, window, output, strides, lows, dilations;
  /// Channels of the input, those of a group, and filters of all groups and of one.
  int64_t channels, depth, filters, group_filters;

  int64_t taps() const { return window.at[0] * window.at[1] * window.at[2]; }
  int64_t places() const { return output.at[0] * output.at[1] * output.at[2]; }
  int64_t positions() const { return input.at[0] * input.at[1] * input.at[2]; }
};

/// The parts of a row-major number over three axes.
inline Longs<3> split(int64_t i, const Longs<3>& lengths) {
  return {{i / lengths.at[2] / lengths.at[1], i / lengths.at[2] % lengths.at[1], i % lengths.at[2]}};
}

/// The input position that a tap of the window at a place reads; -1 where it reads padding.
inline int64_t position_of(const Windows& w, const Longs<3>& place, const Longs<3>& tap) {
  int64_t position = 0;
#pragma unroll
  for (int axis = 0; axis < 3; axis++) {
    int64_t at = place.at[axis] * w.strides.at[axis] - w.lows.at[axis] + tap.at[axis] * w.dilations.at[axis];
    if (at < 0 || at >= w.input.at[axis]) return -1;
    position = position * w.input.at[axis] + at;
  }
  return position;
}

/// The place of the window at which a tap of it reads an input position; -1 if there is none.
inline int64_t place_of(const Windows& w, const Longs<3>& position, const Longs<3>& tap) {
  int64_t place = 0;
#pragma unroll
  for (int axis = 0; axis < 3; axis++) {
    int64_t from = position.at[axis] + w.lows.at[axis] - tap.at[axis] * w.dilations.at[axis];
    int64_t at = from / w.strides.at[axis];
    if (from < 0 || at * w.strides.at[axis] != from || at >= w.output.at[axis]) return -1;
    place = place * w.output.at[axis] + at;
  }
  return place;
}

/// One thread for each of `count` elements of the output.
template <class S>
inline void conv_forward(const S* x, const S* kernel, S* y, const Windows& w, int64_t count) {
  FOR_EACH(i, count) {
    const int64_t filter = i % w.filters, which = i / w.filters;
    const Longs<3> place = split(which % w.places(), w.output);
    typename Element<S>::compute sum = 0;
    for (int64_t tap = 0; tap < w.taps(); tap++) {
      int64_t position = position_of(w, place, split(tap, w.window));
      if (position < 0) continue;
      const S* from = x + (which / w.places() * w.positions() + position) * w.channels + filter / w.group_filters * w.depth;
      const S* factors = kernel + tap * w.depth * w.filters + filter;
      for (int64_t c = 0; c < w.depth; c++) sum += Element<S>::load(from[c]) * Element<S>::load(factors[c * w.filters]);
    }
    y[i] = Element<S>::store(sum);
  }
}

/// One thread for each of `count` elements of the input's gradient.
template <class S>
inline void conv_input_gradient(const S* dy, const S* kernel, S* dx, const Windows& w, int64_t count) {
  FOR_EACH(i, count) {
    const int64_t channel = i % w.channels, which = i / w.channels, first = channel / w.depth * w.group_filters;
    const Longs<3> position = split(which % w.positions(), w.input);
    typename Element<S>::compute sum = 0;
    for (int64_t tap = 0; tap < w.taps(); tap++) {
      int64_t place = place_of(w, position, split(tap, w.window));
      if (place < 0) continue;
      const S* from = dy + (which / w.positions() * w.places() + place) * w.filters + first;
      const S* factors = kernel + (tap * w.depth + channel % w.depth) * w.filters + first;
      for (int64_t f = 0; f < w.group_filters; f++) sum += Element<S>::load(from[f]) * Element<S>::load(factors[f]);
    }
    dx[i] = Element<S>::store(sum);
  }
}

/// One column of threads for each element of the kernel's gradient; the threads of a column share the places out.
template <class S>
inline void conv_kernel_gradient(const S* x, const S* dy, S* dk, const Windows& w, int64_t batch) {
  const int64_t tiles = (w.filters + blockDim.x - 1) / blockDim.x, rows = w.taps() * w.depth;
  for (int64_t tile = blockIdx.x; tile < rows * tiles; tile += gridDim.x) {
    const int64_t row = tile / tiles, filter = tile % tiles * blockDim.x + threadIdx.x;
    const int64_t channel = filter / w.group_filters * w.depth + row % w.depth;
    const Longs<3> tap = split(row / w.depth, w.window);
    typename Element<S>::compute sum = 0;
    if (filter < w.filters) {
      for (int64_t which = threadIdx.y; which < batch * w.places(); which += blockDim.y) {
        int64_t position = position_of(w, split(which % w.places(), w.output), tap);
        if (position < 0) continue;
        sum += Element<S>::load(x[(which / w.places() * w.positions() + position) * w.channels + channel]) *
               Element<S>::load(dy[which * w.filters + filter]);
      }
    }
    sum = column_reduce<Sum>(sum);
    if (threadIdx.y == 0 && filter < w.filters) dk[row * w.filters + filter] = Element<S>::store(sum);
  }
}

}  // namespace
