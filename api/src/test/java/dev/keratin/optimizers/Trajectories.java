package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the optimizers of Keras do with three variables in ten steps (src/test/golden/optimizers/generate.py). */
final class Trajectories {
    static final JsonNode DATA = read();

    private Trajectories() {}

    static List<String> cases() {
        List<String> names = new ArrayList<>();
        DATA.get("cases").fieldNames().forEachRemaining(names::add);
        return names;
    }

    static JsonNode of(String name) {
        return DATA.get("cases").get(name);
    }

    static Optimizer optimizer(String name) {
        return Optimizers.registry().deserialize(of(name).get("optimizer"));
    }

    static List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        DATA.get("shapes").fields().forEachRemaining(entry -> {
            Tensor initial = Tensor.of(floats(DATA.get("initial").get(variables.size())), dims(entry.getValue()));
            variables.add(new Variable(initial, true, entry.getKey()));
        });
        return variables;
    }

    static int steps() {
        return DATA.get("gradients").size();
    }

    static List<Tensor> gradients(int step) {
        List<Tensor> gradients = new ArrayList<>();
        DATA.get("shapes").forEach(shape -> gradients.add(
                Tensor.of(floats(DATA.get("gradients").get(step).get(gradients.size())), dims(shape))));
        return gradients;
    }

    static float[] floats(JsonNode numbers) {
        float[] result = new float[numbers.size()];
        IntStream.range(0, result.length).forEach(i -> result[i] = (float) numbers.get(i).asDouble());
        return result;
    }

    private static long[] dims(JsonNode shape) {
        return IntStream.range(0, shape.size()).mapToLong(axis -> shape.get(axis).asLong()).toArray();
    }

    private static JsonNode read() {
        try (InputStream in = Trajectories.class.getResourceAsStream("trajectories.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
