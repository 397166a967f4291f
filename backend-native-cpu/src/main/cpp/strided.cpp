// Copies between strided views of two values: what transposing, slicing, stretching, reversing, padding and
// concatenating have in common.
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <cstring>

#include "frame.h"
#include "threads.h"

namespace keratin {
namespace {

/// One axis of both views; strides count elements.
struct Axis {
  int64_t length, from, to;
};

/// An origin that is given at run time: an int64 for each axis, moved into [0, most].
struct Starts {
  Slot slot;
  std::vector<int64_t> most, strides;

  int64_t offset(const Frame& frame) const {
    const int64_t* given = frame.at<int64_t>(slot);
    int64_t place = 0;
    for (size_t axis = 0; axis < most.size(); axis++) {
      place += std::min(std::max<int64_t>(given[axis], 0), most[axis]) * strides[axis];
    }
    return place;
  }
};

constexpr int64_t chunk = 16 * 1024;  // elements of a long run that one item copies
constexpr int64_t block = 32;         // side of a transposed block

// target[r][c] = source[c][r] within a block.
template <class T>
void turn(const T (&source)[block][block], T (&target)[block][block]) {
  for (int64_t r = 0; r < block; r++) {
    for (int64_t c = 0; c < block; c++) target[r][c] = source[c][r];
  }
}

#ifdef __SSE2__
void turn(const uint32_t (&source)[block][block], uint32_t (&target)[block][block]) {
  for (int64_t r = 0; r < block; r += 4) {
    for (int64_t c = 0; c < block; c += 4) {
      __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&source[c][r]));
      __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&source[c + 1][r]));
      __m128i d = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&source[c + 2][r]));
      __m128i e = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&source[c + 3][r]));
      __m128i ab = _mm_unpacklo_epi32(a, b), ab2 = _mm_unpackhi_epi32(a, b);
      __m128i de = _mm_unpacklo_epi32(d, e), de2 = _mm_unpackhi_epi32(d, e);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(&target[r][c]), _mm_unpacklo_epi64(ab, de));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(&target[r + 1][c]), _mm_unpackhi_epi64(ab, de));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(&target[r + 2][c]), _mm_unpacklo_epi64(ab2, de2));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(&target[r + 3][c]), _mm_unpackhi_epi64(ab2, de2));
    }
  }
}
#endif

// A block whose rows lie densely in the source and whose columns do in the target. It goes through local memory, so that
// strides of a power of two do not fight for the same lines of the cache.
template <class T>
void transpose_block(const T* from, T* to, int64_t rows, int64_t columns, int64_t from_stride, int64_t to_stride) {
  alignas(64) T read[block][block], turned[block][block];
  if (rows == block && columns == block) {
    for (int64_t c = 0; c < block; c++) memcpy(read[c], from + c * from_stride, sizeof read[c]);
    turn(read, turned);
    for (int64_t r = 0; r < block; r++) memcpy(to + r * to_stride, turned[r], sizeof turned[r]);
    return;
  }
  for (int64_t c = 0; c < columns; c++) memcpy(read[c], from + c * from_stride, rows * sizeof(T));
  for (int64_t r = 0; r < rows; r++) {
    for (int64_t c = 0; c < columns; c++) to[r * to_stride + c] = read[c][r];
  }
}

template <class T>
class Strided final : public Step {
 public:
  Slot from, to;
  int64_t from_offset = 0, to_offset = 0;
  std::vector<Axis> axes;  // joined; the last one innermost
  bool dynamic_from = false, dynamic_to = false;
  Starts starts;
  bool empty = false;

  void prepare() {
    inner_ = axes.empty() ? Axis{1, 1, 1} : axes.back();
    if (!axes.empty()) axes.pop_back();
    // The axis that is dense in the source, if the innermost one, dense in the target, is not.
    for (size_t axis = 0; axis < axes.size() && inner_.to == 1 && inner_.from > 1; axis++) {
      if (axes[axis].from != 1 || axes[axis].length < 4 || inner_.length < 4) continue;
      across_ = axes[axis];
      axes.erase(axes.begin() + axis);
      transposed_ = true;
      break;
    }
    for (const Axis& axis : axes) items_ *= axis.length;
    if (transposed_) {
      chunks_ = (across_.length + block - 1) / block;
    } else {
      chunks_ = (inner_.length + chunk - 1) / chunk;
    }
  }

  void run(const Frame& frame) override {
    if (empty) return;
    int64_t moved = dynamic_from || dynamic_to ? starts.offset(frame) : 0;
    const T* source = frame.at<T>(from) + from_offset + (dynamic_from ? moved : 0);
    T* target = frame.at<T>(to) + to_offset + (dynamic_to ? moved : 0);
    int64_t elements = transposed_ ? inner_.length * std::min(block, across_.length) : std::min(chunk, inner_.length);
    parallel_for(items_ * chunks_, grain_of(2 * elements * sizeof(T)), [&](int64_t begin, int64_t end) {
      for (int64_t item = begin; item < end; item++) {
        int64_t rest = item / chunks_, a = 0, b = 0;
        for (size_t axis = axes.size(); axis-- > 0; rest /= axes[axis].length) {
          int64_t index = rest % axes[axis].length;
          a += index * axes[axis].from;
          b += index * axes[axis].to;
        }
        if (transposed_) {
          transpose(source + a, target + b, item % chunks_);
        } else {
          copy(source + a, target + b, item % chunks_);
        }
      }
    });
  }

 private:
  void copy(const T* a, T* b, int64_t part) const {
    int64_t first = part * chunk, n = std::min(chunk, inner_.length - first);
    a += first * inner_.from;
    b += first * inner_.to;
    if (inner_.from == 1 && inner_.to == 1) {
      if (n * sizeof(T) < 64) {
        for (int64_t i = 0; i < n; i++) b[i] = a[i];
      } else {
        memcpy(b, a, n * sizeof(T));
      }
    } else if (inner_.from == 0 && inner_.to == 1) {
      const T value = *a;
      for (int64_t i = 0; i < n; i++) b[i] = value;
    } else if (inner_.to == 1) {
      for (int64_t i = 0, s = inner_.from; i < n; i++) b[i] = a[i * s];
    } else {
      for (int64_t i = 0; i < n; i++) b[i * inner_.to] = a[i * inner_.from];
    }
  }

  void transpose(const T* a, T* b, int64_t part) const {
    int64_t first = part * block, rows = std::min(block, across_.length - first);
    for (int64_t c = 0; c < inner_.length; c += block) {
      transpose_block(a + first + c * inner_.from, b + first * across_.to + c, rows, std::min(block, inner_.length - c),
                      inner_.from, across_.to);
    }
  }

  Axis inner_{1, 1, 1}, across_{1, 1, 1};
  bool transposed_ = false;
  int64_t items_ = 1, chunks_ = 1;
};

template <class T>
StepPtr make(const Slot& from, const Slot& to, Reader& in) {
  auto step = std::make_unique<Strided<T>>();
  step->from = from;
  step->to = to;
  std::vector<int64_t> dims = in.words(), from_strides = in.words();
  step->from_offset = in.word();
  std::vector<int64_t> to_strides = in.words();
  step->to_offset = in.word();
  int64_t dynamic = in.word();
  step->dynamic_from = dynamic == 1;
  step->dynamic_to = dynamic == 2;
  if (dynamic != 0) {
    step->starts.slot = in.slot();
    step->starts.most = in.words();
    step->starts.strides = in.words();
  }
  for (size_t axis = 0; axis < dims.size(); axis++) {
    step->empty = step->empty || dims[axis] == 0;
    if (dims[axis] == 1) continue;
    Axis next{dims[axis], from_strides[axis], to_strides[axis]};
    bool joins = !step->axes.empty() && step->axes.back().from == next.from * next.length &&
                 step->axes.back().to == next.to * next.length;
    if (joins) {
      next.length *= step->axes.back().length;
      step->axes.back() = next;
    } else {
      step->axes.push_back(next);
    }
  }
  step->prepare();
  return step;
}

/// The same element everywhere.
template <class T>
struct Fill final : Step {
  Slot value, to;
  int64_t count = 0;

  void run(const Frame& frame) override {
    const T element = *frame.at<T>(value);
    T* target = frame.at<T>(to);
    parallel_for(count, grain_of(sizeof(T)), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) target[i] = element;
    });
  }
};

template <class T>
StepPtr make_fill(Reader& in) {
  auto step = std::make_unique<Fill<T>>();
  step->value = in.slot();
  step->to = in.slot();
  step->count = in.word();
  return step;
}

}  // namespace

/// STRIDED := element_bytes from:slot to:slot dims from_strides from_offset to_strides to_offset
///            dynamic (starts:slot most strides)?     dynamic: 0 none, 1: starts move the source, 2: the target
StepPtr decode_strided(Reader& in, Planner&) {
  int64_t bytes = in.word();
  Slot from = in.slot(), to = in.slot();
  if (bytes == 1) return make<uint8_t>(from, to, in);
  if (bytes == 2) return make<uint16_t>(from, to, in);
  return bytes == 4 ? make<uint32_t>(from, to, in) : make<uint64_t>(from, to, in);
}

/// FILL := element_bytes value:slot to:slot count
StepPtr decode_fill(Reader& in, Planner&) {
  int64_t bytes = in.word();
  if (bytes == 1) return make_fill<uint8_t>(in);
  if (bytes == 2) return make_fill<uint16_t>(in);
  return bytes == 4 ? make_fill<uint32_t>(in) : make_fill<uint64_t>(in);
}

}  // namespace keratin
