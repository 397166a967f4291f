// Pooling and its gradient, by own kernels over rows of windows.
#include <algorithm>
#include <cstring>

#include "halves.h"
#include "pool_rows.h"
#include "threads.h"

namespace keratin {
namespace {

/// Pooling over three spatial axes, those missing in front having length 1.
struct Pooling {
  PoolPass pass = PoolPass::max;
  Tensor x, y, dx;  ///< y: the result, or its gradient; dx: of the gradients only
  std::vector<int64_t> window, strides, lows;

  bool is_grad() const { return pass == PoolPass::max_grad || pass == PoolPass::average_grad; }
};

std::vector<int64_t> three(std::vector<int64_t> list, int64_t filler) {
  list.insert(list.begin(), 3 - list.size(), filler);
  return list;
}

std::vector<int64_t> spatial(const Tensor& x) { return three({x.dims.begin() + 1, x.dims.end() - 1}, 1); }

template <class T>
struct Pool final : Step {
  Pooling p;
  PoolFunction<T> function;
  std::vector<int64_t> input, output;
  int64_t images, channels, image_in, image_out;
  bool add = false, covers = true;

  explicit Pool(const Pooling& pooling)
      : p(pooling), function(pool_function(p.pass, T{})), input(spatial(p.is_grad() ? p.dx : p.x)), output(spatial(p.y)) {
    images = p.y.dims[0];
    channels = p.y.dims.back();
    image_in = input[0] * input[1] * input[2] * channels;
    image_out = output[0] * output[1] * output[2] * channels;
    for (int axis = 0; axis < 3; axis++) {
      add = add || (p.strides[axis] < p.window[axis] && output[axis] > 1);
      int64_t end = (output[axis] - 1) * p.strides[axis] - p.lows[axis] + p.window[axis];
      covers = covers && end >= input[axis] && (p.strides[axis] <= p.window[axis] || output[axis] == 1);
    }
  }

  /// Forward, rows of windows are independent; backward, images are.
  void run(const Frame& frame) override {
    int64_t rows = output[0] * output[1];
    const T* x = p.x.dims.empty() ? nullptr : frame.at<T>(p.x);
    T *y = frame.at<T>(p.y), *dx = p.is_grad() ? frame.at<T>(p.dx) : nullptr;
    int64_t traffic = image_in * static_cast<int64_t>(sizeof(T));
    if (!p.is_grad()) {
      parallel_for(images * rows, grain_of(traffic / rows + 1), [&](int64_t begin, int64_t end) {
        for (int64_t at = begin; at < end; at++) row(at / rows, at % rows, x, y, nullptr);
      });
      return;
    }
    parallel_for(images, grain_of(2 * traffic + 1), [&](int64_t begin, int64_t end) {
      for (int64_t image = begin; image < end; image++) {
        if (add || !covers) memset(dx + image * image_in, 0, image_in * sizeof(T));
        for (int64_t at = 0; at < rows; at++) row(image, at, x, y, dx);
      }
    });
  }

  void row(int64_t image, int64_t at, const T* x, T* y, T* dx) const {
    constexpr int64_t most = 64;
    int64_t lines[most], count = 0, first[2] = {at / output[1] * p.strides[0] - p.lows[0], at % output[1] * p.strides[1] - p.lows[1]};
    std::vector<int64_t> longer;
    if (p.window[0] * p.window[1] > most) longer.resize(p.window[0] * p.window[1]);
    int64_t* list = longer.empty() ? lines : longer.data();
    for (int64_t i = std::max<int64_t>(first[0], 0); i < std::min(first[0] + p.window[0], input[0]); i++) {
      for (int64_t j = std::max<int64_t>(first[1], 0); j < std::min(first[1] + p.window[1], input[1]); j++) {
        list[count++] = (i * input[1] + j) * input[2] * channels;
      }
    }
    PoolRow it{channels, output[2], p.strides[2], p.lows[2], p.window[2], input[2], list, count, add};
    int64_t from = image * image_in, to = image * image_out + at * output[2] * channels;
    function(it, x ? x + from : nullptr, y + to, dx ? dx + from : nullptr);
  }
};

StepPtr make(Pooling p, Planner& planner) {
  if (p.y.dtype == DType::bf16) {
    auto step = std::make_unique<Pool<Bf16>>(p);
    // Sums of gradients are rounded once.
    if (!step->add) return step;
  }
  if (is_half(p.y.dtype)) {
    std::vector<Tensor*> inputs, outputs;
    if (!p.x.dims.empty()) inputs.push_back(&p.x);
    (p.is_grad() ? inputs : outputs).push_back(&p.y);
    if (p.is_grad()) outputs.push_back(&p.dx);
    return widened(inputs, outputs, {}, planner, [&](Planner& inner) { return make(p, inner); });
  }
  if (p.y.dtype == DType::f32) return std::make_unique<Pool<float>>(p);
  if (p.y.dtype == DType::f64) return std::make_unique<Pool<double>>(p);
  throw std::invalid_argument("no pooling for this element type");
}

}  // namespace

/// POOL := kind x:tensor y:tensor window strides lows
StepPtr decode_pool(Reader& in, Planner& planner) {
  Pooling p;
  p.pass = in.flag() ? PoolPass::average : PoolPass::max;
  p.x = in.tensor();
  p.y = in.tensor();
  p.window = three(in.words(), 1);
  p.strides = three(in.words(), 1);
  p.lows = three(in.words(), 0);
  return make(p, planner);
}

/// POOL_GRAD := kind x:tensor dy:tensor dx:tensor window strides lows
StepPtr decode_pool_grad(Reader& in, Planner& planner) {
  Pooling p;
  p.pass = in.flag() ? PoolPass::average_grad : PoolPass::max_grad;
  Tensor x = in.tensor();
  if (p.pass == PoolPass::max_grad) p.x = x;
  p.y = in.tensor();
  p.dx = in.tensor();
  p.window = three(in.words(), 1);
  p.strides = three(in.words(), 1);
  p.lows = three(in.words(), 0);
  return make(p, planner);
}

}  // namespace keratin
