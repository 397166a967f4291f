// Convolutions of float64: for each image and group, the windows are laid out as rows of a matrix.
#include <algorithm>
#include <cstring>

#include "conv.h"
#include "gemm.h"
#include "threads.h"

namespace keratin {
namespace {

/// Three axes, those missing in front having length 1.
struct Three {
  int64_t of[3] = {1, 1, 1};

  Three(const std::vector<int64_t>& list, size_t first, size_t count, int64_t filler) {
    std::fill(of, of + 3, filler);
    for (size_t i = 0; i < count; i++) of[3 - count + i] = list[first + i];
  }
  int64_t product() const { return of[0] * of[1] * of[2]; }
};

struct Convolution64 final : Step {
  Convolution c;
  size_t n;
  Three input, kernel, output, strides, lows, dilations;
  int64_t channels, filters, groups, columns;
  int64_t columns_offset = 0, partial_offset = 0;

  Convolution64(const Convolution& convolution, Planner& planner)
      : c(convolution),
        n(c.geometry.strides.size()),
        input(c.input.dims, 1, n, 1),
        kernel(c.kernel.dims, 0, n, 1),
        output(c.output.dims, 1, n, 1),
        strides(c.geometry.strides, 0, n, 1),
        lows(c.geometry.lows, 0, n, 0),
        dilations(c.geometry.dilations, 0, n, 1),
        groups(c.geometry.groups) {
    channels = c.input.dims.back() / groups;
    filters = c.output.dims.back() / groups;
    columns = kernel.product() * channels;
    columns_offset = planner.scratch(max_threads() * output.product() * columns * 8);
    if (c.kind == ConvKind::kernel_grad) partial_offset = planner.scratch(max_threads() * c.kernel.size() * 8);
  }

  void run(const Frame& frame) override {
    const int64_t images = c.input.dims[0];
    double* partial = reinterpret_cast<double*>(frame.scratch + partial_offset);
    if (c.kind == ConvKind::kernel_grad) memset(partial, 0, max_threads() * c.kernel.size() * 8);
    parallel_for(images, 1, [&](int64_t begin, int64_t end) {
      double* matrix = reinterpret_cast<double*>(frame.scratch + columns_offset) + thread_number() * output.product() * columns;
      for (int64_t image = begin; image < end; image++) {
        for (int64_t group = 0; group < groups; group++) one(frame, image, group, matrix, partial + thread_number() * c.kernel.size());
      }
    });
    if (c.kind == ConvKind::kernel_grad) add_up(partial, frame.at<double>(c.kernel));
  }

  void one(const Frame& frame, int64_t image, int64_t group, double* matrix, double* partial) {
    int64_t rows = output.product(), all_channels = channels * groups, all_filters = filters * groups;
    double* x = frame.at<double>(c.input) + image * input.product() * all_channels + group * channels;
    double* y = frame.at<double>(c.output) + image * rows * all_filters + group * filters;
    double* k = (c.kind == ConvKind::kernel_grad ? partial : frame.at<double>(c.kernel)) + group * filters;
    Matrix kernel_matrix{k, all_filters, false};
    if (c.kind == ConvKind::forward) {
      walk(x, matrix, false);
      gemm64(rows, filters, columns, {matrix, columns, false}, kernel_matrix, 0, y, all_filters);
    } else if (c.kind == ConvKind::kernel_grad) {
      walk(x, matrix, false);
      gemm64(columns, filters, rows, {matrix, columns, true}, {y, all_filters, false}, 1, k, all_filters);
    } else {
      gemm64(rows, columns, filters, {y, all_filters, false}, {k, all_filters, true}, 0, matrix, columns);
      for (int64_t i = 0; i < input.product(); i++) std::fill_n(x + i * all_channels, channels, 0.0);
      walk(x, matrix, true);
    }
  }

  /// Copies windows to rows of the matrix, or adds the rows to the windows.
  void walk(double* x, double* matrix, bool add) const {
    for (int64_t o0 = 0; o0 < output.of[0]; o0++) {
      for (int64_t o1 = 0; o1 < output.of[1]; o1++) {
        for (int64_t o2 = 0; o2 < output.of[2]; o2++, matrix += columns) {
          int64_t first[3] = {o0 * strides.of[0] - lows.of[0], o1 * strides.of[1] - lows.of[1], o2 * strides.of[2] - lows.of[2]};
          window(x, first, matrix, add);
        }
      }
    }
  }

  void window(double* x, const int64_t* first, double* row, bool add) const {
    for (int64_t k0 = 0; k0 < kernel.of[0]; k0++) {
      for (int64_t k1 = 0; k1 < kernel.of[1]; k1++) {
        for (int64_t k2 = 0; k2 < kernel.of[2]; k2++, row += channels) {
          int64_t at[3] = {first[0] + k0 * dilations.of[0], first[1] + k1 * dilations.of[1], first[2] + k2 * dilations.of[2]};
          bool inside = true;
          for (int axis = 0; axis < 3; axis++) inside = inside && at[axis] >= 0 && at[axis] < input.of[axis];
          double* place = x + ((at[0] * input.of[1] + at[1]) * input.of[2] + at[2]) * channels * groups;
          if (add && inside) {
            for (int64_t i = 0; i < channels; i++) place[i] += row[i];
          } else if (!add && inside) {
            std::copy_n(place, channels, row);
          } else if (!add) {
            std::fill_n(row, channels, 0.0);
          }
        }
      }
    }
  }

  void add_up(const double* partial, double* result) const {
    int64_t size = c.kernel.size();
    std::copy_n(partial, size, result);
    for (int64_t thread = 1; thread < max_threads(); thread++) {
      for (int64_t i = 0; i < size; i++) result[i] += partial[thread * size + i];
    }
  }
};

}  // namespace

StepPtr convolution64(const Convolution& convolution, Planner& planner) {
  prepare_gemm64();
  return std::make_unique<Convolution64>(convolution, planner);
}

}  // namespace keratin
