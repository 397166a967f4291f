package dev.keratin.ops;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;

/** Filters over [batch, height, width, channels]. */
final class Filters {
    private static final int SSIM_SIZE = 11;
    private static final double SSIM_SIGMA = 1.5;
    private static final double SSIM_K1 = 0.01;
    private static final double SSIM_K2 = 0.03;

    private Filters() {}

    static Tensor blurred(Tensor images, int[] size, double[] sigma, String padding) {
        Tensor across = gaussian(size[0], sigma[0], images.dtype());
        Tensor down = gaussian(size[1], sigma[1], images.dtype());
        Tensor kernel = Ops.reshape(Ops.outer(down, across), size[0], size[1], 1, 1);
        Tensor each = Ops.tile(kernel, 1, 1, (int) images.shape().dim(3), 1);
        return Ops.depthwiseConv(images, each, new WindowOptions().padding(padding).dataFormat("channels_last"));
    }

    static Tensor sobel(Tensor images, boolean channelsFirst) {
        Tensor last = channelsFirst ? Ops.moveaxis(images, 1, -1) : images;
        Tensor around = Ops.pad(last, new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}, "reflect");
        Tensor down = Tensor.of(new float[] {-1, -2, -1, 0, 0, 0, 1, 2, 1}, 3, 3, 1, 1);
        Tensor right = Tensor.of(new float[] {-1, 0, 1, -2, 0, 2, -1, 0, 1}, 3, 3, 1, 1);
        Tensor both = Ops.stack(List.of(edge(around, down), edge(around, right)), -1);
        return channelsFirst ? Ops.moveaxis(both, 3, 1) : both;
    }

    /** Images read at each pixel plus (down, right), which are [batch, height, width, 1]. */
    static Tensor distorted(Tensor images, Tensor down, Tensor right, TransformOptions options) {
        Shape grid = images.shape().remove(3);
        Tensor row = Ops.add(Ops.reshape(Ops.cast(Ops.arange(grid.dim(1)), DType.FLOAT32), 1, -1, 1), Ops.squeeze(down, 3));
        Tensor column = Ops.add(Ops.reshape(Ops.cast(Ops.arange(grid.dim(2)), DType.FLOAT32), 1, 1, -1), Ops.squeeze(right, 3));
        Tensor image = Ops.broadcastTo(Ops.reshape(Ops.cast(Ops.arange(grid.dim(0)), DType.FLOAT32), -1, 1, 1), grid);
        Tensor at = Ops.stack(List.of(image, row, column), 0);
        int order = options.interpolation().equals("nearest") ? 0 : 1;
        List<Tensor> channels = new ArrayList<>();
        for (Tensor channel : Ops.unstack(images, 3)) {
            channels.add(Sampling.coordinates(channel, at, order, options.fillMode(), options.fillValue()));
        }
        return Ops.stack(channels, 3);
    }

    static Tensor ssim(Tensor a, Tensor b, double maxVal, Layout layout) {
        if (!a.shape().equals(b.shape()) || a.rank() != 3 && a.rank() != 4) {
            throw new IllegalArgumentException("ssim: two images or batches of the same shape are required. Received: " + a.type()
                    + ", " + b.type() + ". Resize one of them.");
        }
        Tensor x = batched(a, layout);
        Tensor y = batched(b, layout);
        double c1 = SSIM_K1 * maxVal * SSIM_K1 * maxVal;
        double c2 = SSIM_K2 * maxVal * SSIM_K2 * maxVal;
        Tensor meanX = smooth(x);
        Tensor meanY = smooth(y);
        Tensor product = Ops.multiply(meanX, meanY);
        Tensor squares = Ops.add(Ops.square(meanX), Ops.square(meanY));
        Tensor covariance = Ops.subtract(smooth(Ops.multiply(x, y)), product);
        Tensor variances = Ops.subtract(smooth(Ops.add(Ops.square(x), Ops.square(y))), squares);
        Tensor above = Ops.multiply(Ops.add(Ops.multiply(product, 2), c1), Ops.add(Ops.multiply(covariance, 2), c2));
        Tensor below = Ops.multiply(Ops.add(squares, c1), Ops.add(variances, c2));
        Tensor index = Ops.mean(Ops.divide(above, below), 1, 2, 3);
        return a.rank() == 3 ? Ops.squeeze(index, 0) : index;
    }

    private static Tensor batched(Tensor images, Layout layout) {
        Tensor batch = images.rank() == 3 ? Ops.expandDims(images, 0) : images;
        Tensor last = layout.channelsFirst() ? Ops.moveaxis(batch, 1, -1) : batch;
        return last.dtype().isFloating() ? last : Ops.cast(last, Configuration.floatx());
    }

    private static Tensor smooth(Tensor images) {
        return blurred(images, new int[] {SSIM_SIZE, SSIM_SIZE}, new double[] {SSIM_SIGMA, SSIM_SIGMA}, "valid");
    }

    private static Tensor edge(Tensor images, Tensor kernel) {
        Tensor each = Ops.tile(Ops.cast(kernel, images.dtype()), 1, 1, (int) images.shape().dim(3), 1);
        return Ops.depthwiseConv(images, each, new WindowOptions().padding("valid").dataFormat("channels_last"));
    }

    private static Tensor gaussian(int size, double sigma, DType dtype) {
        Tensor place = Ops.divide(Ops.subtract(Ops.cast(Ops.arange(size), dtype), (size - 1) / 2.0), sigma);
        Tensor bell = Ops.exp(Ops.multiply(Ops.square(place), -0.5));
        return Ops.divide(bell, Ops.sum(bell));
    }
}
