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

    /** {@link MobileNetV3}, the small one. */
    public static MobileNetV3 mobileNetV3Small() {
        return new MobileNetV3("MobileNetV3Small", 1024, MobileNetV3Block.small());
    }

    /** {@link MobileNetV3}, the large one. */
    public static MobileNetV3 mobileNetV3Large() {
        return new MobileNetV3("MobileNetV3Large", 1280, MobileNetV3Block.large());
    }

    /** {@link EfficientNet} for images 224 x 224. */
    public static EfficientNet efficientNetB0() {
        return new EfficientNet("efficientnetb0", 1, 1, 224, 0.2);
    }

    /** {@link EfficientNet} for images 240 x 240. */
    public static EfficientNet efficientNetB1() {
        return new EfficientNet("efficientnetb1", 1, 1.1, 240, 0.2);
    }

    /** {@link EfficientNet} for images 260 x 260. */
    public static EfficientNet efficientNetB2() {
        return new EfficientNet("efficientnetb2", 1.1, 1.2, 260, 0.3);
    }

    /** {@link EfficientNet} for images 300 x 300. */
    public static EfficientNet efficientNetB3() {
        return new EfficientNet("efficientnetb3", 1.2, 1.4, 300, 0.3);
    }

    /** {@link EfficientNet} for images 380 x 380. */
    public static EfficientNet efficientNetB4() {
        return new EfficientNet("efficientnetb4", 1.4, 1.8, 380, 0.4);
    }

    /** {@link EfficientNet} for images 456 x 456. */
    public static EfficientNet efficientNetB5() {
        return new EfficientNet("efficientnetb5", 1.6, 2.2, 456, 0.4);
    }

    /** {@link EfficientNet} for images 528 x 528. */
    public static EfficientNet efficientNetB6() {
        return new EfficientNet("efficientnetb6", 1.8, 2.6, 528, 0.5);
    }

    /** {@link EfficientNet} for images 600 x 600. */
    public static EfficientNet efficientNetB7() {
        return new EfficientNet("efficientnetb7", 2, 3.1, 600, 0.5);
    }

    /** {@link EfficientNetV2} for images 224 x 224. */
    public static EfficientNetV2 efficientNetV2B0() {
        return new EfficientNetV2("efficientnetv2-b0", EfficientNetV2Scale.b(224, 1, 1));
    }

    /** {@link EfficientNetV2} for images 240 x 240. */
    public static EfficientNetV2 efficientNetV2B1() {
        return new EfficientNetV2("efficientnetv2-b1", EfficientNetV2Scale.b(240, 1, 1.1));
    }

    /** {@link EfficientNetV2} for images 260 x 260. */
    public static EfficientNetV2 efficientNetV2B2() {
        return new EfficientNetV2("efficientnetv2-b2", EfficientNetV2Scale.b(260, 1.1, 1.2));
    }

    /** {@link EfficientNetV2} for images 300 x 300. */
    public static EfficientNetV2 efficientNetV2B3() {
        return new EfficientNetV2("efficientnetv2-b3", EfficientNetV2Scale.b(300, 1.2, 1.4));
    }

    /** {@link EfficientNetV2}, small: for images 384 x 384. */
    public static EfficientNetV2 efficientNetV2S() {
        return new EfficientNetV2("efficientnetv2-s", EfficientNetV2Scale.small());
    }

    /** {@link EfficientNetV2}, medium: for images 480 x 480. */
    public static EfficientNetV2 efficientNetV2M() {
        return new EfficientNetV2("efficientnetv2-m", EfficientNetV2Scale.medium());
    }

    /** {@link EfficientNetV2}, large: for images 480 x 480. */
    public static EfficientNetV2 efficientNetV2L() {
        return new EfficientNetV2("efficientnetv2-l", EfficientNetV2Scale.large());
    }

    /** {@link InceptionV3}. */
    public static InceptionV3 inceptionV3() {
        return new InceptionV3();
    }

    /** {@link InceptionResNetV2}. */
    public static InceptionResNetV2 inceptionResNetV2() {
        return new InceptionResNetV2();
    }

    /** {@link NASNet} for images 224 x 224. */
    public static NASNet nasNetMobile() {
        return new NASNet("nasnet_mobile", 224, 44, 4, 32, false);
    }

    /** {@link NASNet} for images 331 x 331. */
    public static NASNet nasNetLarge() {
        return new NASNet("nasnet_large", 331, 168, 6, 96, true);
    }

    /** {@link ConvNeXt} with 96 channels at first and 9 blocks in its third stage. */
    public static ConvNeXt convNeXtTiny() {
        return new ConvNeXt("convnext_tiny", 96, 3, 3, 9, 3);
    }

    /** {@link ConvNeXt} with 96 channels at first and 27 blocks in its third stage. */
    public static ConvNeXt convNeXtSmall() {
        return new ConvNeXt("convnext_small", 96, 3, 3, 27, 3);
    }

    /** {@link ConvNeXt} with 128 channels at first and 27 blocks in its third stage. */
    public static ConvNeXt convNeXtBase() {
        return new ConvNeXt("convnext_base", 128, 3, 3, 27, 3);
    }

    /** {@link ConvNeXt} with 192 channels at first and 27 blocks in its third stage. */
    public static ConvNeXt convNeXtLarge() {
        return new ConvNeXt("convnext_large", 192, 3, 3, 27, 3);
    }

    /** {@link ConvNeXt} with 256 channels at first and 27 blocks in its third stage. */
    public static ConvNeXt convNeXtXLarge() {
        return new ConvNeXt("convnext_xlarge", 256, 3, 3, 27, 3);
    }
}
