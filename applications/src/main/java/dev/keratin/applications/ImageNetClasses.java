package dev.keratin.applications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of the classes that a classifier tells apart, in the order of its outputs: those of ImageNet as Keras publishes
 * them, or others in a file of the same form.
 *
 * @see <a href="https://keras.io/api/applications/">Keras: decode_predictions</a>
 */
public final class ImageNetClasses {
    private static final PublishedFile INDEX = new PublishedFile(
            URI.create("https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json"),
            "c2c37ea517e94d9795004a39431a14cb");
    private static final long MOST_BYTES = 16 << 20;

    private final List<String[]> names;

    private ImageNetClasses(List<String[]> names) {
        this.names = names;
    }

    /**
     * A class and how likely it is.
     *
     * @param className its WordNet ID, such as {@code "n02123045"}
     * @param description such as {@code "tabby"}
     * @param score what the model puts out for it: a probability with softmax
     */
    public record Prediction(String className, String description, float score) {}

    /**
     * The classes in a file such as Keras's {@code imagenet_class_index.json}:
     * {@code {"0": ["n01440764", "tench"], "1": ...}}.
     *
     * @throws IllegalArgumentException if it is another file
     */
    public static ImageNetClasses of(Path file) {
        try {
            return Files.size(file) > MOST_BYTES ? refuse(file) : of(file, Json.MAPPER.readTree(file.toFile()));
        } catch (JsonProcessingException e) {
            return refuse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The 1000 classes of ImageNet. The first call fetches Keras's file of 35 KB from storage.googleapis.com, checks its hash
     * and keeps it in {@code ~/.keratin/models}.
     *
     * @throws UncheckedIOException if it can't be fetched
     */
    public static ImageNetClasses published() {
        return of(Downloads.ofUser().fetch(INDEX));
    }

    private static ImageNetClasses of(Path file, JsonNode index) {
        List<String[]> names = new ArrayList<>();
        for (int i = 0; i < index.size(); i++) {
            JsonNode pair = index.path(Integer.toString(i));
            if (pair.size() != 2 || !pair.path(0).isTextual() || !pair.path(1).isTextual()) {
                return refuse(file);
            }
            names.add(new String[] {pair.get(0).asText(), pair.get(1).asText()});
        }
        return names.isEmpty() ? refuse(file) : new ImageNetClasses(names);
    }

    private static ImageNetClasses refuse(Path file) {
        throw new IllegalArgumentException("ImageNetClasses: a file {\"0\": [\"n01440764\", \"tench\"], ...} with every number up to"
                + " the last class is required. Received: " + file + ". Keras publishes it at " + INDEX.address() + ".");
    }

    /**
     * The likeliest classes of each sample, the likeliest first; of equally likely ones that of the lower number.
     *
     * @param predictions [samples, classes]
     * @param top how many of them
     * @throws IllegalArgumentException if the predictions are not for as many classes as there are names
     */
    public List<List<Prediction>> decode(Tensor predictions, int top) {
        if (predictions.rank() != 2 || predictions.shape().dim(1) != names.size()) {
            throw new IllegalArgumentException("decodePredictions: predictions [samples, " + names.size() + "] are required."
                    + " Received: " + predictions.type() + ". Those of a model with another top have names of their own.");
        }
        float[] scores = predictions.toFloatArray();
        return IntStream.range(0, scores.length / names.size()).mapToObj(sample -> decode(scores, sample, top)).toList();
    }

    private List<Prediction> decode(float[] scores, int sample, int top) {
        int first = sample * names.size();
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Prediction(names.get(i)[0], names.get(i)[1], scores[first + i]))
                .sorted(Comparator.comparingDouble(Prediction::score).reversed()).limit(top).toList();
    }
}
