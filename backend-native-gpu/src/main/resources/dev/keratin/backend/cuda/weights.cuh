// Copies between the weights of a recurrent layer and the block in which a library wants them.

namespace {

/// `sizes`: features and units. Then, for each gate, where its parts begin in the block, and the strides of its matrices
/// [units, features] and [units, units].
template <int gates>
struct LayerWeights {
  Longs<2> sizes;
  Longs<gates> kernel, recurrent, bias, recurrent_bias;
  Longs<2> kernel_strides, recurrent_strides;
};

/// One of some numbers, without threads having them all in memory of their own.
template <int n>
inline int64_t number(const Longs<n>& numbers, int64_t which) {
  int64_t found = numbers.at[0];
  EACH(k, n) found = k == which ? numbers.at[k] : found;
  return found;
}

/// The place in the block of element `i` of a matrix [n, gates * units].
template <int gates>
inline int64_t place_of(int64_t i, int64_t units, const Longs<gates>& starts, const Longs<2>& strides) {
  const int64_t row = i / (gates * units), column = i - row * gates * units, gate = column / units;
  return number(starts, gate) + (column - gate * units) * strides.at[0] + row * strides.at[1];
}

/// Calls `each(place in the block, our element or null)` for all elements of kernel, recurrent kernel and both biases.
template <class T, int gates, class F>
inline void each_weight(T* kernel, T* recurrent, T* bias, T* recurrent_bias, const LayerWeights<gates>& places, F each) {
  const int64_t units = places.sizes.at[1], width = gates * units, first = places.sizes.at[0] * width, second = first + units * width;
  FOR_EACH(i, second + 2 * width) {
    if (i < first) {
      each(place_of(i, units, places.kernel, places.kernel_strides), kernel + i);
    } else if (i < second) {
      each(place_of(i - first, units, places.recurrent, places.recurrent_strides), recurrent + (i - first));
    } else {
      const bool later = i >= second + width;
      const int64_t at = i - second - (later ? width : 0), gate = at / units;
      T* vector = later ? recurrent_bias : bias;
      each((later ? number(places.recurrent_bias, gate) : number(places.bias, gate)) + at - gate * units, vector ? vector + at : vector);
    }
  }
}

/// Vectors that are missing are zeros.
template <class T, int gates>
inline void pack_weights(T* block, T* kernel, T* recurrent, T* bias, T* recurrent_bias, const LayerWeights<gates>& places) {
  each_weight(kernel, recurrent, bias, recurrent_bias, places, [=](int64_t place, T* ours) { block[place] = ours ? *ours : T(0); });
}

/// Vectors that are missing are left out.
template <class T, int gates>
inline void unpack_weights(T* block, T* kernel, T* recurrent, T* bias, T* recurrent_bias, const LayerWeights<gates>& places) {
  each_weight(kernel, recurrent, bias, recurrent_bias, places, [=](int64_t place, T* ours) {
    if (ours) *ours = block[place];
  });
}

}  // namespace
