package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.ops.Fft;
import dev.keratin.ops.Images;
import dev.keratin.ops.Linalg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name in {@code keras.ops} of Keras 3.15.1 (goldens/keras_ops.txt) is a method of a facade, or in a list with the reason. */
class OpsCompletenessTest {
    /** What tensors do themselves (toFloatArray), autodiff.Jvp, and what a Java lambda is already. */
    private static final Set<String> ELSEWHERE = Set.of("convert_to_numpy", "jvp", "vectorize");
    /** Words that Java keeps to itself, and what stands for them. */
    private static final Set<String> RENAMED = Set.of("switch");

    @Test
    void facades_haveEveryFunctionOfKeras() {
        Set<String> methods = methods(Ops.class);
        methods.addAll(methods(Fft.class));
        methods.addAll(methods(Linalg.class));
        Set<String> images = methods(Images.class);
        Set<String> absent = new TreeSet<>();
        for (String name : names()) {
            boolean image = name.startsWith("image.");
            if (!(image ? images.contains(camelCase(name.substring(6))) : methods.contains(camelCase(name)))) {
                absent.add(name);
            }
        }
        Set<String> listed = new TreeSet<>();
        Stream.of(ELSEWHERE, RENAMED).forEach(listed::addAll);
        assertThat(absent).isEqualTo(listed);
        assertThat(methods).contains("switchCase");
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
