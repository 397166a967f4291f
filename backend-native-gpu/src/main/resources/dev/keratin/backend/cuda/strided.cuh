// Copies between strided views of two values.

namespace {

template <class T, int rank>
inline void strided(const T* from, T* to, int64_t count, const Divisors<rank>& lengths, const Longs<rank>& from_strides,
                    const Longs<rank>& to_strides) {
  FOR_EACH(i, count) to[offset_of(i, lengths, to_strides)] = from[offset_of(i, lengths, from_strides)];
}

/// How far an origin given at run time moves a view: each start is moved into [0, most].
template <int rank>
inline int64_t moved(const int64_t* starts, const Longs<rank>& most, const Longs<rank>& strides) {
  int64_t place = 0;
  for (int axis = 0; axis < rank; axis++) {
    int64_t start = starts[axis] < 0 ? 0 : starts[axis];
    place += (start > most.at[axis] ? most.at[axis] : start) * strides.at[axis];
  }
  return place;
}

template <int width, class T>
inline void fill(const T* value, T* to, int64_t count) {
  const T element = *value;
  Pack<T, width> elements;
  EACH(k, width) elements.at[k] = element;
  FOR_EACH(p, count / width) write_pack(elements, to + p * width);
  FOR_EACH(p, count % width) to[Index(count) - 1 - p] = element;
}

}  // namespace
