// Takes rows or elements at given indices.
#include <cstring>

#include "indices.h"
#include "threads.h"

namespace keratin {
namespace {

/// How many rows ahead memory is fetched: rows of a large table are rarely in a cache.
constexpr int64_t ahead = 4;

template <class T, class Index>
void take_elements(const T* x, const Index* indices, T* out, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i++) out[i] = x[indices[i]];
}

template <class Index>
void take_rows(const char* x, const Index* indices, char* out, int64_t bytes, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i++) {
    if (i + ahead < end) __builtin_prefetch(x + indices[i + ahead] * bytes);
    memcpy(out + i * bytes, x + indices[i] * bytes, bytes);
  }
}

/// An element or a short row; rows are aligned to their elements only.
template <int size>
struct Bytes {
  char bytes[size];
};

template <class Index>
void take(const char* x, const Index* indices, char* out, int64_t bytes, int64_t begin, int64_t end) {
  auto elements = [&](auto like) {
    using T = decltype(like);
    take_elements(reinterpret_cast<const T*>(x), indices, reinterpret_cast<T*>(out), begin, end);
  };
  switch (bytes) {
    case 0: return;
    case 1: return elements(Bytes<1>());
    case 2: return elements(Bytes<2>());
    case 4: return elements(Bytes<4>());
    case 8: return elements(Bytes<8>());
    case 16: return elements(Bytes<16>());
    default: return take_rows(x, indices, out, bytes, begin, end);
  }
}

/// x [outer, rows, bytes] to out [outer, count, bytes].
struct Gather final : Step {
  Slot x, out;
  Indices indices;
  int64_t outer = 1, bytes = 0;

  void run(const Frame& frame) override {
    indices.check(frame);
    if (outer * bytes == 0) return;
    indices.selected(frame, [&](const auto* rows) { copy(frame.at(x), rows, frame.at(out)); });
  }

 private:
  template <class Index>
  void copy(const char* from, const Index* rows, char* to) const {
    int64_t count = indices.count();
    parallel_for(outer * count, grain_of(2 * bytes), [&](int64_t begin, int64_t end) {
      while (begin < end) {
        int64_t block = begin / count, first = begin % count;
        int64_t last = first + end - begin < count ? first + end - begin : count;
        take(from + block * indices.rows() * bytes, rows, to + block * count * bytes, bytes, first, last);
        begin += last - first;
      }
    });
  }
};

/// x [outer, length, inner] and indices [outer, count, inner] to out like indices.
struct GatherElements final : Step {
  Slot x, out;
  Indices indices;
  int64_t length = 0, count = 0, inner = 1, width = 0;

  void run(const Frame& frame) override {
    indices.check(frame);
    indices.selected(frame, [&](const auto* places) {
      switch (width) {
        case 1: return take_all<uint8_t>(frame, places);
        case 2: return take_all<uint16_t>(frame, places);
        case 4: return take_all<uint32_t>(frame, places);
        default: return take_all<uint64_t>(frame, places);
      }
    });
  }

 private:
  template <class T, class Index>
  void take_all(const Frame& frame, const Index* places) const {
    const T* from = frame.at<const T>(x);
    T* to = frame.at<T>(out);
    parallel_for(indices.count(), grain_of(2 * width + 4), [&](int64_t begin, int64_t end) {
      while (begin < end) {
        int64_t row = begin / inner, column = begin % inner;
        const T* line = from + row / count * length * inner;
        int64_t stop = inner == 1 ? (row / count + 1) * count : begin - column + inner;
        if (stop > end) stop = end;
        if (inner == 1) {
          take_elements(line, places, to, begin, stop);
        } else {
          for (int64_t i = begin; i < stop; i++) to[i] = line[places[i] * inner + column + i - begin];
        }
        begin = stop;
      }
    });
  }
};

}  // namespace

/// GATHER := x:slot out:slot outer bytes:of a row INDICES
StepPtr decode_gather(Reader& in, Planner& planner) {
  auto step = std::make_unique<Gather>();
  step->x = in.slot();
  step->out = in.slot();
  step->outer = in.word();
  step->bytes = in.word();
  step->indices = Indices::read(in);
  step->indices.prepare(planner);
  return step;
}

/// GATHER_ELEMENTS := x:slot out:slot length count inner bytes:of an element INDICES
StepPtr decode_gather_elements(Reader& in, Planner& planner) {
  auto step = std::make_unique<GatherElements>();
  step->x = in.slot();
  step->out = in.slot();
  step->length = in.word();
  step->count = in.word();
  step->inner = in.word();
  step->width = in.word();
  step->indices = Indices::read(in);
  step->indices.prepare(planner);
  return step;
}

}  // namespace keratin
