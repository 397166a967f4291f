package dev.keratin.io.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.io.hdf5.H5Exception;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import dev.keratin.models.training.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes models of the JSON in files; every flaw is an error that names the file and the part of it. */
final class Configurations {
    private static final System.Logger LOG = System.getLogger(Configurations.class.getName());

    private Configurations() {}

    static JsonNode parse(Path file, String part, byte[] text) throws H5Exception {
        try {
            JsonNode config = Json.MAPPER.readTree(text);
            if (!config.isObject()) {
                throw new H5Exception(H5Exception.file(file), part + " must be a JSON object",
                        config.getNodeType().toString(), "Save it again");
            }
            return config;
        } catch (JsonProcessingException e) {
            throw new H5Exception(H5Exception.file(file), part + " must be well-formed JSON", e.getOriginalMessage(),
                    "Save it again", e);
        } catch (H5Exception e) {
            throw e;
        } catch (IOException e) {
            throw new H5Exception(H5Exception.file(file), part + " must be UTF-8", H5Exception.words(e), "Save it again", e);
        }
    }

    /** A new model, built if the configuration says for which inputs. */
    static Model model(Path file, String part, JsonNode config) throws H5Exception {
        try {
            Model model = Models.fromConfig(config);
            JsonNode shape = config.path("build_config").path("input_shape");
            if (!model.isBuilt() && shape.isArray()) {
                model.buildFor(shape(shape));
            }
            return model;
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
            throw unmakeable(file, part, e, "Register own layers with Layers.register, or correct it");
        } catch (OutOfMemoryError e) {
            throw unmakeable(file, part, e, "Give the JVM more memory with -Xmx, if the model is meant to be that large");
        }
    }

    private static H5Exception unmakeable(Path file, String part, Throwable cause, String wayOut) {
        String words = cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage() : H5Exception.words(cause);
        return new H5Exception(H5Exception.file(file), part + " must describe a model that can be made",
                words.endsWith(".") ? words.substring(0, words.length() - 1) : words, wayOut, cause);
    }

    private static Shape shape(JsonNode node) {
        List<Long> dims = new ArrayList<>();
        node.forEach(dim -> dims.add(dim.isNull() ? Shape.UNKNOWN : dim.asLong()));
        return Shape.of(dims);
    }

    /** Compiles a model as it was when saved, if it was; what is unknown here is a warning. */
    static void compile(Path file, Model model, JsonNode config) {
        if (!config.hasNonNull("optimizer")) {
            return;
        }
        try {
            model.compile(Compilation.from(config));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: loaded without training, since {1} Compile it before fit.", file,
                    e.getMessage());
        }
    }
}
