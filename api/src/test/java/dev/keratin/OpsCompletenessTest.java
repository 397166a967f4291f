package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.ops.Fft;
import dev.keratin.ops.Functions;
import dev.keratin.ops.Images;
import dev.keratin.ops.Linalg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every name in {@code keras.ops} of Keras 3.15.1 (goldens/keras_ops.txt) is a method of a facade, or in a list with the reason. */
class OpsCompletenessTest {
    /**
     * NumPy's array is the Java array: what {@code convert_to_numpy(x)} is for, {@code x.toFloatArray()}, {@code toDoubleArray()},
     * {@code toIntArray()}, {@code toLongArray()}, {@code toBooleanArray()} and {@code toBytes()} do.
     */
    private static final Set<String> ELSEWHERE = Set.of("convert_to_numpy");
    /** Words that Java keeps to itself, and what stands for them. */
    private static final Map<String, String> RENAMED = Map.of("switch", "switchCase");

    @Test
    void facades_haveEveryFunctionOfKeras() {
        Set<String> methods = methods(Ops.class);
        methods.addAll(methods(Fft.class));
        methods.addAll(methods(Linalg.class));
        methods.addAll(methods(Functions.class));
        Set<String> images = methods(Images.class);
        Set<String> absent = new TreeSet<>();
        for (String name : names()) {
            boolean image = name.startsWith("image.");
            if (!(image ? images.contains(camelCase(name.substring(6))) : methods.contains(RENAMED.getOrDefault(name, camelCase(name))))) {
                absent.add(name);
            }
        }
        assertThat(absent).isEqualTo(ELSEWHERE);
    }

    @Test
    void names_areAllOfKeras() {
        assertThat(names()).hasSize(353);
    }

    private static Set<String> methods(Class<?> facade) {
        return Arrays.stream(facade.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    private static List<String> names() {
        try (InputStream stream = Objects.requireNonNull(OpsCompletenessTest.class.getResourceAsStream("goldens/keras_ops.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String camelCase(String name) {
        String[] words = name.split("_");
        return words[0] + Arrays.stream(words).skip(1)
                .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1)).collect(Collectors.joining());
    }
}
