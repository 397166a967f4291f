package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.ops.Images;
import dev.keratin.ops.ResizeOptions;

/**
 * Cuts the middle out of images, in training and outside of it. Of images that are too small the largest part in the
 * middle with the ratio of the new size is enlarged instead, bilinear.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output the same with the new
 * height and width, in the compute dtype. With {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/">Keras: CenterCrop</a>
 */
public final class CenterCrop extends SizedImageLayer<CenterCrop> {
    /**
     * A layer.
     *
     * @param height of the output, at least 1
     * @param width of the output, at least 1
     */
    public CenterCrop(int height, int width) {
        super(height, width);
    }

    static CenterCrop from(ObjectNode config) {
        return new CenterCrop(size(config, "height"), size(config, "width")).configured(config);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor images = Ops.cast(input, computeDType());
        int rows = (int) images.shape().dim(format().axisFromEnd(0)) - height();
        int columns = (int) images.shape().dim(format().axisFromEnd(1)) - width();
        if (rows >= 0 && columns >= 0) {
            return Images.cropImages(images, rows / 2, columns / 2, height(), width(), format().name());
        }
        ResizeOptions options = new ResizeOptions().cropToAspectRatio(true).dataFormat(format().name());
        return Images.resize(images, height(), width(), options);
    }
}
