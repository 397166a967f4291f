package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.function.UnaryOperator;

/** Brings images to [batch, height, width, channels] and back. */
record Layout(boolean channelsFirst) {
    static Layout of(String dataFormat) {
        if (!dataFormat.equals("channels_last") && !dataFormat.equals("channels_first")) {
            throw new IllegalArgumentException("dataFormat: \"channels_last\" or \"channels_first\" is required. Received: \""
                    + dataFormat + "\". Check the spelling.");
        }
        return new Layout(dataFormat.equals("channels_first"));
    }

    /** The name that {@link #of} takes. */
    String dataFormat() {
        return channelsFirst ? "channels_first" : "channels_last";
    }

    /** Applies a function of batches with channels last to one image or a batch in this layout. */
    Tensor apply(String who, Tensor images, UnaryOperator<Tensor> function) {
        if (images.rank() != 3 && images.rank() != 4) {
            throw new IllegalArgumentException(who + ": an image of rank 3 or a batch of rank 4 is required. Received: "
                    + images.type() + ". Add axes with expandDims.");
        }
        return Composite.call(who, images, x -> {
            Tensor batch = x.rank() == 3 ? Ops.expandDims(x, 0) : x;
            Tensor last = channelsFirst ? Ops.transpose(batch, 0, 2, 3, 1) : batch;
            Tensor result = function.apply(last);
            Tensor placed = channelsFirst ? Ops.moveaxis(result, 3, 1) : result;
            return x.rank() == 3 ? Ops.squeeze(placed, 0) : placed;
        });
    }
}
