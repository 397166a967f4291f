package dev.keratin.applications;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.globalMaxPooling2d;

import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.layers.Dense;
import dev.keratin.layers.GlobalAveragePooling2D;
import dev.keratin.layers.GlobalMaxPooling2D;
import dev.keratin.layers.Layers;
import dev.keratin.models.Functional;
import dev.keratin.models.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An image classifier of {@code keras.applications}: its settings, made by calls in a row, of which {@link #build} makes a
 * model. Layers, their names and their settings are those of Keras 3, so that weights pass both ways.
 *
 * <p>Unlike in Keras, weights are random, and nothing is fetched from the network, unless {@link #weights} asks for it.
 *
 * @param <S> the architecture's own class, which every setter gives back
 * @see <a href="https://keras.io/api/applications/">Keras: applications</a>
 */
public abstract class Application<S extends Application<S>> {
    private static final String IMAGE_NET = "imagenet";
    private static final int IMAGE_NET_CLASSES = 1000;

    private final String architecture;
    private final InputSize size;
    private final PoolingNames poolingNames;
    private @Nullable String name;
    private @Nullable Path weights;
    private boolean imageNet;
    private Function<PublishedFile, Path> download = file -> Downloads.ofUser().fetch(file);
    private boolean includeTop = true;
    private long @Nullable [] inputShape;
    private @Nullable String pooling;
    private int classes = 1000;
    private String classifierActivation = "softmax";

    Application(String architecture, InputSize size) {
        this(architecture, size, PoolingNames.ALWAYS);
    }

    Application(String architecture, InputSize size, PoolingNames poolingNames) {
        this.architecture = architecture;
        this.size = size;
        this.poolingNames = poolingNames;
    }

    /** What images become before the model takes them. */
    public abstract Preprocessing preprocessing();

    /** Images [..., height, width, 3] of red, green and blue from 0 to 255 as the model takes them. */
    public final Tensor preprocessInput(Tensor images) {
        return preprocessing().apply(images);
    }

    /**
     * The likeliest classes of each image by the names of ImageNet's, as {@link ImageNetClasses#published} fetches them.
     *
     * @param predictions [images, 1000]
     * @param top how many classes of each image
     */
    public final List<List<ImageNetClasses.Prediction>> decodePredictions(Tensor predictions, int top) {
        return ImageNetClasses.published().decode(predictions, top);
    }

    /** The layers between the image and the top. */
    abstract Tensor features(Tensor image);

    // ---- settings

    /** The name of the model; that of the architecture by default. */
    public final S name(String modelName) {
        name = modelName;
        return self();
    }

    /**
     * A file of weights for exactly this model, such as {@code .weights.h5}, or the {@code .h5} files that Keras publishes;
     * none by default: random weights.
     */
    public final S weights(@Nullable Path file) {
        weights = file;
        imageNet = false;
        return self();
    }

    /**
     * A file of weights by its path, or {@code "imagenet"} for those that Keras publishes, trained on the 1000 classes of
     * ImageNet: {@link #build} fetches their file from storage.googleapis.com unless it is in {@code ~/.keratin/models}, and
     * in any case checks its hash, where Keras has one: for all but {@link MobileNet} and {@link MobileNetV2}.
     */
    public final S weights(String file) {
        weights(file.equals(IMAGE_NET) ? null : Path.of(file));
        imageNet = file.equals(IMAGE_NET);
        return self();
    }

    /** How {@code weights("imagenet")} get here. */
    final S download(Function<PublishedFile, Path> fetch) {
        download = fetch;
        return self();
    }

    /** Whether the classifier is part of the model, true by default; otherwise the features before it are the output. */
    public final S includeTop(boolean classifies) {
        includeTop = classifies;
        return self();
    }

    /**
     * The shape of an image: height, width, channels. By default that of ImageNet's images with the top; any height and
     * width, and 3 channels, without.
     */
    public final S inputShape(long height, long width, long channels) {
        inputShape = new long[] {height, width, channels};
        return self();
    }

    /**
     * What becomes of the features [batch, height, width, channels] without the top: {@code "avg"} or {@code "max"} over
     * height and width, or null, the default, for nothing.
     */
    public final S pooling(@Nullable String kind) {
        if (kind != null && !kind.equals("avg") && !kind.equals("max")) {
            throw new IllegalArgumentException(who() + ": a pooling of \"avg\", \"max\" or null is required. Received: \"" + kind
                    + "\". Check the spelling.");
        }
        pooling = kind;
        return self();
    }

    /** The number of classes that the top tells apart; 1000 by default. */
    public final S classes(int number) {
        classes = number;
        return self();
    }

    /** The activation of the top by its Keras name, {@code "softmax"} by default; null for logits. */
    public final S classifierActivation(@Nullable String activation) {
        classifierActivation = activation == null ? "linear" : activation;
        return self();
    }

    // ---- building

    /**
     * A new model.
     *
     * @throws IllegalArgumentException if the shape of the images is too small for the architecture, or if the file of
     *     weights is not there or doesn't fit
     * @throws java.io.UncheckedIOException if weights can't be fetched
     */
    public final Functional build() {
        SymbolicTensor image = Layers.input(size.shape(who(), inputShape, includeTop));
        Path file = imageNet ? published(image) : weights;
        if (file != null && !Files.exists(file)) {
            throw new IllegalArgumentException(who() + ": a file of weights, or \"" + IMAGE_NET + "\" for those that Keras publishes, is"
                    + " required as weights. Received: \"" + file + "\", which is not there. Leave weights out for random ones.");
        }
        Tensor features = features(image);
        Functional model = Models.model(image, includeTop ? top(features) : pooled(features));
        model.setName(name == null ? standardName(image) : name);
        if (file != null) {
            model.loadWeights(file);
        }
        return model;
    }

    private Path published(Tensor image) {
        boolean probabilities = classifierActivation.equals("softmax") || classifierActivation.equals("linear");
        if (includeTop && (classes != IMAGE_NET_CLASSES || !probabilities)) {
            throw new IllegalArgumentException(who() + ": a top of " + IMAGE_NET_CLASSES + " classes with softmax, or null for"
                    + " logits, is required by weights(\"imagenet\"). Received: classes=" + classes + ", classifierActivation="
                    + classifierActivation + ". Leave the top out and put your own after the features.");
        }
        return download.apply(ImageNetWeights.of(who(), architecture, publishedSettings(image), includeTop));
    }

    /** The classifier: global average pooling and a dense layer, unless overridden. */
    Tensor top(Tensor features) {
        return predictions(pool("avg", features));
    }

    /** The dense layer that tells the classes apart. */
    final Tensor predictions(Tensor x) {
        return classifier("predictions").apply(x);
    }

    /** The dense layer that tells the classes apart, under a name, to be set further. */
    final Dense classifier(String layer) {
        return dense(classes).activation(classifierActivation).name(layer);
    }

    /** What there is instead of the top: the features, pooled if asked for. */
    Tensor pooled(Tensor features) {
        return pooling == null ? features : pool(pooling, features);
    }

    final Tensor pool(String kind, Tensor features) {
        String layer = poolingNames.of(kind, includeTop);
        if (kind.equals("avg")) {
            GlobalAveragePooling2D average = globalAveragePooling2d();
            return (layer == null ? average : average.name(layer)).apply(features);
        }
        GlobalMaxPooling2D maximum = globalMaxPooling2d();
        return (layer == null ? maximum : maximum.name(layer)).apply(features);
    }

    /** The name of a model for such images, unless another is asked for. */
    String standardName(Tensor image) {
        return architecture;
    }

    /** The name that was asked for, or else that of the architecture. */
    final String modelName() {
        return name == null ? architecture : name;
    }

    /** Whether the weights are those that Keras publishes. */
    final boolean isImageNet() {
        return imageNet;
    }

    /** The name of the architecture with what else says which of the published files fits. */
    String publishedSettings(Tensor image) {
        return architecture;
    }

    final int classes() {
        return classes;
    }

    final String classifierActivation() {
        return classifierActivation;
    }

    final String who() {
        return getClass().getSimpleName() + " \"" + modelName() + "\"";
    }

    @SuppressWarnings("unchecked")
    final S self() {
        return (S) this;
    }
}
