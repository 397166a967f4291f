// Orders the elements of lines: sorts, the indices that sort, the largest ones. A line becomes a row of words, keys with
// the index below where it is asked for, so that equal elements keep their order.
#include <algorithm>

#include "lines.h"

namespace keratin {
namespace {

/// Up to this length comparing is faster than counting digits.
constexpr int64_t longest_compared = 64;

template <class Word>
unsigned digit_of(Word word, int shift) {
  return static_cast<unsigned>(word >> shift) & 255;
}

/// Sorts by the bits from `shift` on, `digits` bytes; equal ones keep their order. Needs as much spare memory, and says in
/// which of the two the result is.
template <class Word>
Word* radix_sort(Word* words, Word* spare, int64_t n, int shift, int digits) {
  uint32_t counts[8][256];
  memset(counts, 0, digits * sizeof counts[0]);
  for (int64_t i = 0; i < n; i++) {
    for (int d = 0; d < digits; d++) counts[d][digit_of(words[i], shift + 8 * d)]++;
  }
  for (int d = 0; d < digits; d++, shift += 8) {
    if (counts[d][digit_of(words[0], shift)] == static_cast<uint32_t>(n)) continue;
    uint32_t place = 0;
    for (uint32_t& count : counts[d]) {
      uint32_t next = place + count;
      count = place;
      place = next;
    }
    for (int64_t i = 0; i < n; i++) spare[counts[d][digit_of(words[i], shift)]++] = words[i];
    std::swap(words, spare);
  }
  return words;
}

template <class Word>
Word* sort_words(Word* words, Word* spare, int64_t n, int shift, int digits) {
  if (n > longest_compared) return radix_sort(words, spare, n, shift, digits);
  std::sort(words, words + n);
  return words;
}

/// What sorts the keys alone.
template <class Bits>
using KeyWord = std::conditional_t<sizeof(Bits) == 8, uint64_t, uint32_t>;

/// What holds a key and, below it, an index of 32 bits.
template <class Bits>
using IndexedWord = std::conditional_t<sizeof(Bits) == 8, unsigned __int128, uint64_t>;

template <class Key, class Bits = typename Key::Bits>
Bits ordered(Bits bits, bool descending) {
  return static_cast<Bits>(descending ? ~Key::of(bits) : Key::of(bits));
}

/// Common parts of steps that order lines.
struct Ordering : Step {
  Slot x;
  DType dtype = DType::f32;
  Lines lines;
  bool descending = false;
  int64_t block = 1, word_bytes = 0, scratch = 0;

  void read(Reader& in) {
    x = in.slot();
    dtype = in.dtype();
    lines = Lines::read(in);
  }

  /// Memory for `block` lines of words and a spare one, for each thread that there is work for.
  void prepare(Planner& planner, int64_t bytes) {
    word_bytes = bytes;
    block = lines.block(bytes);
    scratch = planner.scratch(thread_bytes() * std::min<int64_t>(max_threads(), lines.blocks(block)));
  }

  int64_t thread_bytes() const { return ((block + 1) * lines.length * word_bytes + 63) / 64 * 64; }

  template <class Word>
  Word* memory(const Frame& frame) const {
    return reinterpret_cast<Word*>(frame.scratch + scratch + thread_number() * thread_bytes());
  }

  /// Sorts `width` lines of words by the bits from `shift` on, `digits` bytes; the spare line lies behind `block` of them.
  template <class Word>
  void sort_block(Word* words, int64_t width, int shift, int digits) const {
    const int64_t n = lines.length;
    Word* spare = words + block * n;
    for (int64_t b = 0; b < width; b++) {
      Word* sorted = sort_words(words + b * n, spare, n, shift, digits);
      if (sorted == spare) memcpy(words + b * n, spare, n * sizeof(Word));
    }
  }
};

struct Sort final : Ordering {
  Slot out;

  void run(const Frame& frame) override {
    with_key(dtype, [&](auto key) { sort_all<decltype(key)>(frame); });
  }

 private:
  template <class Key>
  void sort_all(const Frame& frame) const {
    using Bits = typename Key::Bits;
    using Word = KeyWord<Bits>;
    int64_t n = lines.length, step = lines.inner;
    lines.each_block(block, 32, [&](int64_t start, int64_t width) {
      const Bits* from = frame.at<const Bits>(x) + start;
      Bits* to = frame.at<Bits>(out) + start;
      Word* words = memory<Word>(frame);
      for (int64_t k = 0; k < n; k++) {
        for (int64_t b = 0; b < width; b++) {
          Bits bits = Key::exact(from[k * step + b]);
          words[b * n + k] = descending ? static_cast<Bits>(~bits) : bits;
        }
      }
      sort_block(words, width, 0, sizeof(Bits));
      for (int64_t k = 0; k < n; k++) {
        for (int64_t b = 0; b < width; b++) {
          Bits bits = static_cast<Bits>(words[b * n + k]);
          to[k * step + b] = Key::back(descending ? static_cast<Bits>(~bits) : bits);
        }
      }
    });
  }
};

struct ArgSort final : Ordering {
  Slot out;

  void run(const Frame& frame) override {
    with_key(dtype, [&](auto key) { sort_all<decltype(key)>(frame); });
  }

 private:
  template <class Key>
  void sort_all(const Frame& frame) const {
    using Bits = typename Key::Bits;
    using Word = IndexedWord<Bits>;
    int64_t n = lines.length, step = lines.inner;
    lines.each_block(block, 64, [&](int64_t start, int64_t width) {
      const Bits* from = frame.at<const Bits>(x) + start;
      int32_t* to = frame.at<int32_t>(out) + start;
      Word* words = memory<Word>(frame);
      for (int64_t k = 0; k < n; k++) {
        for (int64_t b = 0; b < width; b++) words[b * n + k] = Word(ordered<Key>(from[k * step + b], descending)) << 32 | k;
      }
      sort_block(words, width, 32, sizeof(Bits));
      for (int64_t k = 0; k < n; k++) {
        for (int64_t b = 0; b < width; b++) to[k * step + b] = static_cast<int32_t>(words[b * n + k]);
      }
    });
  }
};

struct TopK final : Ordering {
  Slot values, indices;
  int64_t k = 0;

  void run(const Frame& frame) override {
    with_key(dtype, [&](auto key) { select_all<decltype(key)>(frame); });
  }

 private:
  template <class Key>
  void select_all(const Frame& frame) const {
    using Bits = typename Key::Bits;
    using Word = IndexedWord<Bits>;
    int64_t n = lines.length;
    if (k == 0) return;
    lines.each_block(1, 16, [&](int64_t start, int64_t) {
      const Bits* from = frame.at<const Bits>(x) + start;
      int64_t target = start / n * k;
      const Word* best = select<Key>(from, memory<Word>(frame));
      for (int64_t i = 0; i < k; i++) {
        int32_t index = static_cast<int32_t>(best[i]);
        frame.at<Bits>(values)[target + i] = from[index];
        frame.at<int32_t>(indices)[target + i] = index;
      }
    });
  }

  /// The k first words in order. Words that come after k others are dropped whenever twice as many have gathered.
  template <class Key, class Word>
  Word* select(const typename Key::Bits* from, Word* words) const {
    int64_t n = lines.length, room = std::min(n, std::max<int64_t>(2 * k, 64)), kept = 0;
    Word limit = ~Word(0);
    for (int64_t i = 0; i < n; i++) {
      Word word = Word(ordered<Key>(from[i], true)) << 32 | i;
      if (word >= limit) continue;
      if (kept == room) {
        std::nth_element(words, words + k - 1, words + kept);
        limit = words[k - 1];
        kept = k;
        if (word >= limit) continue;
      }
      words[kept++] = word;
    }
    if (kept == n && 4 * k >= n) return sort_words(words, words + n, n, 32, sizeof(typename Key::Bits));
    if (kept > k) std::nth_element(words, words + k - 1, words + kept);
    std::sort(words, words + k);
    return words;
  }
};

int64_t indexed_bytes(DType type) { return byte_size(type) == 8 ? 16 : 8; }

template <class Made>
std::unique_ptr<Made> read_sort(Reader& in) {
  auto step = std::make_unique<Made>();
  step->read(in);
  step->descending = in.flag();
  step->out = in.slot();
  return step;
}

}  // namespace

/// SORT := x:slot dtype LINES descending out:slot
StepPtr decode_sort(Reader& in, Planner& planner) {
  auto step = read_sort<Sort>(in);
  step->prepare(planner, byte_size(step->dtype) == 8 ? 8 : 4);
  return step;
}

/// ARG_SORT := x:slot dtype LINES descending out:slot
StepPtr decode_arg_sort(Reader& in, Planner& planner) {
  auto step = read_sort<ArgSort>(in);
  step->prepare(planner, indexed_bytes(step->dtype));
  return step;
}

/// TOP_K := x:slot dtype LINES k values:slot indices:slot
StepPtr decode_top_k(Reader& in, Planner& planner) {
  auto step = std::make_unique<TopK>();
  step->read(in);
  step->k = in.word();
  step->values = in.slot();
  step->indices = in.slot();
  step->prepare(planner, indexed_bytes(step->dtype));
  return step;
}

}  // namespace keratin
