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

    /** {@link MobileNetV2}. */
    public static MobileNetV2 mobileNetV2() {
        return new MobileNetV2();
    }
}
