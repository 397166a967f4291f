// Convolutions of ShimDriver, in place of a library: one walk over all pairs of elements, sums in double.
#pragma once

namespace {

/// Tensors [batch, 3 axes, channels], kernel [filters, 3 axes, channels / groups].
struct ShimConvolution {
  jlong input[5], kernel[5], output[5], strides[3], paddings[3], dilations[3], residual, bias, relu;

  /// Calls `pair(input, kernel, output)` with the places of elements that belong together.
  template <class F>
  void each(F pair) const {
    jlong taps = kernel[1] * kernel[2] * kernel[3], places = output[1] * output[2] * output[3];
    for (jlong n = 0; n < output[0]; n++) {
      for (jlong place = 0; place < places; place++) {
        for (jlong tap = 0; tap < taps; tap++) {
          jlong position = position_of(place, tap);
          if (position >= 0) channels(n * input[1] * input[2] * input[3] + position, tap, n * places + place, taps, pair);
        }
      }
    }
  }

 private:
  jlong position_of(jlong place, jlong tap) const {
    jlong position = 0, scale = 1;
    for (int axis = 2; axis >= 0; axis--) {
      jlong at = place % output[axis + 1] * (strides[axis] ? strides[axis] : 1) - paddings[axis];
      at += tap % kernel[axis + 1] * (dilations[axis] ? dilations[axis] : 1);
      if (at < 0 || at >= input[axis + 1]) return -1;
      position += at * scale;
      scale *= input[axis + 1];
      place /= output[axis + 1];
      tap /= kernel[axis + 1];
    }
    return position;
  }

  template <class F>
  void channels(jlong position, jlong tap, jlong place, jlong taps, F pair) const {
    jlong filters = kernel[0], depth = kernel[4], groups = input[4] / depth;
    for (jlong filter = 0; filter < filters; filter++) {
      jlong group = filter / (filters / groups);
      for (jlong c = 0; c < depth; c++) {
        pair(position * input[4] + group * depth + c, (filter * taps + tap) * depth + c, place * filters + filter);
      }
    }
  }
};

/// `operands` are those of Convolution.Kind and then the result.
template <class S>
void convolve(const ShimConvolution& shape, int kind, const jlong* operands, int count) {
  const S* a = reinterpret_cast<const S*>(operands[0]);
  const S* b = reinterpret_cast<const S*>(operands[1]);
  S* to = reinterpret_cast<S*>(operands[count - 1]);
  const jlong* sizes = kind == 0 ? shape.output : kind == 1 ? shape.input : shape.kernel;
  std::vector<double> sums(sizes[0] * sizes[1] * sizes[2] * sizes[3] * sizes[4]);
  auto value = [](S x) { return double(Element<S>::load(x)); };
  shape.each([&](jlong x, jlong k, jlong y) {
    if (kind == 0) sums[y] += value(a[x]) * value(b[k]);
    if (kind == 1) sums[x] += value(a[y]) * value(b[k]);
    if (kind == 2) sums[k] += value(a[x]) * value(b[y]);
  });
  const S* residual = reinterpret_cast<const S*>(operands[2]);
  const S* bias = reinterpret_cast<const S*>(operands[2 + shape.residual]);
  for (size_t i = 0; i < sums.size(); i++) {
    double sum = sums[i] + (shape.residual ? value(residual[i]) : 0) + (shape.bias ? value(bias[i % sizes[4]]) : 0);
    to[i] = Element<S>::store(shape.relu && sum < 0 ? 0.0f : float(sum));
  }
}

}  // namespace
