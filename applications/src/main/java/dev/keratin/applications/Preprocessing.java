package dev.keratin.applications;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;

/**
 * What images [..., height, width, 3] of red, green and blue from 0 to 255 become before an architecture takes them, as its
 * published weights expect; float32 unless the images are of another floating type.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/applications/imagenet_utils.py">Keras:
 *     imagenet_utils</a>
 */
public enum Preprocessing {
    /** Blue, green and red, each less its mean over ImageNet. */
    CAFFE {
        @Override
        Tensor of(Tensor images) {
            return Ops.subtract(Ops.flip(images, -1), row(images, 103.939, 116.779, 123.68));
        }
    },
    /** From -1 to 1. */
    TF {
        @Override
        Tensor of(Tensor images) {
            return Ops.subtract(Ops.divide(images, 127.5), 1.0);
        }
    },
    /** From 0 to 1, then each channel less its mean over ImageNet, divided by its standard deviation. */
    TORCH {
        @Override
        Tensor of(Tensor images) {
            Tensor centered = Ops.subtract(Ops.divide(images, 255.0), row(images, 0.485, 0.456, 0.406));
            return Ops.divide(centered, row(images, 0.229, 0.224, 0.225));
        }
    },
    /** As they are: the architecture's first layers rescale them. */
    NONE {
        @Override
        Tensor of(Tensor images) {
            return images;
        }
    };

    /**
     * The images as the architecture takes them.
     *
     * @throws IllegalArgumentException if the last axis is not of length 3
     */
    public Tensor apply(Tensor images) {
        if (images.rank() < 3 || images.shape().dim(-1) != 3) {
            throw new IllegalArgumentException("preprocessInput: images [..., height, width, 3] are required. Received: "
                    + images.type() + ". Put the channels last, and repeat a single one three times.");
        }
        return of(images.dtype().isFloating() ? images : Ops.cast(images, DType.FLOAT32));
    }

    abstract Tensor of(Tensor images);

    private static Tensor row(Tensor images, double first, double second, double third) {
        return Ops.cast(Tensor.of(new double[] {first, second, third}, 3), images.dtype());
    }
}
