package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import java.util.Arrays;

/** Windows of images and volumes as vectors: a convolution whose filters each pick one element. */
final class Patches {
    private Patches() {}

    static Tensor of(String who, Tensor images, int[] size, WindowOptions options) {
        int spatial = Math.max(size.length, 2);
        int[] window = size.length == 1 ? new int[] {size[0], size[0]} : size;
        if (images.rank() != spatial + 1 && images.rank() != spatial + 2) {
            throw new IllegalArgumentException(who + ": rank " + (spatial + 1) + ", or " + (spatial + 2) + " for a batch, is required."
                    + " Received: " + images.type() + " with size " + Arrays.toString(size) + ". Add axes with expandDims.");
        }
        Tensor batch = images.rank() == spatial + 1 ? Ops.expandDims(images, 0) : images;
        WindowOptions moved = options.hasStrides() ? options : options.strides(window);
        Tensor patches = Ops.cast(Ops.conv(batch, picker(batch, window, options), moved), images.dtype());
        return images.rank() == spatial + 1 ? Ops.squeeze(patches, 0) : patches;
    }

    private static Tensor picker(Tensor batch, int[] window, WindowOptions options) {
        long channels = batch.shape().dim(options.channelsFirst() ? 1 : -1);
        long[] dims = new long[window.length + 2];
        long count = channels;
        for (int i = 0; i < window.length; i++) {
            dims[i] = window[i];
            count *= window[i];
        }
        dims[window.length] = channels;
        dims[window.length + 1] = count;
        return Ops.reshape(Ops.eye(count, count, 0, batch.dtype()), dims);
    }
}
