package dev.keratin.goldens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * One case of a table: what was called with which arguments, and the arrays that went in and came out.
 *
 * @param json the case as packed
 */
public record GoldenCase(JsonNode json) {
    /** All cases of a table. */
    public static List<GoldenCase> table(String name) {
        try (InputStream stream = Objects.requireNonNull(GoldenCase.class.getResourceAsStream(name + ".json"))) {
            List<GoldenCase> cases = new ArrayList<>();
            Json.MAPPER.readTree(stream).forEach(each -> cases.add(new GoldenCase(each)));
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text such as the class that was called. */
    public String text(String key) {
        return json.get(key).asText();
    }

    /** A number. */
    public double number(String key) {
        return json.get(key).asDouble();
    }

    /** The constructor's arguments. */
    public ObjectNode arguments() {
        return json.withObject("/kwargs").deepCopy();
    }

    /** Whether there is an array of this name. */
    public boolean has(String array) {
        return json.path("arrays").has(array);
    }

    /** An array as a concrete tensor. */
    public Tensor tensor(String array) {
        JsonNode packed = json.get("arrays").get(array);
        List<Long> dims = new ArrayList<>();
        packed.get("shape").forEach(dim -> dims.add(dim.asLong()));
        TensorType type = new TensorType(DType.of(packed.get("dtype").asText()), Shape.of(dims));
        return Tensor.ofBytes(type, ByteBuffer.wrap(Base64.getDecoder().decode(packed.get("data").asText())));
    }

    /** The elements of an array. */
    public double[] values(String array) {
        try (Tensor tensor = tensor(array)) {
            return tensor.toDoubleArray();
        }
    }

    /** What was called, with which arguments: for test names. */
    @Override
    public String toString() {
        return json.path("case").asText("") + " " + json.get("kwargs");
    }
}
