package dev.keratin.applications;

/**
 * The architectures of {@code keras.applications}: {@code Applications.resNet50().classes(10).build()}.
 *
 * @see <a href="https://keras.io/api/applications/">Keras: applications</a>
 */
public final class Applications {
    private Applications() {}

    /** {@link ResNet} with 50 layers. */
    public static ResNet resNet50() {
        return new ResNet("resnet50", 3, 4, 6, 3);
    }

    /** {@link ResNet} with 101 layers. */
    public static ResNet resNet101() {
        return new ResNet("resnet101", 3, 4, 23, 3);
    }

    /** {@link ResNet} with 152 layers. */
    public static ResNet resNet152() {
        return new ResNet("resnet152", 3, 8, 36, 3);
    }

    /** {@link ResNetV2} with 50 layers. */
    public static ResNetV2 resNet50V2() {
        return new ResNetV2("resnet50v2", 3, 4, 6, 3);
    }

    /** {@link ResNetV2} with 101 layers. */
    public static ResNetV2 resNet101V2() {
        return new ResNetV2("resnet101v2", 3, 4, 23, 3);
    }

    /** {@link ResNetV2} with 152 layers. */
    public static ResNetV2 resNet152V2() {
        return new ResNetV2("resnet152v2", 3, 8, 36, 3);
    }

    /** {@link VGG} with 16 layers that have weights. */
    public static VGG vgg16() {
        return new VGG("vgg16", 2, 2, 3, 3, 3);
    }

    /** {@link VGG} with 19 layers that have weights. */
    public static VGG vgg19() {
        return new VGG("vgg19", 2, 2, 4, 4, 4);
    }

    /** {@link MobileNet}. */
    public static MobileNet mobileNet() {
        return new MobileNet();
    }

    /** {@link MobileNetV2}. */
    public static MobileNetV2 mobileNetV2() {
        return new MobileNetV2();
    }

    /** {@link DenseNet} with 121 layers. */
    public static DenseNet denseNet121() {
        return new DenseNet("densenet121", 6, 12, 24, 16);
    }

    /** {@link DenseNet} with 169 layers. */
    public static DenseNet denseNet169() {
        return new DenseNet("densenet169", 6, 12, 32, 32);
    }

    /** {@link DenseNet} with 201 layers. */
    public static DenseNet denseNet201() {
        return new DenseNet("densenet201", 6, 12, 48, 32);
    }

    /** {@link Xception}. */
    public static Xception xception() {
        return new Xception();
    }
}
