package dev.keratin.data;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.random.GlobalSeed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The images of a folder as batches; the folders in it are the classes. Each image is read and resized when its batch is made:
 * {@code x} is float32 [image, height, width, channels] from 0 to 255, {@code y} int32 [image], the place of the folder among
 * {@link #classNames}.
 *
 * <pre>{@code
 * ImageFolder pets = new ImageFolder(Path.of("pets")).imageSize(160, 160).validationSplit(0.2).seed(1);
 * model.fit(pets.training(), validationData(pets.validation()), epochs(10));
 * }</pre>
 *
 * <p>PNG, JPEG, BMP and GIF (the first image) are read, by the JDK: JPEG may differ by a few steps of 255 from what other readers
 * give. Not safe for use by several threads while it is set up.
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public final class ImageFolder {
    private static final int SIZE = 256;
    private static final int BATCH = 32;

    private final Path folder;
    private ImageReading reading = new ImageReading(SIZE, SIZE, 3, true, false);
    private List<String> classNames;
    private String labelMode = "int";
    private int batchSize = BATCH;
    private boolean shuffle = true;
    private Optional<Long> seed = Optional.empty();
    private double validationSplit;

    /**
     * The images of a folder, at 256 x 256 pixels in three channels.
     *
     * @throws java.io.UncheckedIOException if the folder can't be read
     */
    public ImageFolder(Path folder) {
        this.folder = folder;
        this.classNames = LabelledFiles.classes(folder);
    }

    /**
     * What {@code y} is: {@code "int"}, the default; {@code "categorical"}, float32 [image, class] of 0 and 1; {@code "binary"},
     * float32 [image, 1] for two classes; or {@code "none"} for data without targets.
     */
    public ImageFolder labelMode(String mode) {
        if (!List.of("int", "categorical", "binary", "none").contains(mode)) {
            throw refused("a labelMode int, categorical, binary or none", mode, "Check the spelling");
        }
        labelMode = mode;
        return this;
    }

    /** The folders that are classes, in another order than that of the alphabet, or fewer than there are. */
    public ImageFolder classNames(String... names) {
        List<String> known = LabelledFiles.classes(folder);
        List<String> given = List.of(names);
        if (!known.containsAll(given)) {
            throw refused("the names of folders among " + known, given, "Each class is a folder");
        }
        classNames = given;
        return this;
    }

    /** {@code "rgb"}, the default, {@code "rgba"} or {@code "grayscale"}: three, four or one channel. */
    public ImageFolder colorMode(String mode) {
        int channels = switch (mode.toLowerCase(Locale.ROOT)) {
            case "rgb" -> 3;
            case "rgba" -> 4;
            case "grayscale" -> 1;
            default -> throw refused("a colorMode rgb, rgba or grayscale", mode, "Check the spelling");
        };
        reading = reading.withChannels(channels);
        return this;
    }

    /** Images per batch; 32 by default. The last batch may have fewer. */
    public ImageFolder batchSize(int size) {
        batchSize = size;
        return this;
    }

    /** The height and width of all images, in pixels; 256 by default. */
    public ImageFolder imageSize(int height, int width) {
        if (height < 1 || width < 1) {
            throw refused("an imageSize of at least 1 x 1", height + " x " + width, "Give the height first");
        }
        reading = reading.withSize(height, width);
        return this;
    }

    /** Whether images come in another order in each pass, true by default; otherwise by class and name. */
    public ImageFolder shuffle(boolean shuffles) {
        shuffle = shuffles;
        return this;
    }

    /** What the orders and the choice of images for validation depend on; by default the global seed. */
    public ImageFolder seed(long newSeed) {
        seed = Optional.of(newSeed);
        return this;
    }

    /**
     * The part of the images that {@link #validation} has and {@link #training} has not, chosen at random if images are
     * {@link #shuffle shuffled}, else the last; above 0, below 1.
     */
    public ImageFolder validationSplit(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw refused("a validationSplit above 0 and below 1", fraction, "It is the part for validation");
        }
        validationSplit = fraction;
        return this;
    }

    /** {@code "bilinear"}, the default, or {@code "nearest"}. */
    public ImageFolder interpolation(String name) {
        if (!List.of("bilinear", "nearest").contains(name)) {
            throw refused("an interpolation bilinear or nearest", name, "Map the data set to resize in another way");
        }
        reading = reading.withBilinear(name.equals("bilinear"));
        return this;
    }

    /** Whether the middle of an image is cut out so that its aspect ratio is kept; false by default. */
    public ImageFolder cropToAspectRatio(boolean crops) {
        reading = reading.withCrop(crops);
        return this;
    }

    /** The names of the classes; their places are the targets. */
    public List<String> classNames() {
        return classNames;
    }

    /** All images. */
    public Dataset dataset() {
        return images(0, 1);
    }

    /** The images but those for validation. */
    public Dataset training() {
        requireSplit("training");
        return images(0, 1 - validationSplit);
    }

    /** The images for validation. */
    public Dataset validation() {
        requireSplit("validation");
        return images(1 - validationSplit, 1);
    }

    private void requireSplit(String who) {
        if (validationSplit == 0) {
            throw new IllegalStateException("ImageFolder, " + who + ": a validationSplit is required. Received: none. Set it, or use"
                    + " dataset() for all images.");
        }
        if (seed.isEmpty()) {
            seed = Optional.of(GlobalSeed.next());
        }
    }

    private Dataset images(double from, double to) {
        if (labelMode.equals("binary") && classNames.size() != 2) {
            throw refused("two classes for labelMode binary", classNames, "Use categorical for more");
        }
        LabelledFiles files = LabelledFiles.of(folder, classNames);
        int[] order = RowOrder.range(0, files.size());
        long orders = seed.orElseGet(GlobalSeed::next);
        if (shuffle) {
            RowOrder.shuffle(order, orders, 0);
        }
        int held = (int) (validationSplit * order.length);
        int[] chosen = Arrays.copyOfRange(order, from == 0 ? 0 : order.length - held, to == 1 ? order.length : order.length - held);
        if (chosen.length == 0) {
            throw refused("at least one image", files.size() + " in " + folder, "Look at the folder, or split it otherwise");
        }
        TensorRows rows = new TensorRows(Batch.of(Tensor.of(chosen, chosen.length)));
        return (shuffle ? rows.shuffle(orders) : rows).batch(batchSize).map(batch -> read(files, batch.x().get(0).toIntArray()));
    }

    private Batch read(LabelledFiles files, int[] chosen) {
        float[] pixels = new float[chosen.length * reading.numbers()];
        int[] labels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            reading.read(files.path(chosen[i]), pixels, i * reading.numbers());
            labels[i] = files.label(chosen[i]);
        }
        Tensor x = Tensor.of(pixels, chosen.length, reading.height(), reading.width(), reading.channels());
        Tensor y = Tensor.of(labels, labels.length);
        return switch (labelMode) {
            case "categorical" -> Batch.of(x, Ops.oneHot(y, classNames.size()));
            case "binary" -> Batch.of(x, Ops.cast(Ops.expandDims(y, 1), DType.FLOAT32));
            case "none" -> Batch.of(x);
            default -> Batch.of(x, y);
        };
    }

    private static IllegalArgumentException refused(String required, Object received, String wayOut) {
        return new IllegalArgumentException("ImageFolder: " + required + " is required. Received: " + received + ". " + wayOut + ".");
    }
}
